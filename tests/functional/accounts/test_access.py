"""Who may open what: every route is in the table, and everybody else meets a closed door."""

import pytest
from flask import Blueprint

from tests import builders
from tests.functional.browsing import post, read, sign_in
from tests.functional.reach import ELSEWHERE, EVERYONE, GROUP, NOBODY, SENDER, TABLE
from tests.functional.region import PEOPLE
from tests.nonempty import some
from webapp import app as factory
from webapp import create_app
from webapp.accounts.permissions import PERMISSIONS, Principal, Scope, is_open
from webapp.exceptions import UndeclaredRouteError
from webapp.platform.extensions import transaction
from webapp.platform.views.requires import declared_actions

NUMBERS = frozenset({"number", "position"})


def test_check_14_every_route_is_in_the_table(app):
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    assert endpoints == set(TABLE)
    assert endpoints == set(declared_actions(app))


def test_check_14_the_table_is_what_the_permissions_say(app):
    for rule in some(app.url_map.iter_rules()):
        said = _let_in(rule, declared_actions(app)[rule.endpoint])
        if TABLE[rule.endpoint] == SENDER:  # among those, the one who sent it
            assert said > SENDER, rule.endpoint
        elif TABLE[rule.endpoint] == NOBODY:  # open, to whom a password or a provider just let by
            assert said == EVERYONE, rule.endpoint
        else:
            assert (rule.endpoint, said) == (rule.endpoint, TABLE[rule.endpoint])


def _let_in(rule, action):
    """Return those whom the permission table lets in, on objects of the first working group."""
    if is_open(action):
        return EVERYONE
    return {n for n, (role, groups) in PEOPLE.items() if _reaches(rule, action, role, groups)}


def _reaches(rule, action, role, groups):
    far = PERMISSIONS[action][Principal(role.value)]
    own = not rule.arguments or builders.GROUP in groups
    return far in {Scope.EVERYWHERE, Scope.SENT} or (far is Scope.OWN and own)


def test_check_14_the_service_does_not_start_with_a_route_that_nobody_declared(config, monkeypatch):
    stray = Blueprint("stray", __name__)
    stray.add_url_rule("/egaree", "show", lambda: "ouvert")
    monkeypatch.setattr("webapp.app.BLUEPRINTS", (*factory.BLUEPRINTS, stray))
    with pytest.raises(UndeclaredRouteError) as refusal:
        create_app(config)
    assert refusal.value.endpoints == ("stray.show",)


def test_check_14_a_route_added_later_opens_for_nobody(own_app, things):
    own_app.add_url_rule("/egaree", "stray", lambda: "ouvert")
    for name in EVERYONE:
        client = own_app.test_client()
        if name != "anonymous":
            assert sign_in(client, f"{name}@example.org").status_code == 303
        assert client.get("/egaree").status_code == 403


@pytest.mark.both_databases("every statement of every page, as each role")
@pytest.mark.parametrize("name", sorted(EVERYONE))
def test_check_14_the_table_is_what_happens(app, browser_of, address, name):
    client = browser_of(name)
    wrong = []
    for rule in app.url_map.iter_rules():
        if rule.endpoint in {"account.sign_out", "shared.choose"}:
            continue  # it would end the journey of this person
        entered = _entered(_answer(client, rule, address(rule)))
        if entered != (name in TABLE[rule.endpoint]):
            wrong.append(rule.endpoint)
    assert wrong == []


def _answer(client, rule, url):
    if "GET" in rule.methods:
        answer = client.get(url)
    else:
        token = read(client.get("/connexion")).value("csrf_token")
        answer = client.post(url, data={"csrf_token": token})
    answer.close()
    return answer


def _entered(answer):
    """Whether the door opened: what stood behind it may still refuse what was asked."""
    assert answer.status_code < 500
    if answer.status_code == 303:
        return not answer.location.startswith("/connexion")
    return answer.status_code not in {403, 404}


def test_check_15_what_is_others_answers_like_what_does_not_exist(app, browser_of, things, address):
    client = browser_of("voisin")
    unlike = []
    for rule in _rules(app, GROUP):
        others = _answer(client, rule, address(rule))
        missing = _answer(client, rule, _nowhere(rule, address))
        if (others.status_code, read(others).text) != (404, read(missing).text):
            unlike.append(rule.endpoint)
    assert unlike == []


def _nowhere(rule, address):
    """Return the address of things that do not exist."""
    return address(rule, **{n: 987_654 if n in NUMBERS else "nulle-part" for n in rule.arguments})


def test_check_15_what_is_others_is_not_reached_through_a_group_of_ones_own(
    app, browser_of, address
):
    client = browser_of("voisin")
    read_in_a_group = [
        rule for rule in _rules(app, GROUP) if {"group"} < rule.arguments and "GET" in rule.methods
    ]
    for rule in some(read_in_a_group):
        answer = client.get(address(rule, group=builders.OTHER_GROUP))
        assert (rule.endpoint, answer.status_code) == (rule.endpoint, 404)


def _rules(app, people):
    rules = (rule for rule in app.url_map.iter_rules() if TABLE[rule.endpoint] == people)
    return [rule for rule in rules if rule.arguments]


def test_check_22_a_form_without_its_token_is_refused_everywhere(app, browser_of, address):
    client = browser_of("commissaire")
    checked_by_the_form = {"public.join", "public.submit", "tables.enter", "account.enter"}
    checked_by_the_form |= {"surveys.answer", "reactions.react"}
    for rule in some(rule for rule in app.url_map.iter_rules() if "POST" in rule.methods):
        fields = {"code": "ABCDEF", "body": "x", "email": "a@example.org"}
        if rule.endpoint == "shared.done":
            continue  # it clears a shared device, whose page may be an old one, and no other
        answer = client.post(address(rule), data=fields)
        expected = 422 if rule.endpoint in checked_by_the_form else 400
        assert (rule.endpoint, answer.status_code) == (rule.endpoint, expected)


def test_nothing_is_asked_for_what_it_allows(app, client, address):
    # Flask made the route of static files before it read our settings.
    for rule in some(one for one in app.url_map.iter_rules() if one.endpoint != "static"):
        answer = client.options(address(rule))
        assert (rule.endpoint, answer.status_code) == (rule.endpoint, 405)


def test_a_facilitator_submits_but_does_not_adopt(browser_of, things):
    url = f"/pilotage/fiches/{things['complete_item']}"
    client = browser_of("animation")
    page = read(client.get(url))
    fields = {"csrf_token": page.value("csrf_token"), "status": "in_progress"}
    assert "Commencer l’action" not in page.text
    assert client.post(f"{url}/etat", data=fields).status_code == 404
    assert "Commencer l’action" in read(browser_of("commissaire").get(url)).text


def test_check_23_signing_in_never_leads_elsewhere(app, things):
    for target in ELSEWHERE:
        client = app.test_client()
        token = read(client.get("/connexion")).value("csrf_token")
        fields = {"email": "copil@example.org", "password": builders.PASSWORD}
        answer = client.post(
            "/connexion", query_string={"suite": target}, data=fields | {"csrf_token": token}
        )
        assert (target, answer.location) == (target, "/copil/")


def test_signing_in_leads_back_to_the_page_that_was_asked_for(app, things):
    client = app.test_client()
    asked = client.get(f"/revue/{builders.GROUP}")
    assert asked.status_code == 303
    answer = post(client, asked.location, email="animation@example.org", password=builders.PASSWORD)
    assert answer.location == f"/revue/{builders.GROUP}"


def test_a_deactivated_account_is_out_at_once(app, things, browser_of):
    client = browser_of("copil")
    assert client.get("/copil/").status_code == 200
    with app.app_context(), transaction() as session:
        builders.find_user(session, "copil@example.org").active = False
    assert client.get("/copil/").status_code == 303
