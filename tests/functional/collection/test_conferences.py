"""A conference announced and changed on screen by the commissioner."""

import pytest

from tests import builders
from tests.functional.browsing import post, read, sign_in
from tests.functional.imports.test_programme import HEADER, ROWS, bring_in
from webapp.accounts.models import Role
from webapp.collection import conferences
from webapp.collection.models import Conference, Workshop
from webapp.exceptions import DateOrderError, EmptyTextError
from webapp.platform.audit import Actor
from webapp.platform.extensions import db, transaction
from webapp.platform.models import AuditEntry
from webapp.territory.regions import ensure_region

PAGE = "/pilotage/conferences"
DAY = {
    "name": "Rencontre d’Angers",
    "place": "Angers",
    "starts_at": "2024-11-07T09:30",
    "ends_at": "2024-11-07T16:30",
    "capacity": "200",
}


@pytest.fixture
def commissioner(app, client):
    with app.app_context(), transaction() as session:
        ensure_region(session)
        builders.user(session, email="commissaire@example.org", role=Role.COMMISSIONER)
    sign_in(client, "commissaire@example.org")
    return client


@pytest.fixture
def address(commissioner):
    made = post(commissioner, PAGE, **DAY)
    assert made.status_code == 303
    return made.location


def stored(app):
    with app.app_context():
        return db.session.query(Conference).one()


def test_the_first_conference_is_made_on_screen(app, commissioner):
    assert "Aucune conférence" in read(commissioner.get(PAGE)).text
    address = post(commissioner, PAGE, **DAY).location
    assert address == f"{PAGE}/rencontre-d-angers"
    page = read(commissioner.get(address))
    assert page.value("starts_at") == "2024-11-07T09:30"
    assert page.value("capacity") == "200"
    assert "Rencontre d’Angers" in read(commissioner.get(PAGE)).text
    again = post(commissioner, PAGE, **DAY)
    assert again.status_code == 409
    assert "Choisissez-en un autre" in read(again).text
    with app.app_context():
        told = db.session.query(AuditEntry).filter_by(action="conference.create").one()
        assert told.subject == "conference:rencontre-d-angers"


def test_what_is_announced_is_changed_and_told(app, commissioner, address):
    version = read(commissioner.get(address)).value("version")
    fields = DAY | {"name": "Journée d’Angers", "place": "", "capacity": "", "version": version}
    assert post(commissioner, address, **fields).status_code == 303
    changed = stored(app)
    assert (changed.slug, changed.name, changed.place) == (
        "rencontre-d-angers",
        "Journée d’Angers",
        "",
    )
    assert changed.capacity is None
    late = post(commissioner, address, **fields | {"name": "Une autre journée"})
    assert late.status_code == 409
    assert read(late).value("name") == "Une autre journée"
    assert stored(app).name == "Journée d’Angers"
    with app.app_context():
        assert db.session.query(AuditEntry).filter_by(action="conference.save").count() == 1


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"ends_at": "2024-11-07T09:30"}, "La fin doit suivre le début"),
        ({"ends_at": "2024-11-06T16:30"}, "La fin doit suivre le début"),
        ({"ends_at": ""}, "Donnez la fin"),
        ({"name": " "}, "Donnez un nom"),
        ({"capacity": "0"}, "Écrivez un nombre de places"),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_do(commissioner, address, wrong, told):
    for url in (address, PAGE):
        refused = post(commissioner, url, **DAY | wrong)
        assert refused.status_code == 422
        assert told in read(refused).text


def test_the_service_refuses_it_too(session):
    builders.group(session)
    actor = Actor(id=builders.user(session).id, now=builders.NOW)
    for name, end, error in (("X", builders.NOW, DateOrderError), (" ", None, EmptyTextError)):
        announced = conferences.Announcement(
            name=name, starts_at=builders.NOW, ends_at=end or builders.NOW.replace(year=2025)
        )
        with pytest.raises(error):
            conferences.create_conference(session, announced=announced, actor=actor)


def test_workshops_join_it_from_a_file_or_one_by_one(app, commissioner, address):
    assert read(commissioner.get("/pilotage/programme")).value("name") == DAY["name"]
    version = read(commissioner.get(address)).value("version")
    renamed = DAY | {"name": "Journée d’Angers", "version": version}
    post(commissioner, address, **renamed)
    assert bring_in(commissioner, HEADER + ROWS, name="Journée d’Angers").status_code == 303
    fields = {"title": "Au soir", "kind": "workshop", "group": builders.GROUP}
    made = post(
        commissioner,
        "/animation/ateliers/nouveau",
        conference="rencontre-d-angers",
        starts_at="2024-11-07T19:00",
        **fields,
    )
    assert made.status_code == 303
    with app.app_context():
        assert {w.conference.slug for w in db.session.query(Workshop)} == {"rencontre-d-angers"}
    told = read(commissioner.get(address)).text
    assert "hors de ces heures" in told
    assert "Au soir" in told
    assert "Les bus" not in told


def test_moving_the_day_says_which_workshops_stay_behind(app, commissioner, address):
    bring_in(commissioner, HEADER + ROWS, name=DAY["name"])
    moved = DAY | {"starts_at": "2024-11-08T09:30", "ends_at": "2024-11-08T16:30"}
    version = read(commissioner.get(address)).value("version")
    assert post(commissioner, address, version=version, **moved).status_code == 303
    page = read(commissioner.get(address)).text
    assert "hors de ces heures" in page
    assert "Les bus" in page


def test_the_home_page_says_when_and_where(app, commissioner, client, address):
    with app.app_context(), transaction() as session:
        builders.workshop(session).conference = session.query(Conference).one()
    home = read(client.get("/")).text
    assert "Rencontre d’Angers · 7 novembre 2024 · Angers" in home.replace("\xa0", " ")


def test_an_unknown_conference_is_missing(commissioner):
    assert commissioner.get(f"{PAGE}/nulle-part").status_code == 404
