"""The open data: described, paged, kept by caches, open to every origin, closed to nothing else."""

import csv
import io
import json
import re

import pytest
from defusedxml import ElementTree

from tests.functional.browsing import post, publish, read
from tests.nonempty import some
from tests.unit.publishing.documents.schemas import faults
from webapp.publishing.documents import open_api

API = "/api/v1"
ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture
def described(client):
    return client.get(f"{API}/openapi.json").json


@pytest.fixture
def opened(things):
    """Every address that any origin may read."""
    item = things["reference"]
    paths = [operation.path.format(reference=item) for operation in open_api.OPERATIONS]
    names = ("items.csv", "schema.json", "datapackage.json")
    local = things["roadmap"]
    files = (*names, *(f"{local}/{name}" for name in names))
    return (
        *(f"{API}{path}" for path in paths),
        *(f"{API}{path}?roadmap={local}" for path in paths),
        f"/feuilles-de-route/{local}/flux.atom",
        f"{API}/openapi.json",
        *(f"/donnees-ouvertes/{name}" for name in files),
        "/feuille-de-route/flux.atom",
    )


def test_every_route_is_described_and_every_description_has_its_route(app, described):
    rules = {
        re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("api.")
    }
    assert rules == set(described["paths"]) | {f"{API}/openapi.json"}


def test_every_answer_is_what_the_description_says(client, things, described):
    for path, methods in some(described["paths"].items()):
        answer = client.get(path.format(reference=things["reference"]))
        assert (path, answer.status_code, answer.mimetype) == (path, 200, "application/json")
        schema = methods["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        assert list(faults(answer.json, schema, described["components"]["schemas"])) == []


def test_a_local_roadmap_is_open_data_too(client, things):
    local, reference = things["roadmap"], things["reference"]
    told = client.get(f"{API}/roadmap?roadmap={local}").json
    assert (told["region"], told["title"]) == ("Sarthe", "Pacte local de la Sarthe")
    assert client.get(f"{API}/roadmap").json["region"] == "Pays de la Loire"
    (item,) = client.get(f"{API}/items?roadmap={local}").json["items"]
    assert item == client.get(f"{API}/items/{reference}?roadmap={local}").json
    assert [
        v["number"] for v in client.get(f"{API}/versions?roadmap={local}").json["versions"]
    ] == [1]
    for path in ("roadmap", "versions", "items", f"items/{reference}", "sources", "ledger"):
        assert client.get(f"{API}/{path}?roadmap=nulle-part").status_code == 404
    package = client.get(f"/donnees-ouvertes/{local}/datapackage.json").json
    assert package["title"] == "Pacte local de la Sarthe"
    assert package["resources"][0]["path"] == "items.csv"  # beside the description
    rows = list(
        csv.DictReader(io.StringIO(client.get(f"/donnees-ouvertes/{local}/items.csv").text))
    )
    assert [row["reference"] for row in rows] == [reference]
    page = read(client.get("/donnees-ouvertes"))
    assert f"/donnees-ouvertes/{local}/items.csv" in page.links


def test_items_are_filtered_and_paged(client, things):
    items = client.get(f"{API}/items?q=HOPITAL&status=adopted&strand=3&per_page=1").json
    assert (items["total"], items["pages"], items["version"]) == (1, 1, 1)
    (item,) = items["items"]
    assert item["reference"] == things["reference"]
    assert item == client.get(f"{API}/items/{things['reference']}").json
    assert client.get(f"{API}/items?lead=personne").json["items"] == []
    assert client.get(f"{API}/items?page=7").json["items"] == []


def test_sources_are_paged_and_say_which_item_answers_them(client, things):
    first = client.get(f"{API}/sources?per_page=2").json
    second = client.get(f"{API}/sources?per_page=2&page=2").json
    assert (first["total"], first["pages"]) == (3, 2)
    found = [*first["sources"], *second["sources"]]
    assert len({entry["source"]["reference"] for entry in found}) == 3
    assert {entry["item_reference"] for entry in found} == {things["reference"]}
    assert client.get(f"{API}/sources?item=nulle-part").json["total"] == 0


def test_the_ledger_closes(client, things):
    ledger = client.get(f"{API}/ledger").json
    assert ledger["closes"]
    assert ledger["total"]["received"] == sum(line["received"] for line in ledger["lines"])


@pytest.mark.parametrize(
    "query",
    [
        "page=0",
        "page=-1",
        "page=abc",
        "per_page=101",
        "per_page=",
        "version=x",
        "status=lost",
        "status=",
        "q=a&q=b",
    ],
)
def test_what_is_not_understood_is_refused_as_a_problem(client, things, described, query):
    answer = client.get(f"{API}/items?{query}")
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
    schema = described["components"]["schemas"]["Problem"]
    assert list(faults(answer.json, schema, {})) == []
    assert query.partition("=")[0] in answer.json["detail"]
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    "path", ["/nothing", "/items/nulle-part", "/items?version=9", "/", "/items/", "/../x"]
)
def test_what_does_not_exist_is_a_problem(client, things, path):
    answer = client.get(f"{API}{path}")
    assert (answer.status_code, answer.json["status"]) == (404, 404)
    assert answer.mimetype == "application/problem+json"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_it_is_read_only(client, things, opened, method):
    for url in opened[:-1]:
        assert (url, getattr(client, method)(url).status_code) == (url, 405)
    answer = getattr(client, method)(opened[-1])
    assert answer.status_code == 405 or "POST" not in answer.headers["Allow"]


def test_any_origin_reads_it_without_a_cookie_and_keeps_it_until_it_changes(
    client, browser_of, opened
):
    for url in opened:
        answer = client.get(url)
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert "Set-Cookie" not in answer.headers
        assert answer.headers["Cache-Control"] == "public, no-cache"
        kept = {"If-None-Match": answer.headers["ETag"]}
        assert client.get(url, headers=kept).status_code == 304
        if "openapi" not in url:
            dated = {"If-Modified-Since": answer.headers["Last-Modified"]}
            assert client.get(url, headers=dated).status_code == 304
        head = client.head(url)
        assert (head.data, head.headers["ETag"]) == (b"", answer.headers["ETag"])
    # The same bytes for somebody signed in.
    staff = browser_of("commissaire")
    assert staff.get(opened[0]).headers["Cache-Control"] == "public, no-cache"


def test_no_other_page_is_open_to_other_origins(client, things):
    for url in ("/", "/feuille-de-route/", "/donnees-ouvertes", "/feuille-de-route/version/1/json"):
        assert "Access-Control-Allow-Origin" not in client.get(url).headers


def test_a_withdrawal_is_seen_at_once_and_said(client, browser_of, things):
    kept = {"If-None-Match": client.get(f"{API}/versions").headers["ETag"]}
    chief = browser_of("commissaire")
    page = "/feuille-de-route/version/1"
    post(chief, "/pilotage/versions/1/retirer", page, reason="Un nom restait")
    (version,) = client.get(f"{API}/versions", headers=kept).json["versions"]
    assert (version["in_force"], version["withdrawal_reason"]) == (False, "Un nom restait")
    gone = client.get(f"{API}/items?version=1")
    assert (gone.status_code, gone.json["status"]) == (410, 410)
    assert "Un nom restait" in gone.json["detail"]
    assert client.get(f"{API}/items").status_code == 404
    assert client.get("/donnees-ouvertes/items.csv").status_code == 404
    assert "Aucune version n’est en vigueur" in read(client.get("/donnees-ouvertes")).text


def test_the_table_and_what_describes_it_agree(client, things):
    package = json.loads(client.get("/donnees-ouvertes/datapackage.json").data)
    (resource,) = package["resources"]
    table = client.get(f"/donnees-ouvertes/{resource['path']}")
    assert len(table.data) == resource["bytes"]
    header = next(csv.reader(io.StringIO(table.text)))
    schema = client.get("/donnees-ouvertes/schema.json").json
    assert header == [field["name"] for field in schema["fields"]]
    assert package["licenses"][0]["name"] == "etalab-2.0"


def test_the_page_for_people_names_every_address(client, things):
    page = read(client.get("/donnees-ouvertes"))
    for operation in open_api.OPERATIONS:
        assert f"{API}{operation.path}" in page.text
    for url in ("/donnees-ouvertes/items.csv", f"{API}/openapi.json"):
        assert url in page.links
    assert "/donnees-ouvertes" in read(client.get("/")).links


def test_the_feed_tells_publications_and_withdrawals(app, client, browser_of, things):
    chief = browser_of("commissaire")
    publish(chief)
    page = "/feuille-de-route/version/2"
    post(chief, "/pilotage/versions/2/retirer", page, reason="Trop tôt")
    answer = client.get("/feuille-de-route/flux.atom")
    assert answer.mimetype == "application/atom+xml"
    entries = ElementTree.fromstring(answer.data).findall("a:entry", ATOM)
    titles = [entry.findtext("a:title", namespaces=ATOM) for entry in entries]
    assert titles == ["Version 2 retirée", "Version 2 publiée", "Version 1 publiée"]
    assert "Trop tôt" in entries[0].findtext("a:summary", namespaces=ATOM)
    for entry in entries:
        address = entry.find("a:link", ATOM).attrib["href"]
        assert address.startswith(app.config["PUBLIC_URL"])
    assert 'type="application/atom+xml"' in client.get("/feuille-de-route/").text
