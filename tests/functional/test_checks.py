"""Checks 16 to 19 and 22: links, identifiers, what is not public, forged fields, reading."""

import io
import zipfile
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from wtforms import Field

import webapp
from tests import builders
from tests.functional.browsing import key, post, read
from tests.functional.reach import EVERYONE, GROUP, SENDER, STEERING, TABLE
from tests.functional.region import PEOPLE
from tests.functional.staff_acts import ACTS
from tests.functional.traces import fingerprint
from tests.nonempty import some
from webapp.accounts.models import Role, User
from webapp.accounts.permissions import PERMISSIONS, Principal, Scope
from webapp.collection import surveys, workshops
from webapp.collection.models import LISTENING, Contribution, DecisionKind, Workshop, WorkshopState
from webapp.platform.audit import Actor
from webapp.platform.extensions import db, transaction
from webapp.platform.forms.base import BaseForm
from webapp.platform.models.base import Base, HasPublicId, UtcDateTime, new_public_id
from webapp.platform.views.requires import declared_actions
from webapp.publishing import versions
from webapp.publishing.documents.formats import FORMATS
from webapp.publishing.models import Export
from webapp.roadmap import local_roadmaps
from webapp.roadmap.local_roadmaps import RoadmapFields
from webapp.roadmap.models import ItemStatus, RoadmapItem
from webapp.territory.models import Territory

pytestmark = pytest.mark.both_databases("every statement of every act and of every public page")

EXPORTS = "/pilotage/documents"
POISON = {str: "empoisonné", int: 987_654}
PAST = datetime(1999, 1, 2, 3, 4, tzinfo=UTC)


def test_check_15_a_whole_form_sent_from_another_group_changes_nothing(
    app, things, browser_of, address
):
    client = browser_of("voisin")
    for act in some(one for one in ACTS if TABLE[one.endpoint] in {GROUP, STEERING, SENDER}):
        rule = next(app.url_map.iter_rules(act.endpoint))
        named = {"code": "ABCDEF"} if "code" in rule.arguments else {}
        through = [{"group": builders.OTHER_GROUP}] if {"group"} < rule.arguments else []
        for objects in some((named, *through)):
            before = []
            see = lambda seen=before: seen.append(fingerprint(app))  # noqa: E731
            answer = act.send(app, client, address, before=see, objects=objects)
            told = (act.endpoint, objects, answer.status_code)
            action = PERMISSIONS[declared_actions(app)[act.endpoint]]
            refused = 403 if action[Principal.FACILITATOR] is Scope.NEVER else 404
            # Through a group of one's own, what is not there may also be said on its page.
            assert answer.status_code in ({refused} if objects == named else {303, 404}), told
            assert [fingerprint(app)] == before, told
            answer.close()


def test_check_16_documents_are_their_askers_and_die_after_an_hour(app, things, browser_of):
    client = browser_of("commissaire")
    asked = post(client, EXPORTS, version="1").location
    file = f"{asked}/csv"
    assert client.get(file).status_code == 200
    for name in EVERYONE - {"commissaire"}:
        other = browser_of(name).get(file)
        assert other.status_code in {303, 403, 404}, name
    with app.app_context(), transaction() as session:
        export = session.scalars(sa.select(Export).order_by(Export.id.desc())).first()
        export.requested_at = datetime.now(UTC) - timedelta(minutes=59)
    assert client.get(file).status_code == 200
    with app.app_context(), transaction() as session:
        export = session.scalars(sa.select(Export).order_by(Export.id.desc())).first()
        export.requested_at = datetime.now(UTC) - timedelta(minutes=61)
    for address in (asked, file, f"{asked}/tout", f"{asked}/avancement"):
        assert client.get(address).status_code == 404


def test_check_17_what_is_named_in_an_address_cannot_be_counted(app):
    named = [m.class_ for m in Base.registry.mappers if _has_public_id(m.class_)]
    assert len(named) > 10
    drawn = [new_public_id() for _ in range(200)]
    assert len(set(drawn)) == 200
    assert all(len(one) >= 12 for one in drawn)
    assert len({one[:4] for one in drawn}) > 190  # they do not begin alike
    # What is counted in an address is public by nature, or a place in one's own object.
    counted = {"number", "position"}
    arguments = {name for rule in app.url_map.iter_rules() for name in rule.arguments}
    assert {name for name in arguments if name.endswith("id")} == set()
    integers = {
        name
        for rule in app.url_map.iter_rules()
        for name in rule.arguments
        if f"<int:{name}>" in rule.rule
    }
    assert integers == counted


def _has_public_id(kind):
    return isinstance(kind, type) and issubclass(kind, HasPublicId)


def test_check_17_nothing_public_names_an_account(app, things, browser_of, address):
    assert "user" not in {name for rule in app.url_map.iter_rules() for name in rule.arguments}
    with app.app_context():
        accounts = db.session.scalars(sa.select(User)).all()
        secrets = {user.public_id for user in accounts} | {user.email for user in accounts}
    client = browser_of("anonymous")
    for rule in _public(app):
        if rule.endpoint == "account_links.show":  # whoever holds the link is told whose it is
            continue
        answer = client.get(address(rule))
        shown = [secret for secret in secrets if secret in answer.get_data(as_text=True)]
        answer.close()
        assert shown == [], rule.endpoint


def _public(app):
    rules = (rule for rule in app.url_map.iter_rules() if "GET" in rule.methods)
    return [r for r in rules if TABLE[r.endpoint] == EVERYONE and r.endpoint != "static"]


@pytest.fixture
def hidden(app, things):
    """Things that exist and that nobody has published; return what names them in addresses."""
    with app.app_context(), transaction() as session:
        who = builders.find_user(session, "commissaire@example.org")
        actor = Actor(id=who.id, now=builders.NOW)
        drafted = builders.item(session, actor=who)
        drafted.title = "SECRET-FICHE"
        builders.contribution(session, "SECRET-IDEE en attente")
        masked = builders.contribution(session, "SECRET-NOM a froid")
        mask = {"reason": "Nom", "masked_body": "[nom masqué] a froid"}
        builders.decide(session, masked, DecisionKind.MASKED, actor=who, **mask)
        aside = builders.contribution(session, "SECRET-PUBLICITE")
        builders.decide(session, aside, DecisionKind.SET_ASIDE, actor=who, reason="Publicité")
        survey = surveys.create_survey(session, title="SECRET-AVIS", workshop=None, actor=actor)
        pact = local_roadmaps.create(
            session,
            fields=RoadmapFields(
                title="SECRET-PACTE",
                territory=Territory.MAYENNE,
                starts_on=builders.NOW.date(),
                ends_on=builders.NOW.date() + timedelta(days=700),
            ),
            actor=actor,
        )
        return {
            "reference": drafted.reference,
            "survey": survey.public_id,
            "roadmap": pact.slug,
            "number": 2,
        }


def test_check_18_what_is_not_published_is_nowhere_in_public(app, hidden, browser_of, address):
    client = browser_of("anonymous")
    for rule in some(_public(app)):
        named = {n: v for n, v in hidden.items() if n in rule.arguments}
        for changes in some(({}, named) if named else ({},)):
            answer = client.get(address(rule, **changes))
            assert "SECRET" not in _words(answer), (rule.endpoint, changes)
            if changes:
                assert answer.status_code == 404, (rule.endpoint, changes)
            answer.close()


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_check_18_no_document_of_a_version_tells_what_is_not_published(
    app, hidden, browser_of, name
):
    client = browser_of("anonymous")
    answer = client.get(f"/feuille-de-route/version/1/{name}")
    assert answer.status_code == 200
    assert "SECRET" not in _words(answer)
    assert client.get(f"/feuille-de-route/version/2/{name}").status_code == 404
    pact = f"/feuilles-de-route/{hidden['roadmap']}/version/1/{name}"
    assert client.get(pact).status_code == 404


def _words(answer):
    data = answer.get_data()
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            data = b"".join(archive.read(name) for name in archive.namelist())
    return data.decode("utf-8", "replace")


def test_check_18_a_draft_questionnaire_is_shown_to_nobody_not_even_by_its_refusals(
    hidden, browser_of
):
    client, address = browser_of("anonymous"), f"/avis/{hidden['survey']}"
    token = read(client.get("/")).value("csrf_token")
    for answer in (
        client.get(address),
        client.get(f"{address}/merci"),
        client.post(address, data={"csrf_token": token, "key": key("k")}),
        client.post(address, data={"csrf_token": "forgé"}),
    ):
        assert answer.status_code == 404
        assert "SECRET" not in answer.text


@pytest.mark.parametrize("state", [s for s in WorkshopState if s is not WorkshopState.OPEN])
def test_check_18_a_workshop_that_is_not_open_takes_nothing(app, things, browser_of, state):
    client = browser_of("anonymous")
    token = read(client.get("/")).value("csrf_token")
    with app.app_context(), transaction() as session:
        workshops.get_workshop(session, code="ABCDEF").state = state
    before = fingerprint(app)
    said = {"csrf_token": token, "key": key("k"), "body": "Trop tard", "concerned": "unknown"}
    json = {"Accept": "application/json"}
    for headers in ({}, json):
        assert client.post("/a/ABCDEF", data=said, headers=headers).status_code == 409
        if state not in LISTENING:  # until then the notes of the tables are keyed in
            note = client.post(f"/table/{things['token']}", data=said, headers=headers)
            assert note.status_code in {404, 409}
    given = client.post(f"/a/ABCDEF/gommettes/{things['contribution']}", data=said)
    assert given.status_code in {404, 409}
    assert fingerprint(app) == before


def test_check_18_a_withdrawn_version_is_gone_from_every_interface(app, things, browser_of):
    with app.app_context(), transaction() as session:
        roadmap = builders.group(session).roadmap
        who = builders.find_user(session, "commissaire@example.org")
        actor = Actor(id=who.id, now=builders.NOW)
        versions.withdraw(session, roadmap=roadmap, number=1, reason="Un nom", actor=actor)
    client = browser_of("anonymous")
    title = "Des bus le dimanche"
    api = [f"/api/v1/{part}" for part in ("items", f"items/{things['reference']}", "sources")]
    pages = ["/feuille-de-route/", f"/feuille-de-route/{things['reference']}"]
    pages += ["/feuille-de-route/versions/1", "/feuille-de-route/flux.atom"]
    files = [f"/feuille-de-route/version/1/{name}" for name in ("json", "csv", "html")]
    for address in (*api, *pages, *files):
        answer = client.get(address)
        assert title not in _words(answer), address
        assert answer.status_code in {200, 404, 410}, address
    for address in (*api, *files):
        assert client.get(address).status_code in {404, 410}, address


def _forged():
    """Return a value for the name of every column that no form asks for."""
    asked = {name for kind in _forms() for name in dir(kind) if _is_field(kind, name)}
    found = {}
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            kind = column.type.python_type if column.type.python_type in POISON else None
            dated = isinstance(column.type, UtcDateTime | sa.Date)
            value = POISON[kind] if kind else PAST.isoformat() if dated else ""
            if value and column.name not in asked:
                found[column.name] = str(value)
    return found


def _forms():
    import importlib  # noqa: PLC0415 - the forms are found where they are
    import pkgutil  # noqa: PLC0415 - idem

    for module in pkgutil.walk_packages(webapp.__path__, "webapp."):
        if ".forms." not in module.name:
            continue
        for kind in vars(importlib.import_module(module.name)).values():
            if isinstance(kind, type) and issubclass(kind, BaseForm):
                yield kind


def _is_field(kind, name):
    found = getattr(kind, name)
    return isinstance(found, Field) or type(found).__name__ == "UnboundField"


def test_check_19_a_forged_field_changes_nothing(app, things, browser_of, address):
    people = {name: browser_of(name) for name in {act.by for act in ACTS}}
    extra = _forged()
    assert {"id", "public_id", "working_group_id", "created_at", "actor_id"} <= set(extra)
    extra |= {"role": "administrator", "status": "done", "active": "", "state": "archived"}
    with app.app_context():
        roles = _roles()
    for act in ACTS:
        names = act.fields.keys()
        answer = act.send(
            app, people[act.by], address, **{n: v for n, v in extra.items() if n not in names}
        )
        assert (act.endpoint, answer.status_code) == (act.endpoint, act.status)
        answer.close()
    with app.app_context():
        after = _roles()
        assert {email: after[email] for email in roles} == roles
        assert {after[email][0] for email in after.keys() - roles.keys()} == {Role.FACILITATOR}
        assert _count(RoadmapItem.status, ItemStatus.DONE) == 0
        assert _count(Workshop.state, WorkshopState.ARCHIVED) == 0
        assert _poisoned() == []


def test_check_19_nor_does_it_in_public(app, things, browser_of, address):
    client, extra = browser_of("anonymous"), _forged()
    said = {"key": key("k"), "body": "Une idée saine", "concerned": "unknown", "people": "1"}
    said |= {"role": "administrator", "state": "published", "status": "adopted"}
    pages = ("/a/ABCDEF", f"/table/{things['token']}")
    for page in pages:
        token = read(client.get(page)).value("csrf_token")
        answer = client.post(page, data=extra | said | {"csrf_token": token})
        assert (page, answer.status_code) == (page, 303)
        said["key"] = key(page)
    extra["csrf_token"] = read(client.get("/")).value("csrf_token")
    gone = client.post(f"/suivi/{things['receipt']}/retirer", data=extra)
    assert gone.status_code == 303
    with app.app_context():
        assert _poisoned() == []
        found = db.session.scalars(
            sa.select(Contribution).where(Contribution.body == "Une idée saine")
        )
        assert [one.decision.kind for one in found] == [DecisionKind.PENDING] * 2


def _roles():
    return {user.email: (user.role, user.active) for user in db.session.scalars(sa.select(User))}


def _count(column, value):
    return db.session.scalar(sa.select(sa.func.count()).where(column == value))


def _poisoned():
    """Return the cells that hold what was forged."""
    marks = {*POISON.values(), PAST, PAST.date()}
    found = []
    for table in Base.metadata.sorted_tables:
        for row in db.session.execute(sa.select(table)).mappings():
            plain = {n: v for n, v in row.items() if isinstance(v, str | int | datetime | date)}
            found += [(table.name, name) for name, value in plain.items() if value in marks]
    return found


@pytest.mark.parametrize("name", sorted(EVERYONE))
def test_check_22_reading_never_writes(app, things, browser_of, address, name):
    client = browser_of(name)
    before = fingerprint(app)
    for rule in app.url_map.iter_rules():
        if "GET" in rule.methods:
            url = address(rule)
            for ask in (client.get, client.head):
                answer = ask(url)
                assert answer.status_code < 500, rule.endpoint
                answer.close()
    assert fingerprint(app) == before


def test_check_22_signing_out_needs_its_token(app, things, browser_of):
    client = browser_of("copil")
    assert client.post("/deconnexion").status_code == 400
    assert client.get("/deconnexion").status_code == 405
    assert client.get("/copil/").status_code == 200


def test_the_roles_of_the_region_are_all_the_roles():
    assert {role for role, _ in PEOPLE.values()} == set(Role)
