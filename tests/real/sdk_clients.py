#!/usr/bin/env python3
"""Microsoft's own clients against a running sandbox: msal, azure-mgmt-securityinsight, msgraph-sdk.

Usage: sdk_clients.py DESCRIPTOR.json

Each client is used as its documentation says; only addresses and the trusted certificate differ. Totals are held
against `truth`. One line is printed for each client; the first failure ends with a traceback and status 1.
Needs: azure-mgmt-securityinsight, msgraph-sdk, msal, requests (PyPI), in an environment of its own.
"""

import asyncio
import base64
import json
import os
import ssl
import sys
import urllib.request

import httpx
import msal
from azure.core.exceptions import HttpResponseError, ResourceExistsError
from azure.mgmt.securityinsight import SecurityInsights
from azure.mgmt.securityinsight.models import Incident, IncidentComment
from kiota_authentication_azure.azure_identity_authentication_provider import (
    AzureIdentityAuthenticationProvider,
)
from azure.core.credentials import AccessToken
from msgraph import GraphServiceClient
from msgraph.generated.models.o_data_errors.o_data_error import ODataError
from msgraph.generated.models.security.incident import Incident as GraphIncident
from msgraph.generated.models.security.incident_status import IncidentStatus
from msgraph.generated.security.incidents.incidents_request_builder import (
    IncidentsRequestBuilder,
)
from msgraph_core import GraphClientFactory
from msgraph.graph_request_adapter import GraphRequestAdapter, options
from kiota_abstractions.base_request_configuration import RequestConfiguration

ARM = "https://management.azure.com/.default"
GRAPH = "https://graph.microsoft.com/.default"
# The incident that a run makes; a sandbox may meet several runs.
MADE = "6c3d8b63-1e5f-4b70-8b66-1a4d7c3b2e21"


def check(found, expected, what):
    """Fails with both values."""
    if found != expected:
        raise AssertionError(f"{what}: expected {expected!r}, found {found!r}")


class Sandbox:
    """A descriptor, its truth, and tokens by msal."""

    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            self.at = json.load(file)
        context = ssl.create_default_context(cafile=self.at["ca_cert"])
        with urllib.request.urlopen(self.at["truth"], context=context) as answer:
            self.truth = json.load(answer)
        self.app = self.application(self.at["client_secret"])

    def application(self, secret, tenant=None):
        """An msal application; the authority is not one that msal knows from birth."""
        return msal.ConfidentialClientApplication(
            self.at["client_id"],
            client_credential=secret,
            authority=f"{self.at['authority']}/{tenant or self.at['tenant_id']}",
            verify=self.at["ca_cert"],
            instance_discovery=False,
        )

    # What azure-core and kiota call a credential.
    def get_token(self, *scopes, **_):
        answer = self.app.acquire_token_for_client(scopes=list(scopes))
        return AccessToken(answer["access_token"], 2**31)

    def close(self):
        """Nothing is held open."""


def with_msal(sandbox):
    """A token from Entra's door, one from the cache, and the refusal of a wrong secret."""
    first = sandbox.app.acquire_token_for_client(scopes=[ARM])
    check(first.get("token_type"), "Bearer", "msal: token")
    payload = first["access_token"].split(".")[1]
    proof = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))["appidacr"]
    check(proof, "1", "msal: a token by secret")
    again = sandbox.app.acquire_token_for_client(scopes=[ARM])
    check(again.get("token_source"), "cache", "msal: second token")
    wrong = sandbox.application("not-the-secret").acquire_token_for_client(scopes=[ARM])
    check(wrong.get("error_codes"), [7000215], "msal: wrong secret")
    try:
        sandbox.application("x", tenant="nobody.example").acquire_token_for_client(scopes=[ARM])
        raise AssertionError("msal: an unknown tenant was taken")
    except ValueError:
        pass
    return f"msal {msal.__version__}: token, cache, wrong secret, unknown tenant"


def with_arm(sandbox):
    """Lists every workspace over all pages, gets, updates, meets a conflict, makes, comments."""
    at = sandbox.at
    client = SecurityInsights(
        sandbox,
        at["subscription_id"],
        base_url=at["arm"],
        connection_verify=at["ca_cert"],
    )
    total = 0
    for workspace in at["workspaces"]:
        listed = list(client.incidents.list(at["resource_group"], workspace, top=500))
        expected = sandbox.truth["incidents"]["by_workspace"][workspace]
        check(len({one.name for one in listed} - {MADE}), expected, f"arm: incidents of {workspace}")
        total += len(listed)
    where = (at["resource_group"], at["workspaces"][0])
    incident = next(one for one in client.incidents.list(*where) if one.status == "New")
    check(client.incidents.get(*where, incident.name).etag, incident.etag, "arm: get")
    incident.severity = "Low"
    updated = client.incidents.create_or_update(*where, incident.name, incident)
    check(updated.severity, "Low", "arm: update")
    check(updated.incident_number, incident.incident_number, "arm: a read-only member survived")
    try:
        client.incidents.create_or_update(*where, incident.name, incident)
        raise AssertionError("arm: a stale etag was taken")
    except (ResourceExistsError, HttpResponseError) as refused:
        check(refused.status_code, 409, "arm: stale etag")
    alerts = client.incidents.list_alerts(*where, incident.name)
    check(len(alerts.value), incident.additional_data.alerts_count, "arm: alerts")
    client.incidents.list_entities(*where, incident.name)
    comment = client.incident_comments.create_or_update(
        *where, incident.name, "5b2c7a52-0d4e-4a6f-9a55-0f3c6b2a1d10", IncidentComment(message="seen")
    )
    check(comment.message, "seen", "arm: comment")
    made = Incident(title="Made by the SDK", severity="Medium", status="New")
    try:
        check(client.incidents.create_or_update(*where, MADE, made).title, made.title, "arm: make")
    except HttpResponseError as refused:
        check(refused.status_code, 409, "arm: made by an earlier run")
    rules = list(client.automation_rules.list(*where))
    analytics = list(client.alert_rules.list(*where))
    if not rules or not analytics:
        raise AssertionError("arm: no rules were read")
    return (
        f"azure-mgmt-securityinsight: {total} incidents, {len(rules)} automation rules, "
        f"{len(analytics)} analytics rules, update, conflict, comment"
    )


def graph_client(sandbox):
    """The SDK's own client with the sandbox's address and certificate."""
    provider = AzureIdentityAuthenticationProvider(
        sandbox, scopes=[GRAPH], allowed_hosts=["127.0.0.1"]
    )
    context = ssl.create_default_context(cafile=sandbox.at["ca_cert"])
    http = GraphClientFactory.create_with_default_middleware(
        client=httpx.AsyncClient(verify=context, http2=True), options=options
    )
    adapter = GraphRequestAdapter(provider, client=http)
    adapter.base_url = f"{sandbox.at['graph']}/v1.0"
    return GraphServiceClient(request_adapter=adapter)


async def with_graph(sandbox):
    """Lists over all pages by the next link, filters, gets with alerts, updates, is refused."""
    incidents = graph_client(sandbox).security.incidents
    ids, page = set(), await incidents.get()
    while page:
        ids.update(one.id for one in page.value)
        link = page.odata_next_link
        page = await incidents.with_url(link).get() if link else None
    check(len(ids), sandbox.truth["incidents"]["graph"], "graph: incidents")
    ask = IncidentsRequestBuilder.IncidentsRequestBuilderGetQueryParameters
    redirected = await incidents.get(
        RequestConfiguration(query_parameters=ask(filter="status eq 'redirected'", top=1))
    )
    check(redirected.value[0].status, IncidentStatus.Redirected, "graph: filter")
    if not redirected.value[0].redirect_incident_id:
        raise AssertionError("graph: a redirected incident names no target")
    live = await incidents.get(
        RequestConfiguration(query_parameters=ask(filter="status eq 'active'", top=1, expand=["alerts"]))
    )
    one = incidents.by_incident_id(live.value[0].id)
    if not live.value[0].alerts:
        raise AssertionError("graph: no alerts were expanded")
    changed = await one.patch(GraphIncident(status=IncidentStatus.InProgress, custom_tags=["sdk"]))
    check((changed.status, changed.custom_tags), (IncidentStatus.InProgress, ["sdk"]), "graph: update")
    check((await one.get()).status, IncidentStatus.InProgress, "graph: get")
    try:
        await incidents.get(RequestConfiguration(query_parameters=ask(top=51)))
        raise AssertionError("graph: a page of 51 was served")
    except ODataError as refused:
        check(refused.response_status_code, 400, "graph: page too large")
    return f"msgraph-sdk: {len(ids)} incidents by next link, filter, alerts, update, refusal"


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    # `requests` prefers these to the certificate that a session was given.
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        os.environ.pop(name, None)
    sandbox = Sandbox(sys.argv[1])
    print(with_msal(sandbox), flush=True)
    print(with_arm(sandbox), flush=True)
    print(asyncio.run(with_graph(sandbox)), flush=True)


if __name__ == "__main__":
    main()
