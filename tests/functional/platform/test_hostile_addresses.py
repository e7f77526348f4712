"""Whatever is sent, the answer is a page of ours: never a failure, never a script that runs."""

from urllib.parse import urlencode

import pytest

from tests import builders
from tests.functional.browsing import publish, read

pytestmark = pytest.mark.both_databases("texts and numbers that a database may refuse")

MARKUP = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7 * 7 }} ${7*7} <svg/onload=alert(1)>",
    "javascript:alert(1)//</textarea><script>alert(1)</script>",
)
ODD = (
    "\x00",
    "é" * 3_000,
    "' OR 1=1 --",
    "../../etc/passwd",
    "%",
    "\u202e\u2066",
    "👩‍👩‍👧" * 20,
    "ʼ\u0301" * 40,
    "99999999999999999999",
    "-1",
    "NaN",
    "<script>alert(1)</script>",
)
FORM = "application/x-www-form-urlencoded"
REFUSED_BY_A_DATABASE = ODD[:3] + ODD[7:]  # by its texts or its numbers; the others are ours
FIELDS = (
    *("body", "key", "kind", "territory", "concerned", "code", "email", "password", "state"),
    *("contributions", "reason", "masked_body", "groups", "version", "title", "excerpt", "status"),
    *("strand", "measure", "finding", "lead", "publics", "due_date", "priority"),
    *("partners", "territories", "name", "unit", "baseline", "target", "target_on", "on"),
    *("value", "source", "done_on", "year", "funder", "amount", "label", "stand"),
    *("sources", "chosen", "basis", "verdict", "place", "attendees", "item", "website"),
    *("table_label", "sheet", "people", "question", "hint", "minutes", "revealed", "points"),
    *("count", "group", "room", "starts_at", "ends_at", "organisation", "contact", "presentation"),
    *("replaces", "queued"),
)
CHOSEN = {"kind": "published", "status": "submitted", "state": "open", "title": "Un titre"}


def test_check_35_an_odd_address_is_answered(app, address, browser_of):
    client = browser_of("admin")
    asked = [
        address(rule, **{name: odd})
        for rule in app.url_map.iter_rules()
        for name in rule.arguments - {"number", "filename"}
        for odd in ODD
        if "GET" in rule.methods
    ]
    queue = f"/animation/moderation/{builders.GROUP}"
    for path, name in (("/suivi", "code"), ("/connexion", "suite"), (queue, "etat")):
        asked += [f"{path}?{urlencode({name: odd})}" for odd in ODD]
    assert [url for url in asked if client.get(url).status_code >= 500] == []


@pytest.mark.parametrize("number", ["0", "99999999999999999999", "-1", "1.5"])
def test_a_version_that_cannot_be_is_not_found(client, things, number):
    assert client.get(f"/feuille-de-route/version/{number}/csv").status_code == 404


@pytest.mark.parametrize("kept", [{}, CHOSEN], ids=["every field odd", "choices valid"])
def test_check_35_an_odd_form_is_answered(app, address, browser_of, kept):
    client = browser_of("admin")
    token = read(client.get("/connexion")).value("csrf_token")
    on_sqlite = app.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite")
    bodies = {
        odd: urlencode(dict.fromkeys(FIELDS, odd) | kept | {"csrf_token": token})
        for odd in (ODD if on_sqlite else REFUSED_BY_A_DATABASE)
    }
    failed, asked = [], 0
    for rule in app.url_map.iter_rules():
        if "POST" not in rule.methods or rule.endpoint == "account.sign_out":
            continue
        for odd, body in bodies.items():
            answer = client.post(address(rule), data=body, content_type=FORM)
            asked += 1
            if answer.status_code >= 500:
                failed.append((rule.endpoint, ascii(odd)[:20]))
    assert asked > 1_000
    assert failed == []


@pytest.mark.parametrize("size", [1024 * 1024 + 1, 17 * 1024 * 1024])
def test_check_30_a_form_far_too_large_is_refused(client, things, size):
    answer = client.post("/a/ABCDEF", data={"body": "x" * size})
    assert answer.status_code == 413
    assert "Envoi trop lourd" in read(answer).text


def test_check_26_what_people_type_is_shown_and_never_run(app, things, address, browser_of):
    client = browser_of("admin")
    token = read(client.get("/connexion")).value("csrf_token")
    receipts = []
    for words in MARKUP:
        page = read(client.get("/a/ABCDEF"))
        fields = {"csrf_token": token, "key": page.value("key"), "body": words}
        receipts.append(client.post("/a/ABCDEF", data=fields).location.rsplit("/", 1)[1])
    cluster = f"/revue/{builders.GROUP}/{things['cluster']}"
    client.post(f"{cluster}/titre", data={"csrf_token": token, "title": MARKUP[1]})
    item = f"/pilotage/fiches/{things['complete_item']}"
    version = read(client.get(item)).value("version")
    fields = dict.fromkeys(("title", "lead", "finding", "objective", "partners"), MARKUP[2])
    fields |= {"strand": "3", "due_date": "2030-01-01", "version": version, "csrf_token": token}
    fields["amendment"] = MARKUP[2]
    assert client.post(item, data=fields).status_code == 303
    assert publish(client).status_code == 303
    assert "{{ 7 * 7 }}" in read(client.get("/feuille-de-route/")).text
    urls = [address(rule) for rule in app.url_map.iter_rules() if "GET" in rule.methods]
    for url in (*urls, *(f"/suivi/{receipt}" for receipt in receipts)):
        answer = client.get(url)
        if answer.mimetype == "text/html":
            page = read(answer)
            assert not [a for tag, a in page.tags if tag == "script" and not a.get("src")], url
            assert not [a for _, a in page.tags if "onerror" in a or "onload" in a], url
        answer.close()
