#!/usr/bin/env python3
"""Microsoft's sign-in libraries against a running sandbox: msal, azure-identity, and the SDKs that read rights.

Usage: entra_clients.py DESCRIPTOR.json

Each way in is used as its documentation says; only addresses and the trusted certificate differ. Pages are answered
over HTTP, as a browser would. One line is printed for each way; the first failure ends with a traceback and status 1.
Needs: azure-identity, azure-mgmt-authorization and what sdk_clients.py needs (PyPI), in an environment of its own.
"""

import asyncio
import base64
import json
import os
import ssl
import sys
import urllib.error
import urllib.parse
import urllib.request

import azure.identity
import msal
from azure.identity import (
    CertificateCredential,
    ClientSecretCredential,
    DeviceCodeCredential,
    ManagedIdentityCredential,
)
from azure.mgmt.authorization import AuthorizationManagementClient
from azure.mgmt.securityinsight import SecurityInsights

from sdk_clients import ARM, GRAPH, Sandbox, check, graph_client

INCIDENTS = "https://graph.microsoft.com/SecurityIncident.Read.All"
BACK = "http://localhost:8400"


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """Leaves a redirect to whoever asked."""

    def redirect_request(self, *_):
        return None


class Browser:
    """Opens pages of the sandbox and says where they lead."""

    def __init__(self, at):
        context = ssl.create_default_context(cafile=at["ca_cert"])
        self.opener = urllib.request.build_opener(
            NoRedirect, urllib.request.HTTPSHandler(context=context)
        )

    def open(self, address, **fields):
        """The status, and the fields of the address that the page leads to."""
        joint = "&" if "?" in address else "?"
        try:
            answer = self.opener.open(address + joint + urllib.parse.urlencode(fields))
        except urllib.error.HTTPError as led:
            answer = led
        query = urllib.parse.urlsplit(answer.headers.get("location", "")).query
        return answer.status, dict(urllib.parse.parse_qsl(query))


def said(token):
    """What a token carries."""
    payload = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))


def authority(sandbox):
    return {
        "authority": f"{sandbox.at['authority']}/{sandbox.at['tenant_id']}",
        "verify": sandbox.at["ca_cert"],
        "instance_discovery": False,
    }


def public(sandbox):
    """An app that proves nothing about itself, with a cache of its own."""
    return msal.PublicClientApplication(sandbox.at["client_id"], **authority(sandbox))


def by_certificate(sandbox):
    """PEM by either thumbprint, and PFX."""
    at = sandbox.at["certificate"]
    with open(at["pem"], encoding="ascii") as file:
        pem = file.read()
    ways = {
        "pem, SHA-1": {"private_key": pem, "thumbprint": at["thumbprint"]},
        "pem, SHA-256": {"private_key": pem, "public_certificate": pem},
        "pfx": {"private_key_pfx_path": at["pfx"], "passphrase": at["pfx_password"]},
    }
    for name, credential in ways.items():
        app = msal.ConfidentialClientApplication(
            sandbox.at["client_id"], client_credential=credential, **authority(sandbox)
        )
        answer = app.acquire_token_for_client(scopes=[ARM])
        check(said(answer["access_token"])["appidacr"], "2", f"msal certificate ({name}): {answer.get('error')}")
    return f"msal {msal.__version__}, certificate: {', '.join(ways)}"


def by_device_code(sandbox, browser):
    """A code that is answered, one that is declined, and a token of another resource by the refresh token."""
    app = public(sandbox)
    flow = app.initiate_device_flow(scopes=[INCIDENTS])
    page, code = flow["verification_uri"], flow["user_code"]
    check(browser.open(page, user_code=code, sandbox_answer="accept")[0], 200, "device page")
    answer = app.acquire_token_by_device_flow(flow)
    user = sandbox.at["users"][0]["user"]
    check(answer.get("id_token_claims", {}).get("preferred_username"), user, f"msal device code: {answer.get('error')}")
    account = app.get_accounts()[0]
    check(account["username"], user, "msal device code: account")
    silent = app.acquire_token_silent([ARM], account=account)
    check(said(silent["access_token"])["aud"], "https://management.azure.com", "msal: refreshed for ARM")
    flow = app.initiate_device_flow(scopes=[INCIDENTS])
    browser.open(page, user_code=flow["user_code"], sandbox_answer="decline")
    check(app.acquire_token_by_device_flow(flow).get("error"), "authorization_declined", "msal: declined")
    return "msal, device code: signed in, refreshed for another resource, declined"


def by_auth_code(sandbox, browser):
    """Code with PKCE: signed in, a wrong state, a refusal."""
    app = public(sandbox)

    def led(answer, user=None):
        flow = app.initiate_auth_code_flow([INCIDENTS], redirect_uri=BACK, login_hint=user)
        status, fields = browser.open(flow["auth_uri"], sandbox_answer=answer)
        check(status, 302, "authorise page")
        return flow, fields

    answer = app.acquire_token_by_auth_code_flow(*led("accept"))
    check(said(answer["access_token"])["idtyp"], "user", f"msal code: {answer.get('error')}")
    try:
        app.acquire_token_by_auth_code_flow(*led("wrong_state"))
        raise AssertionError("msal: another state was taken")
    except ValueError:
        pass
    blocked = f"blocked@{sandbox.at['users'][0]['user'].split('@')[1]}"
    refused = app.acquire_token_by_auth_code_flow(*led("accept", blocked))
    check((refused["error"], "AADSTS53003" in refused["error_description"]), ("access_denied", True), "msal: blocked")
    return "msal, code with PKCE: signed in, wrong state, blocked by policy"


def by_azure_identity(sandbox, browser):
    """Secret, certificate as PEM and PFX, device code, and a machine's identity."""
    at = sandbox.at
    common = {
        "authority": at["authority"],
        "disable_instance_discovery": True,
        "connection_verify": at["ca_cert"],
    }
    app = (at["tenant_id"], at["client_id"])
    certificate = at["certificate"]

    def prompt(page, code, _):
        browser.open(page, user_code=code, sandbox_answer="accept")

    os.environ["IDENTITY_ENDPOINT"] = at["identity"]["endpoint"]
    os.environ["IDENTITY_HEADER"] = at["identity"]["header"]
    ways = {
        "secret": ClientSecretCredential(*app, at["client_secret"], **common),
        "pem": CertificateCredential(*app, certificate["pem"], **common),
        "pfx": CertificateCredential(
            *app, certificate["pfx"], password=certificate["pfx_password"], **common
        ),
        "device code": DeviceCodeCredential(
            at["client_id"], tenant_id=at["tenant_id"], prompt_callback=prompt, **common
        ),
        "managed identity": ManagedIdentityCredential(),
    }
    for name, credential in ways.items():
        token = credential.get_token(ARM).token
        check(said(token)["aud"], "https://management.azure.com", f"azure-identity: {name}")
    return f"azure-identity {azure.identity.__version__}: {', '.join(ways)}"


def through_a_challenge(sandbox):
    """azure-core answers a claims challenge by itself, with a token that was asked for anew."""
    at = sandbox.at
    credential = ClientSecretCredential(
        "challenged",
        at["client_id"],
        at["client_secret"],
        authority=at["authority"],
        disable_instance_discovery=True,
        connection_verify=at["ca_cert"],
    )
    client = SecurityInsights(
        credential, at["subscription_id"], base_url=at["arm"], connection_verify=at["ca_cert"]
    )
    incidents = client.incidents.list(at["resource_group"], at["workspaces"][0], top=1)
    if next(incidents, None) is None:
        raise AssertionError("azure-core: no incident behind the challenge")
    return "azure-core: a claims challenge was answered"


def with_authorization(sandbox):
    """Role assignments over all pages, and the caller's permissions."""
    at = sandbox.at
    client = AuthorizationManagementClient(
        sandbox, at["subscription_id"], base_url=at["arm"], connection_verify=at["ca_cert"]
    )
    principal = said(sandbox.get_token(ARM).token)["oid"]
    assigned = list(client.role_assignments.list_for_subscription(filter=f"assignedTo('{principal}')"))
    check({one.principal_id for one in assigned}, {principal}, "azure-mgmt-authorization: principal")
    held = list(client.permissions.list_for_resource_group(at["resource_group"]))
    if not any("Microsoft.SecurityInsights/*/read" in one.actions for one in held):
        raise AssertionError("azure-mgmt-authorization: no permission to read Sentinel")
    return f"azure-mgmt-authorization: {len(assigned)} role assignments, {len(held)} permissions"


async def with_directory(sandbox):
    """The app's principal, what it was granted by name, and when its credentials end."""
    client, app_id = graph_client(sandbox), sandbox.at["client_id"]
    principal = await client.service_principals_with_app_id(app_id).get()
    granted = await client.service_principals.by_service_principal_id(
        principal.id
    ).app_role_assignments.get()
    names = set()
    for one in granted.value:
        resource = await client.service_principals.by_service_principal_id(str(one.resource_id)).get()
        names |= {role.value for role in resource.app_roles if role.id == one.app_role_id}
    carried = set(said(sandbox.get_token(GRAPH).token)["roles"])
    check(carried <= names and len(names) == len(granted.value), True, "msgraph-sdk: app roles")
    app = await client.applications_with_app_id(app_id).get()
    hints = [one.hint for one in app.password_credentials]
    check(sandbox.at["client_secret"][:3] in hints, True, "msgraph-sdk: hint of the secret")
    check(len(app.key_credentials), 1, "msgraph-sdk: certificates")
    return f"msgraph-sdk: {len(names)} app roles by name, end dates of {len(hints)} secrets and a certificate"


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    # `requests` prefers these to the certificate that a session was given.
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        os.environ.pop(name, None)
    sandbox = Sandbox(sys.argv[1])
    browser = Browser(sandbox.at)
    print(by_certificate(sandbox), flush=True)
    print(by_device_code(sandbox, browser), flush=True)
    print(by_auth_code(sandbox, browser), flush=True)
    print(by_azure_identity(sandbox, browser), flush=True)
    print(through_a_challenge(sandbox), flush=True)
    print(with_authorization(sandbox), flush=True)
    print(asyncio.run(with_directory(sandbox)), flush=True)


if __name__ == "__main__":
    main()
