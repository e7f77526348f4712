"""What is too long, of the wrong kind, or made to be read by a database, a proxy or an unpacker."""

import io
import socket
import threading
import zipfile
from dataclasses import replace
from urllib.parse import urlencode

import pytest
from sqlalchemy import func, select

from tests import builders
from tests.attack import payloads
from tests.functional.browsing import post, publish, read
from tests.nonempty import some
from tests.unit.publishing.documents.builders import document, item
from webapp import create_app
from webapp.collection.models import Contribution
from webapp.platform.extensions import db
from webapp.platform.limits import MAX_BODY_LENGTH
from webapp.publishing.documents.formats import FORMATS

pytestmark = pytest.mark.both_databases("texts, numbers and SQL that a database may refuse")

LIMIT = MAX_BODY_LENGTH


def sent(client, body, **fields):
    return post(client, "/a/ABCDEF", body=body, **{"key": "k", "warned": "1"} | fields)


@pytest.mark.parametrize(
    ("size", "status"), [(0, 422), (1, 303), (LIMIT, 303), (LIMIT + 1, 422), (999_000, 422)]
)
def test_check_30_a_text_has_its_place_up_to_the_limit(app, things, client, size, status):
    assert sent(client, "é" * size if size < 500_000 else "a" * size).status_code == status


def test_the_guard_does_not_read_a_text_over_the_limit(things, client):
    name = "Mme Durand "
    for size, marked in ((LIMIT, True), (LIMIT + 1, False)):
        answer = sent(client, (name * size)[:size], warned="", key=str(size))
        assert answer.status_code == 422
        assert ("<mark>Mme Durand" in answer.text) is marked


def test_check_30_texts_of_every_shape_are_answered_and_nothing_is_stored_of_the_longest(
    things, client
):
    given = {name: sent(client, text).status_code for name, text in payloads.SIZES.items()}
    assert set(given.values()) <= {413, 422}
    assert given["ten megabytes"] == 413
    assert given["blanks"] == given["a's"] == given["nothing"] == 422


@pytest.mark.parametrize("listing", ["contributions", "roadmap", "api"])
def test_check_28_what_a_database_would_run_is_only_looked_for(app, things, browser_of, listing):
    client = browser_of("commissaire")
    places = {
        "contributions": (
            f"/revue/{builders.GROUP}/contributions",
            ("q", "place", "workshop", "territory", "kind", "concerned", "page"),
        ),
        "roadmap": ("/feuille-de-route/", ("q", "axe", "territoire", "etat", "public", "pilote")),
        "api": (
            "/api/v1/items",
            ("q", "strand", "territory", "status", "public", "lead", "page", "version"),
        ),
    }
    path, names = places[listing]
    with app.app_context():
        before = db.session.scalar(select(func.count()).select_from(Contribution))
    given = {}
    for name in names:
        for text in payloads.SQL:
            answer = client.get(f"{path}?{urlencode({name: text})}")
            given[name, text] = answer.status_code
            answer.close()
    assert {asked: code for asked, code in given.items() if code not in {200, 400, 422}} == {}
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Contribution)) == before


def test_check_28_a_percent_sign_is_looked_for_as_a_percent_sign(things, client):
    for text in ("%", "_", "' OR '1'='1", "\\"):
        found = client.get(f"/api/v1/items?{urlencode({'q': text})}").json
        assert (text, found["total"]) == (text, 0)
    assert client.get("/api/v1/items?q=hopital").json["total"] == 1


def test_check_35_a_parameter_of_the_wrong_kind_is_never_our_failure(
    app, things, address, browser_of
):
    client, failed = browser_of("commissaire"), []
    names = ("page", "q", "de", "a", "etat", "vue", "depuis", "acte", "suite", "first", "count")
    names += ("version", "per_page", "coche", "place", "idee", "reprise", "remplace", "scinder")
    rules = [r for r in app.url_map.iter_rules() if "GET" in r.methods and r.endpoint != "static"]
    for number, rule in enumerate(rules):
        for text in payloads.TYPES[number % 7 :: 7]:
            pairs = [(name, text) for name in names] + [
                ("page", "1"),
                ("q[]", text),
                ("q[a]", text),
            ]
            answer = client.get(f"{address(rule)}?{urlencode(pairs)}"[:8_000])
            if answer.status_code >= 500:
                failed.append((rule.endpoint, ascii(text)[:30]))
            answer.close()
    assert failed == []


@pytest.mark.parametrize(
    "body", ["[]", "{}", "[[1,2]]", '"x"', "null", "{", '{"body": ["a"]}', "1"]
)
def test_check_35_a_form_takes_no_json(app, things, address, browser_of, body):
    client, failed = browser_of("commissaire"), []
    token = read(client.get("/connexion")).value("csrf_token")
    for rule in app.url_map.iter_rules():
        if "POST" in rule.methods and rule.endpoint != "account.sign_out":
            answer = client.post(
                address(rule),
                data=body,
                content_type="application/json",
                headers={"X-CSRFToken": token},
            )
            if answer.status_code >= 500:
                failed.append(rule.endpoint)
            answer.close()
    assert failed == []


def test_check_35_a_header_of_any_kind_is_never_our_failure(things, client):
    failed = []
    for path in ("/", "/a/ABCDEF", "/connexion", "/api/v1/items", "/static/css/base.css"):
        for headers in payloads.HEADERS:
            answer = client.get(path, headers=headers)
            told = f"{answer.headers} {answer.get_data(as_text=True) if path != '/' else ''}"
            if answer.status_code >= 500 or ("evil.invalid" in told and path != "/connexion"):
                failed.append((path, headers, answer.status_code))
            answer.close()
    assert failed == []


def test_check_36_a_path_leads_to_no_file(things, client):
    for start in ("/static/", "/feuille-de-route/", "/pages/", "/a/"):
        for path in some(payloads.PATHS):
            answer = client.get(start + path)
            assert (path, answer.status_code in {301, 308, 400, 404}) == (path, True)
            assert b"root:" not in answer.data
            answer.close()


FORGED = {
    "X-Forwarded-For": "203.0.113.9",
    "X-Forwarded-Host": "evil.invalid",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Prefix": "/evil",
    "Forwarded": "for=203.0.113.9;host=evil.invalid;proto=https",
}


@pytest.mark.parametrize("hops", [0, 1])
def test_check_41_a_forged_proxy_is_believed_only_as_far_as_hops_are_set(config, things, hops):
    app = create_app(replace(config, proxy_hops=hops))
    client = app.test_client()
    seen = {}

    @app.before_request
    def look():
        from flask import request  # noqa: PLC0415 - for this test only

        seen.update(address=request.remote_addr, host=request.host, scheme=request.scheme)

    answer = client.get("/feuille-de-route", headers=FORGED)
    assert answer.location == "/feuille-de-route/"
    told = {"address": "203.0.113.9", "host": "evil.invalid", "scheme": "https"}
    plain = {"address": "127.0.0.1", "host": "localhost", "scheme": "http"}
    assert seen == (told if hops else plain)
    # Whatever is believed, what people are given to keep is the public address.
    page = client.get("/donnees-ouvertes", headers=FORGED).text
    assert "evil.invalid" not in page
    assert "http://127.0.0.1:8000/" in page
    # One hop believes the last proxy, not what a client wrote before it.
    client.get("/", headers={"X-Forwarded-For": "198.51.100.1, 203.0.113.9"})
    assert seen["address"] == ("203.0.113.9" if hops else "127.0.0.1")
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def archive(members, kind=zipfile.ZIP_DEFLATED):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", kind) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return buffer.getvalue()


LAUGHS = b'<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'
OUTSIDE = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
UPLOADS = {
    "a bomb": archive({"[Content_Types].xml": "x", "xl/workbook.xml": b"0" * 40_000_000}),
    "a path out": archive({"[Content_Types].xml": "x", "xl/workbook.xml": "x", "../../x": "x"}),
    "laughs": archive({"[Content_Types].xml": LAUGHS, "xl/workbook.xml": LAUGHS}),
    "an outside entity": archive({"[Content_Types].xml": OUTSIDE, "xl/workbook.xml": OUTSIDE}),
    "broken XML": archive({"[Content_Types].xml": "<Types", "xl/workbook.xml": "<workbook"}),
    "a text document": archive({"mimetype": "application/vnd.oasis.opendocument.text"}),
    "too many rows": b"texte\n" + b"a\n" * 200_001,
    "an executable": b"MZ\x90\x00" + b"\x00" * 5_000,
    "a picture": b"\x89PNG\r\n\x1a\n" + b"\x00" * 5_000,
    "half an archive": archive({"[Content_Types].xml": "x" * 9_000})[:300],
    "nothing": b"",
}
DOORS = ("imports.send", "programme.send", "roadmap_imports.send", "roadmap_imports.restore")
DOORS += ("document_models.propose", "indicators.import_file", "reference_imports.send")


@pytest.mark.parametrize("name", ["x.xlsx", "x.csv", "x.odt", "../../x.json\x00.xlsx", "x.exe"])
def test_check_33_a_hostile_file_is_refused_at_every_door(app, things, address, browser_of, name):
    client, wrong = browser_of("commissaire"), []
    token = read(client.get("/connexion")).value("csrf_token")
    rules = {rule.endpoint: rule for rule in app.url_map.iter_rules()}
    for door in DOORS:
        for what, content in UPLOADS.items():
            fields = {"csrf_token": token, "file": (io.BytesIO(content), name)}
            answer = client.post(address(rules[door]), data=fields)
            if answer.status_code not in {404, 409, 413, 422}:
                wrong.append((door, what, answer.status_code))
            answer.close()
    assert wrong == []


def test_check_34_no_address_that_somebody_typed_is_fetched(app, things, browser_of, monkeypatch):
    asked, listening = [], socket.create_server(("127.0.0.1", 0))
    canary = f"http://127.0.0.1:{listening.getsockname()[1]}/canary.png"
    thread = threading.Thread(target=_listen, args=(listening, asked))
    thread.start()
    client = browser_of("commissaire")
    page = f"/pilotage/fiches/{things['complete_item']}"
    fields = {"kind": "pact", "label": f"![x]({canary})", "website": canary, "stand": ""}
    assert post(client, f"{page}/liens", f"{page}/suivi", **fields).status_code == 303
    words = f'<img src="{canary}"> #image("{canary}") INCLUDEPICTURE "{canary}"'
    told = document(replace(item(1), title=words))
    for form in FORMATS.values():
        assert form.render(told)
    assert publish(client).status_code == 303
    for name in FORMATS:
        assert client.get(f"/feuille-de-route/version/2/{name}").status_code == 200
    assert asked == []
    with socket.create_connection(listening.getsockname()):  # the canary sings when it is asked
        pass
    thread.join()
    listening.close()
    assert len(asked) == 1


def _listen(listening, asked):
    connection, caller = listening.accept()
    asked.append(caller)
    connection.close()
