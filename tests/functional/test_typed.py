"""Nothing typed is lost: every form of the staff, when the session or the page has expired."""

import json
from datetime import UTC, datetime, timedelta
from html import unescape

import pyotp
import pytest
from sqlalchemy.exc import OperationalError

from tests import builders
from tests.functional.browsing import post, read
from tests.functional.forms import forms_of
from tests.functional.reach import TABLE
from tests.nonempty import some
from webapp import exceptions
from webapp.accounts import permissions, second_factors
from webapp.platform.audit import Actor
from webapp.platform.extensions import transaction
from webapp.platform.views import carried
from webapp.platform.views.requires import declared_actions

EMAIL = "admin@example.org"
SAME_SITE = {"Sec-Fetch-Site": "same-origin"}
STRANGE = (
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
    {"Origin": "https://ailleurs.example"},
    {"Origin": "null"},
    {},
)
WORDS = '  Un banc «\u00a0à l’ombre\u00a0» & <b>deux</b> "arbres"\r\n\r\npour {}  '
# pragma: allowlist nextline secret
SECRET = "ne se rend jamais"  # noqa: S105 - typed in every field of a password


@pytest.fixture
def staff_routes(app):
    """Every route of the staff that takes a form."""
    actions = declared_actions(app)
    rules = [rule for rule in app.url_map.iter_rules() if "POST" in rule.methods]
    return some([rule for rule in rules if not permissions.is_open(actions[rule.endpoint])])


@pytest.fixture
def rendered(app, browser_of, address):
    """The forms that the pages of the staff show, by endpoint."""
    client, found = browser_of("admin"), {}
    rules = [rule for rule in app.url_map.iter_rules() if "GET" in rule.methods]
    for rule in some([rule for rule in rules if "admin" in TABLE[rule.endpoint]]):
        url = address(rule)
        answer = client.get(url)
        for form in forms_of(url, answer) if answer.mimetype == "text/html" else ():
            for target in form.targets - {"#"}:
                endpoint, _ = app.url_map.bind("").match(target.split("?")[0], method="POST")
                found.setdefault(endpoint, []).append(form)
        answer.close()
    return found


def typed_in(app, rule, rendered):
    """Return words for every field of the forms that this route takes."""
    shown = rendered.get(rule.endpoint, [])
    names = {name for form in shown for name in form.typed}
    if not shown:  # the region has no page with this form today: read what the view reads
        captions = carried.captions_of(app.view_functions[rule.endpoint].__module__)
        names = {name for name, caption in captions.items() if caption}
    secrets = names & {*carried.SECRET_FIELDS, "code" if "second" in rule.endpoint else ""}
    words = {name: WORDS.format(name) for name in sorted(names - secrets)}
    return words, dict.fromkeys(sorted(secrets), SECRET)


def given_back(url, answer, action):
    """Return the form that a page gives back, to be sent to ``action``."""
    return next(form for form in forms_of(url, answer) if form.action == action)


def kept(words, form):
    return {n: form.values().get(n, "").replace("\r\n", "\n") for n in words} == {
        name: text.replace("\r\n", "\n") for name, text in words.items()
    }


def fall_silent(client):
    """Have more than an hour pass without a gesture of this browser's person."""
    with client.session_transaction() as cookie:
        cookie["seen"] -= 3700


def test_every_word_of_every_form_comes_back_after_the_session_then_the_page_expired(
    app, browser_of, address, staff_routes, rendered
):
    client = browser_of("admin")
    lost, written = [], 0
    for rule in staff_routes:
        url = address(rule)
        words, secrets = typed_in(app, rule, rendered)
        written += len(words)
        token = read(client.get("/")).value("csrf_token")
        fall_silent(client)
        answer = client.post(url, data=words | secrets | {"csrf_token": token, "kept": "12"})
        asked = given_back(url, answer, "/connexion")
        packed = json.loads(asked.values()["carried"])
        signed = client.post(
            "/connexion",
            data=asked.values(email=EMAIL, password=builders.PASSWORD),
            content_type="multipart/form-data",
        )
        resumed = given_back("/connexion", signed, url)
        # The page that gives everything back expires as well.
        stale = resumed.values(csrf_token="old")
        expired = client.post(url, data=stale, headers=SAME_SITE)
        again = given_back(url, expired, url)
        sound = (answer.status_code, signed.status_code, expired.status_code) == (403, 200, 400)
        sound &= packed[0] == url and kept(words, resumed) and kept(words, again)
        sound &= again.values()["kept"] == "12"
        sound &= SECRET not in answer.text + signed.text + expired.text
        if not sound:
            lost.append(rule.endpoint)
    assert lost == []
    assert len(staff_routes) > 90
    assert written > 150


ITEM = {"title": "Un titre", "finding": "Ce qui\r\nest dit", "lead": "La Région"}
REFUSALS = {
    403: exceptions.ForbiddenError(),
    404: exceptions.NotFoundError("x"),
    409: exceptions.ConflictError("Un titre", "Claire"),
    429: exceptions.TooFastError(),
    500: ZeroDivisionError(),
    503: OperationalError("", {}, Exception("database is locked")),
}


@pytest.mark.parametrize("status", sorted(REFUSALS))
def test_whatever_goes_wrong_the_answer_holds_every_word(
    app, browser_of, things, monkeypatch, status
):
    real = app.view_functions["steering.save"]

    def refuse(**_):
        raise REFUSALS[status]

    refuse.__module__ = real.__module__
    app.config["PROPAGATE_EXCEPTIONS"] = False
    monkeypatch.setitem(app.view_functions, "steering.save", refuse)
    client, url = browser_of("animation"), f"/pilotage/fiches/{things['item']}"
    answer = post(client, url, **ITEM, strand="3")
    assert answer.status_code == status
    shown = unescape(answer.text)
    assert [text for text in ITEM.values() if text not in shown] == []
    assert "Constat" in read(answer).text
    assert "Intitulé de la nouvelle fiche" not in read(answer).text  # that of another form
    # What may pass later can be sent again as it is; the rest is to be copied.
    forms = [form for form in forms_of(url, answer) if form.action == url]
    assert bool(forms) is (status in {429, 500, 503})
    monkeypatch.setitem(app.view_functions, "steering.save", real)
    for form in forms:
        assert client.post(url, data=form.values()).status_code == 303
        assert read(client.get(url)).value("lead") == "La Région"


def test_a_form_of_another_site_is_never_offered_to_be_sent(browser_of, things):
    client, url = browser_of("animation"), f"/pilotage/fiches/{things['item']}"
    for headers in STRANGE:
        answer = client.post(url, data=ITEM | {"csrf_token": "forged"}, headers=headers)
        assert answer.status_code == 400
        assert [form for form in forms_of(url, answer) if form.action == url] == []
    packed = json.dumps([url, list(ITEM.items()), False])
    forged = {"carried": packed, "email": EMAIL, "password": builders.PASSWORD}
    refused = client.post("/connexion", data=forged | {"csrf_token": "forged"})
    assert refused.status_code == 422
    assert "Ce qui" not in refused.text


@pytest.mark.parametrize(
    "packed",
    [
        *("", "[]", "{}", "3", '["/animation/", [["a", "b"]], false]'),
        '["https://ailleurs.example/", [["a", "b"]], false]',
        '["//ailleurs.example/pilotage/publier", [["a", "b"]], false]',
        '["/nulle-part", [["a", "b"]], false]',
        '["/pilotage/publier", [["a"]], false]',
        '["/pilotage/publier", 3, false]',
        '[["/pilotage/publier"], [], false]',
    ],
)
def test_what_is_not_a_form_of_ours_leads_nowhere(app, things, packed):
    answer = post(
        app.test_client(), "/connexion", carried=packed, email=EMAIL, password=builders.PASSWORD
    )
    assert (answer.status_code, answer.location) == (303, "/pilotage/")


def test_a_wrong_password_then_a_second_factor_keep_the_form(app, browser_of, things):
    client, url = browser_of("animation"), f"/pilotage/fiches/{things['item']}"
    secret, before = second_factors.new_secret(), datetime.now(UTC) - timedelta(minutes=5)
    with app.app_context(), transaction() as session:
        user = builders.find_user(session, "animation@example.org")
        second_factors.enable(
            session,
            user=user,
            secret=secret,
            code=pyotp.TOTP(secret).at(before),
            instance_key=app.secret_key,
            actor=Actor(id=user.id, now=before),
        )
    page = given_back(url, client.get(url), url)
    fall_silent(client)
    answer = client.post(url, data=page.values(**ITEM, strand="3", priority="1"))
    for password in ("pas le bon mot", builders.PASSWORD):
        form = given_back(url, answer, "/connexion")
        data = form.values(email="animation@example.org", password=password)
        answer = client.post("/connexion", data=data)
    for code in ("000000", pyotp.TOTP(secret).now()):
        form = given_back(url, answer, "/connexion/code")
        answer = client.post("/connexion/code", data=form.values(code=code))
    resumed = given_back(url, answer, url)
    assert client.post(url, data=resumed.values()).status_code == 303
    assert read(client.get(url)).value("lead") == "La Région"


def test_a_request_of_a_script_is_still_led_to_the_sign_in(app, things):
    client = app.test_client()
    token = read(client.get("/connexion")).value("csrf_token")
    headers = {"Accept": "application/json"}
    answer = client.post("/pilotage/publier", data={"csrf_token": token}, headers=headers)
    assert (answer.status_code, answer.location) == (303, "/connexion")


def test_without_a_cookie_and_without_https_the_origin_says_whose_form_it_is(app, things):
    url, sent = f"/pilotage/fiches/{things['item']}", ITEM | {"csrf_token": "gone"}
    offered = {}
    for headers in (*STRANGE, SAME_SITE, {"Origin": "http://localhost"}):
        answer = app.test_client().post(url, data=sent, headers=headers)
        assert answer.status_code == 400
        forms = [form for form in forms_of(url, answer) if form.action == url]
        offered[str(headers)] = [form.values()["lead"] for form in forms]
    assert [bool(words) for words in offered.values()] == [False] * len(STRANGE) + [True, True]
