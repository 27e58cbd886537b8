#!/usr/bin/env python3
"""Reads incidents with Microsoft's own SDK and writes them to plain SQLite.

Usage: sync_sdk.py arm|graph DESCRIPTOR.json

The rows and columns are those that Crosswalk keeps of each API, without its verbatim JSON, queue and indexes. The
clock starts after all modules are loaded, with the first sign-in, and stops when the last page is committed. Prints
one JSON line.
"""

import asyncio
import json
import os
import sqlite3
import ssl
import sys
import tempfile
import time

import msal
from azure.core.credentials import AccessToken

GRAPH = "https://graph.microsoft.com/.default"

SENTINEL_COLUMNS = (
    "workspace sentinel_id arm_id etag number title description severity status classification owner labels created "
    "modified provider_name provider_incident_id provider_incident_url incident_url alerts tactics products"
).split()
GRAPH_COLUMNS = (
    "graph_id title description severity status classification determination owner tags created modified "
    "modified_by url redirect_incident_id"
).split()


class Credential:
    """What azure-core and kiota call a credential, by msal."""

    def __init__(self, at):
        self.app = msal.ConfidentialClientApplication(
            at["client_id"],
            client_credential=at["client_secret"],
            authority=f"{at['authority']}/{at['tenant_id']}",
            verify=at["ca_cert"],
            instance_discovery=False,
        )

    def get_token(self, *scopes, **_):
        answer = self.app.acquire_token_for_client(scopes=list(scopes))
        return AccessToken(answer["access_token"], 2**31)

    def close(self):
        """Nothing is held open."""


class Table:
    """One table of a fresh database, written as Crosswalk's is: a transaction for each page."""

    def __init__(self, folder, columns, key):
        self.db = sqlite3.connect(os.path.join(folder, "plain.db"))
        self.db.execute("PRAGMA journal_mode = WAL")
        self.db.execute("PRAGMA synchronous = NORMAL")
        self.db.execute(f"CREATE TABLE incident ({', '.join(columns)}, PRIMARY KEY ({key})) WITHOUT ROWID")
        self.put = f"INSERT OR REPLACE INTO incident VALUES ({', '.join('?' * len(columns))})"

    def page(self, rows):
        with self.db:
            self.db.executemany(self.put, rows)

    def count(self):
        return self.db.execute("SELECT count(*) FROM incident").fetchone()[0]


def arm(at, folder):
    from azure.mgmt.securityinsight import SecurityInsights

    began = time.perf_counter()
    client = SecurityInsights(
        Credential(at), at["subscription_id"], base_url=at["arm"], connection_verify=at["ca_cert"]
    )
    table = Table(folder, SENTINEL_COLUMNS, "workspace, sentinel_id")
    for workspace in at["workspaces"]:
        listed = client.incidents.list(
            at["resource_group"], workspace, orderby="properties/createdTimeUtc asc", top=1000
        )
        for page in listed.by_page():
            table.page([arm_row(workspace, one.as_dict()) for one in page])
    return time.perf_counter() - began, table.count()


def arm_row(workspace, one):
    more = one.get("additional_data") or {}
    owner = one.get("owner") or {}
    return (
        workspace, one["name"], one["id"], one.get("etag"), one.get("incident_number"), one.get("title"),
        one.get("description"), one.get("severity"), one.get("status"), one.get("classification"),
        owner.get("user_principal_name") or owner.get("assigned_to"),
        json.dumps([label["label_name"] for label in one.get("labels") or []]), one.get("created_time_utc"),
        one.get("last_modified_time_utc"), one.get("provider_name"), one.get("provider_incident_id"),
        more.get("provider_incident_url"), one.get("incident_url"), more.get("alerts_count"),
        json.dumps(more.get("tactics") or []), json.dumps(more.get("alert_product_names") or []),
    )  # fmt: skip


async def graph(at, folder):
    import httpx
    from kiota_abstractions.base_request_configuration import RequestConfiguration
    from kiota_authentication_azure.azure_identity_authentication_provider import (
        AzureIdentityAuthenticationProvider,
    )
    from msgraph import GraphServiceClient
    from msgraph.generated.security.incidents.incidents_request_builder import IncidentsRequestBuilder
    from msgraph.graph_request_adapter import GraphRequestAdapter, options
    from msgraph_core import GraphClientFactory

    began = time.perf_counter()
    provider = AzureIdentityAuthenticationProvider(Credential(at), scopes=[GRAPH], allowed_hosts=["127.0.0.1"])
    http = GraphClientFactory.create_with_default_middleware(
        client=httpx.AsyncClient(verify=ssl.create_default_context(cafile=at["ca_cert"]), http2=True),
        options=options,
    )
    adapter = GraphRequestAdapter(provider, client=http)
    adapter.base_url = f"{at['graph']}/v1.0"
    incidents = GraphServiceClient(request_adapter=adapter).security.incidents
    ask = IncidentsRequestBuilder.IncidentsRequestBuilderGetQueryParameters(top=50)
    table = Table(folder, GRAPH_COLUMNS, "graph_id")
    page = await incidents.get(RequestConfiguration(query_parameters=ask))
    while page:
        table.page([graph_row(one) for one in page.value])
        link = page.odata_next_link
        page = await incidents.with_url(link).get() if link else None
    return time.perf_counter() - began, table.count()


def graph_row(one):
    return (
        one.id, one.display_name, one.description, text(one.severity), text(one.status), text(one.classification),
        text(one.determination), one.assigned_to, json.dumps(one.custom_tags or []), when(one.created_date_time),
        when(one.last_update_date_time), one.last_modified_by, one.incident_web_url, one.redirect_incident_id,
    )  # fmt: skip


def text(value):
    return value.value if value is not None else None


def when(value):
    return value.isoformat() if value is not None else None


def main():
    # `requests` prefers these to the certificate that a session was given.
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        os.environ.pop(name, None)
    with open(sys.argv[2], encoding="utf-8") as file:
        at = json.load(file)
    with tempfile.TemporaryDirectory() as folder:
        took, rows = arm(at, folder) if sys.argv[1] == "arm" else asyncio.run(graph(at, folder))
    print(json.dumps({"seconds": took, "rows": rows}))


if __name__ == "__main__":
    main()
