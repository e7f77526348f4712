"""Who may open what: every route is in the table, and everybody else meets a closed door."""

import pytest
from flask import Blueprint

from tests import builders
from tests.functional.browsing import post, read
from tests.functional.region import PEOPLE
from webapp import create_app, views
from webapp.exceptions import UndeclaredRouteError
from webapp.extensions import transaction
from webapp.services.permissions import PERMISSIONS, Holder, Reach, is_open
from webapp.views.routes import ROUTES

NUMBERS = frozenset({"number", "position"})
EVERYONE = frozenset({"anonymous", *PEOPLE})
DESK = EVERYONE - {"anonymous", "copil"}
GROUP = DESK - {"voisin"}
STEERING = frozenset({"commissaire", "admin"})
ADMIN = frozenset({"admin"})
NOBODY = frozenset()
SIGNED_IN = EVERYONE - {"anonymous"}
SENDER = frozenset({"commissaire"})  # what was sent, or asked for, is one person's alone
COPIL = STEERING | {"copil"}
# A new route that is not here fails the test below: deny by default.
TABLE = {
    "static": EVERYONE,
    "public.home": EVERYONE,
    "public.join": EVERYONE,
    "public.contribute": EVERYONE,
    "public.submit": EVERYONE,
    "public.receipt": EVERYONE,
    "public.token": EVERYONE,
    "public.service_worker": EVERYONE,
    "mine.ideas": EVERYONE,
    "mine.ballot": EVERYONE,
    "mine.give": EVERYONE,
    "mine.take_back": EVERYONE,
    "tables.show": EVERYONE,  # whoever holds the link of a table
    "tables.enter": EVERYONE,
    "tables.take_back": EVERYONE,
    "tables.slips": EVERYONE,
    "tables.slip": EVERYONE,
    "stands.read": EVERYONE,  # whoever holds the link of a stand
    "stands.home": DESK,
    "stands.show": GROUP,
    "stands.give_link": GROUP,
    "walls.show": EVERYONE,
    "walls.state": EVERYONE,
    "surveys.ask": EVERYONE,
    "surveys.answer": EVERYONE,
    "surveys.thank": EVERYONE,
    "follow.lookup": EVERYONE,
    "follow.show": EVERYONE,
    "follow.withdraw": EVERYONE,
    "follow.show_own": EVERYONE,  # whoever holds the receipt
    "follow.download_own": EVERYONE,
    "follow.ask_to_erase": EVERYONE,
    "follow.erase": EVERYONE,
    "roadmap.show": EVERYONE,
    "roadmap.item": EVERYONE,
    "roadmap.download": EVERYONE,
    "versions.home": EVERYONE,
    "versions.show": EVERYONE,
    "versions.item": EVERYONE,
    "versions.compare": EVERYONE,
    "versions.feed": EVERYONE,
    "versions.withdraw": STEERING,
    "open_data.home": EVERYONE,
    "open_data.table": EVERYONE,
    "open_data.table_schema": EVERYONE,
    "open_data.datapackage": EVERYONE,
    "api.describe": EVERYONE,
    "api.show_roadmap": EVERYONE,
    "api.list_versions": EVERYONE,
    "api.list_items": EVERYONE,
    "api.show_item": EVERYONE,
    "api.list_sources": EVERYONE,
    "api.show_ledger": EVERYONE,
    "api.list_indicators": EVERYONE,
    "reactions.react": EVERYONE,
    "reactions.show_window": STEERING,
    "reactions.set_window": STEERING,
    "reactions.close_window": STEERING,
    "pages.show": EVERYONE,
    "signals.healthz": EVERYONE,  # they say yes or no, nothing else
    "signals.readyz": EVERYONE,
    "signals.security_txt": EVERYONE,
    "account.sign_in": EVERYONE,
    "account.enter": EVERYONE,
    "account.ask_code": NOBODY,  # whose password was not just checked
    "account.enter_code": NOBODY,
    **dict.fromkeys(  # no provider is configured, nobody comes back from one
        ("sso.begin", "sso.come_back", "sso.confirm", "sso.enter", "sso.left", "sso.leave"), NOBODY
    ),
    "account.sign_out": EVERYONE,
    "account_links.show": EVERYONE,  # whoever holds the link
    "account_links.use": EVERYONE,
    "second_factors.show": SIGNED_IN,
    "second_factors.enable": SIGNED_IN,
    "second_factors.renew_codes": SIGNED_IN,
    "second_factors.remove": SIGNED_IN,
    "accounts.home": ADMIN,
    "accounts.invite": ADMIN,
    "accounts.show": ADMIN,
    "accounts.save": ADMIN,
    "accounts.make_link": ADMIN,
    "accounts.deactivate": ADMIN,
    "accounts.reactivate": ADMIN,
    "accounts.reset_second_factor": ADMIN,
    "my_account.home": SIGNED_IN,
    "my_account.change_password": SIGNED_IN,
    "my_account.end_session": SIGNED_IN,  # one that is not theirs stays open
    "my_account.end_others": SIGNED_IN,
    "desk.home": DESK,
    "desk.room": DESK,
    "desk.room_state": DESK,
    "printing.posters": DESK,
    "printing.poster": GROUP,
    "printing.cards": GROUP,
    "printing.sheets": GROUP,
    "paper.enter": GROUP,
    "paper.save": GROUP,
    "paper.take_back": GROUP,
    "paper.slips": GROUP,
    "paper.slip": GROUP,
    "paper.check": GROUP,
    "paper.confirm": GROUP,
    "paper.correct": GROUP,
    "paper.replace": GROUP,
    "surveys.home": DESK,
    "surveys.create": DESK,
    "surveys.show": GROUP,
    "surveys.add_question": GROUP,
    "surveys.remove_question": GROUP,
    "surveys.set_state": GROUP,
    "surveys.send_texts": GROUP,
    "surveys.export": GROUP,
    "imports.choose": GROUP,
    "imports.send": GROUP,
    "imports.preview": SENDER,
    "imports.check": SENDER,
    "imports.store": SENDER,
    "workshops.new": DESK,
    "workshops.create": DESK,
    "workshops.show": GROUP,
    "workshops.edit": GROUP,
    "workshops.save": GROUP,
    "workshops.set_state": GROUP,
    "workshops.add_prompt": GROUP,
    "workshops.ask": GROUP,
    "workshops.set_timer": GROUP,
    "workshops.set_wall": GROUP,
    "workshops.set_support": GROUP,
    "workshops.add_tables": GROUP,
    "workshops.renew_table": GROUP,
    "moderation.queue": GROUP,
    "moderation.publish_many": GROUP,
    "moderation.show": GROUP,
    "moderation.decide": GROUP,
    "moderation.pause_device": GROUP,
    "maskings.home": GROUP,
    "maskings.confirm": GROUP,
    "moderation.resume_device": GROUP,
    "surges.show": GROUP,
    "surges.set_aside": GROUP,
    "surges.resume": GROUP,
    "board.show": GROUP,
    "board.contributions": GROUP,
    "board.show_map": GROUP,
    "board.show_ledger": GROUP,
    "board.show_cluster": GROUP,
    "clusters.rename": GROUP,
    "clusters.summarise": GROUP,
    "clusters.accept": GROUP,
    "clusters.reopen": GROUP,
    "clusters.attach": GROUP,
    "clusters.merge": GROUP,
    "clusters.split": GROUP,
    "clusters.dissolve": GROUP,
    "clusters.promote": GROUP,
    "clusters.join_item": GROUP,
    "placements.move": GROUP,
    "placements.isolate": GROUP,
    "placements.set_aside": GROUP,
    "placements.merge": GROUP,
    "contributions.show": GROUP,
    "contributions.cut": GROUP,
    "reviews.show": GROUP,
    "reviews.news": GROUP,
    "reviews.confirm": GROUP,
    "reviews.undo": GROUP,
    "reviews.undo_last": GROUP,
    "reviews.redo_last": GROUP,
    "runs.request": GROUP,
    "runs.home": GROUP,
    "runs.show": GROUP,
    "runs.progress": GROUP,
    "runs.cancel": GROUP,
    "reports.restitution": GROUP,
    "reports.synthesis": GROUP,
    "agreements.show": STEERING,
    "steering.item": GROUP,
    "steering.save": GROUP,
    "steering.set_status": GROUP,
    "alignments.home": STEERING,
    "alignments.add_measure": STEERING,
    "alignments.save": STEERING,
    "alignments.remove": STEERING,
    "conferences.home": STEERING,
    "conferences.create": STEERING,
    "conferences.show": STEERING,
    "conferences.save": STEERING,
    "document_models.home": STEERING,
    "document_models.download": STEERING,
    "document_models.propose": STEERING,
    "document_models.preview": STEERING,
    "document_models.adopt": STEERING,
    "document_models.discard": STEERING,
    "document_models.reset": STEERING,
    "document_models.download_former": STEERING,
    "document_models.put_back": STEERING,
    "exports.home": STEERING,
    "exports.request": STEERING,
    "exports.show": SENDER,
    "exports.progress": SENDER,
    "exports.download": SENDER,
    "exports.archive": SENDER,
    "roadmap_imports.choose": STEERING,
    "roadmap_imports.restore": STEERING,
    "roadmap_imports.send": STEERING,
    "roadmap_imports.preview": SENDER,
    "roadmap_imports.check": SENDER,
    "roadmap_imports.store": SENDER,
    "programme.choose": STEERING,
    "programme.send": STEERING,
    "programme.preview": SENDER,
    "programme.store": SENDER,
    "steering.home": STEERING,
    "steering.publish": STEERING,
    "steering.preview": STEERING,
    "administration.home": ADMIN,
    "administration.permissions": ADMIN,
    "administration.read_journal": ADMIN,
    "administration.export_journal": ADMIN,
    "administration.check_journal": ADMIN,
    "retention.home": ADMIN,
    "retention.save": ADMIN,
    "notices.home": ADMIN,
    "notices.save": ADMIN,
    "copil.home": COPIL,
    "copil.synthesis": COPIL,
    "local_roadmaps.read_all": EVERYONE,
    "local_roadmaps.home": STEERING,
    "local_roadmaps.create": STEERING,
    "local_roadmaps.show": STEERING,
    "local_roadmaps.edit": STEERING,
    "local_roadmaps.save": STEERING,
    "local_roadmaps.add_own": STEERING,
    "local_roadmaps.take_up": STEERING,
    "local_roadmaps.give_back": STEERING,
    "local_roadmaps.publish": STEERING,
    "local_roadmaps.preview": STEERING,
    "meetings.home": COPIL,
    "meetings.plan": STEERING,
    "meetings.show": COPIL,
    "meetings.minutes": COPIL,
    "meetings.save": STEERING,
    "meetings.add_point": STEERING,
    "meetings.remove_point": STEERING,
    "meetings.decide": STEERING,
    "meetings.close": STEERING,
    "reference_imports.choose": STEERING,
    "reference_imports.send": STEERING,
    "reference_imports.preview": SENDER,
    "reference_imports.store": SENDER,
    "reference_lists.home": STEERING,
    "reference_lists.add": STEERING,
    "reference_lists.edit": STEERING,
    "reference_lists.save": STEERING,
    "reference_lists.retire": STEERING,
    "reference_lists.restore": STEERING,
    "reference_lists.move": STEERING,
    "organisations.home": STEERING,
    "organisations.add": STEERING,
    "organisations.edit": STEERING,
    "organisations.save": STEERING,
    "organisations.remove": STEERING,
    "arrangements.choose_basis": STEERING,
    "arrangements.save_many": STEERING,
    "arrangements.merge": STEERING,
    "arrangements.split": GROUP,
    "parts.show": GROUP,
    "parts.add_milestone": GROUP,
    "parts.complete": GROUP,
    "parts.remove_milestone": GROUP,
    "parts.add_money": GROUP,
    "parts.remove_money": GROUP,
    "parts.add_link": GROUP,
    "parts.remove_link": GROUP,
    "indicators.add": GROUP,
    "indicators.save": GROUP,
    "indicators.remove": GROUP,
    "indicators.measure": GROUP,
    "indicators.import_file": GROUP,
    "indicators.forget": GROUP,
}


def test_check_14_every_route_is_in_the_table(app):
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    assert endpoints == set(TABLE)
    assert endpoints == set(ROUTES)  # what is gone is not declared any more


def test_check_14_the_table_is_what_the_permissions_say(app):
    for rule in app.url_map.iter_rules():
        said = _let_in(rule)
        if TABLE[rule.endpoint] == SENDER:  # among those, the one who sent it
            assert said > SENDER, rule.endpoint
        elif TABLE[rule.endpoint] == NOBODY:  # open, to whom a password or a provider just let by
            assert said == EVERYONE, rule.endpoint
        else:
            assert (rule.endpoint, said) == (rule.endpoint, TABLE[rule.endpoint])


def _let_in(rule):
    """Return those whom the permission table lets in, on objects of the first working group."""
    action = ROUTES[rule.endpoint]
    if is_open(action):
        return EVERYONE
    return {n for n, (role, groups) in PEOPLE.items() if _reaches(rule, action, role, groups)}


def _reaches(rule, action, role, groups):
    far = PERMISSIONS[action][Holder(role.value)]
    own = not rule.arguments or builders.GROUP in groups
    return far in {Reach.EVERYWHERE, Reach.SENT} or (far is Reach.OWN and own)


def test_check_14_the_service_does_not_start_with_a_route_that_nobody_declared(config, monkeypatch):
    stray = Blueprint("stray", __name__)
    stray.add_url_rule("/egaree", "show", lambda: "ouvert")
    monkeypatch.setattr("webapp.BLUEPRINTS", (*views.BLUEPRINTS, stray))
    with pytest.raises(UndeclaredRouteError) as refusal:
        create_app(config)
    assert refusal.value.endpoints == ("stray.show",)


def test_check_14_a_route_added_later_opens_for_nobody(app, browser_of, things):
    app.add_url_rule("/egaree", "stray", lambda: "ouvert")
    for name in EVERYONE:
        assert browser_of(name).get("/egaree").status_code == 403


@pytest.mark.parametrize("name", sorted(EVERYONE))
def test_check_14_the_table_is_what_happens(app, browser_of, address, name):
    client = browser_of(name)
    wrong = []
    for rule in app.url_map.iter_rules():
        if rule.endpoint == "account.sign_out":
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
    for rule in _rules(app, GROUP):
        if {"group"} < rule.arguments and "GET" in rule.methods:
            answer = client.get(address(rule, group=builders.OTHER_GROUP))
            assert (rule.endpoint, answer.status_code) == (rule.endpoint, 404)


def _rules(app, people):
    rules = (rule for rule in app.url_map.iter_rules() if TABLE[rule.endpoint] == people)
    return [rule for rule in rules if rule.arguments]


def test_check_22_a_form_without_its_token_is_refused_everywhere(app, browser_of, address):
    client = browser_of("commissaire")
    checked_by_the_form = {"public.join", "public.submit", "tables.enter", "account.enter"}
    checked_by_the_form |= {"surveys.answer", "reactions.react"}
    for rule in app.url_map.iter_rules():
        if "POST" not in rule.methods:
            continue
        fields = {"code": "ABCDEF", "body": "x", "email": "a@example.org"}
        answer = client.post(address(rule), data=fields)
        expected = 422 if rule.endpoint in checked_by_the_form else 400
        assert (rule.endpoint, answer.status_code) == (rule.endpoint, expected)


def test_nothing_is_asked_for_what_it_allows(app, client, address):
    for rule in app.url_map.iter_rules():
        if rule.endpoint != "static":  # Flask made it before it read our settings
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


ELSEWHERE = (
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "http://evil.example/",
    "https:evil.example",
    "/\tevil",
    "/\t/evil.example",
    "%2f%2fevil.example",
    "javascript:alert(1)",
    "//user@evil.example",
    "evil.example",
    " //evil.example",
)


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
