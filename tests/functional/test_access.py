"""Who may open what: every route is in the table, and everybody else meets a closed door."""

import pytest

from tests import builders
from tests.functional.browsing import Page, post, read, sign_in
from webapp.extensions import transaction
from webapp.models import Role

PEOPLE = {
    "animation": (Role.FACILITATOR, (builders.GROUP,)),
    "voisin": (Role.FACILITATOR, (builders.OTHER_GROUP,)),
    "commissaire": (Role.COMMISSIONER, ()),
    "copil": (Role.OBSERVER, ()),
    "admin": (Role.ADMINISTRATOR, ()),
}
EVERYONE = frozenset({"anonymous", *PEOPLE})
DESK = frozenset({"animation", "voisin", "commissaire", "admin"})
GROUP = DESK - {"voisin"}
STEERING = frozenset({"commissaire", "admin"})
COPIL = STEERING | {"copil"}
# A new route that is not here fails the test below: deny by default.
TABLE = {
    "static": EVERYONE,
    "public.home": EVERYONE,
    "public.join": EVERYONE,
    "public.contribute": EVERYONE,
    "public.submit": EVERYONE,
    "public.receipt": EVERYONE,
    "follow.lookup": EVERYONE,
    "follow.show": EVERYONE,
    "follow.withdraw": EVERYONE,
    "roadmap.show": EVERYONE,
    "roadmap.item": EVERYONE,
    "roadmap.download": EVERYONE,
    "pages.show": EVERYONE,
    "account.sign_in": EVERYONE,
    "account.enter": EVERYONE,
    "account.sign_out": EVERYONE,
    "desk.home": DESK,
    "desk.set_state": GROUP,
    "moderation.queue": GROUP,
    "moderation.publish_many": GROUP,
    "moderation.show": GROUP,
    "moderation.decide": GROUP,
    "board.show": GROUP,
    "board.analyse": GROUP,
    "board.progress": GROUP,
    "board.show_ledger": GROUP,
    "board.show_cluster": GROUP,
    "board.rename": GROUP,
    "board.accept": GROUP,
    "board.reopen": GROUP,
    "board.attach": GROUP,
    "board.promote": GROUP,
    "steering.item": GROUP,
    "steering.save": GROUP,
    "steering.set_status": GROUP,
    "steering.home": STEERING,
    "steering.publish": STEERING,
    "steering.preview": STEERING,
    "copil.home": COPIL,
}


@pytest.fixture
def things(app):
    """One object of each kind, and the values that name them in addresses."""
    with app.app_context(), transaction() as session:
        builders.workshop(session)
        builders.workshop(session, code="FGHJKL", slug=builders.OTHER_GROUP)
        for name, (role, groups) in PEOPLE.items():
            builders.user(session, role=role, email=f"{name}@example.org", groups=groups)
        said = builders.contribution(session)
        actor = builders.find_user(session, "animation@example.org")
        item = builders.item(session, actor=actor)
        cluster = item.sources[0].cluster
        return {
            "code": "ABCDEF",
            "receipt": said.receipt,
            "group": builders.GROUP,
            "contribution": said.public_id,
            "cluster": cluster.public_id,
            "run": cluster.run.public_id,
            "item": item.public_id,
            "reference": item.reference,
            "number": 1,
            "name": "csv",
            "slug": "methode",
            "filename": "css/base.css",
        }


def browser_of(app, name):
    client = app.test_client()
    if name != "anonymous":
        assert sign_in(client, f"{name}@example.org").status_code == 303
    return client


def test_every_route_is_in_the_table(app):
    assert {rule.endpoint for rule in app.url_map.iter_rules()} == set(TABLE)


@pytest.mark.parametrize("name", sorted(EVERYONE))
def test_the_table_is_what_happens(app, things, name):
    client = browser_of(app, name)
    wrong = []
    for rule in app.url_map.iter_rules():
        values = {argument: things[argument] for argument in rule.arguments}
        with app.test_request_context():
            url = app.url_for(rule.endpoint, **_values(rule.endpoint, values, things))
        if "GET" in rule.methods:
            answer = client.get(url)
        else:
            if rule.endpoint == "account.sign_out":
                continue  # it would end the journey of this person
            answer = client.post(url, data={"csrf_token": _token(client)})
        entered = _entered(answer)
        answer.close()
        if entered != (name in TABLE[rule.endpoint]):
            wrong.append((rule.endpoint, answer.status_code, answer.location))
    assert wrong == []


def _values(endpoint, values, things):
    if endpoint == "public.receipt":
        return values | {"code": things["receipt"]}
    return values


def _token(client):
    return read(client.get("/")).value("csrf_token")


def _entered(answer):
    """Whether the door opened: what stood behind it may still refuse what was asked."""
    if answer.status_code == 303:
        return not answer.location.startswith("/connexion")
    title = Page(answer.get_data(as_text=True)).text if answer.mimetype == "text/html" else ""
    closed = answer.status_code == 403 or "ne vous est pas ouverte" in title
    return not closed and not (answer.status_code == 404 and not _public_404(answer))


def _public_404(answer):
    return answer.request.path.startswith("/feuille-de-route")


@pytest.mark.parametrize("path", ["/revue/{}", "/animation/moderation/{}", "/revue/{}/registre"])
def test_a_group_of_others_answers_like_one_that_does_not_exist(app, things, path):
    client = browser_of(app, "voisin")
    others = client.get(path.format(builders.GROUP))
    missing = client.get(path.format("nulle-part"))
    assert others.status_code == missing.status_code == 404
    assert read(others).text == read(missing).text


def test_a_form_without_its_token_is_refused_everywhere(app, things):
    client = browser_of(app, "commissaire")
    checked_by_the_form = {"public.join", "public.submit", "account.enter"}
    for rule in app.url_map.iter_rules():
        if "POST" not in rule.methods:
            continue
        with app.test_request_context():
            values = {argument: things[argument] for argument in rule.arguments}
            url = app.url_for(rule.endpoint, **values)
        answer = client.post(url, data={"code": "ABCDEF", "body": "x", "email": "a@example.org"})
        expected = 422 if rule.endpoint in checked_by_the_form else 400
        assert (rule.endpoint, answer.status_code) == (rule.endpoint, expected)


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "http://evil.example/",
        "https:evil.example",
        "/\tevil",
        "%2f%2fevil.example",
        "javascript:alert(1)",
        "//user@evil.example",
    ],
)
def test_signing_in_never_leads_elsewhere(app, things, target):
    client = app.test_client()
    token = read(client.get("/connexion")).value("csrf_token")
    answer = client.post(
        "/connexion",
        query_string={"suite": target},
        data={"csrf_token": token, "email": "copil@example.org", "password": builders.PASSWORD},
    )
    assert answer.location == "/copil/"


def test_signing_in_leads_back_to_the_page_that_was_asked_for(app, things):
    client = app.test_client()
    asked = client.get(f"/revue/{builders.GROUP}")
    assert asked.status_code == 303
    answer = post(client, asked.location, email="animation@example.org", password=builders.PASSWORD)
    assert answer.location == f"/revue/{builders.GROUP}"


def test_a_deactivated_account_is_out_at_once(app, things):
    client = browser_of(app, "copil")
    assert client.get("/copil/").status_code == 200
    with app.app_context(), transaction() as session:
        builders.find_user(session, "copil@example.org").active = False
    assert client.get("/copil/").status_code == 303
