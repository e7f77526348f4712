"""« Mon agenda » : a secret address, shown once, which reads the dates of one person."""

import re
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest
from icalendar import Calendar
from sqlalchemy import select

from tests import builders
from tests.functional.browsing import post, read, sign_in
from webapp.accounts.models import Role
from webapp.collection.models import Workshop, WorkshopState
from webapp.notifications.models import CalendarFeed
from webapp.platform.extensions import transaction
from webapp.roadmap.models import ItemStatus, RoadmapItem

PAGE = "/compte/agenda"
COMMISSIONER = "commissaire@example.org"


@pytest.fixture
def dates(app):
    """A workshop, a meeting, an adopted item with a milestone."""
    with app.app_context(), transaction() as session:
        for role, name in ((Role.COMMISSIONER, "commissaire"), (Role.OBSERVER, "copil")):
            builders.user(session, role=role, email=f"{name}@example.org")
        actor = builders.user(session)
        builders.user(session, email="voisin@example.org", groups=(builders.OTHER_GROUP,))
        workshop = builders.workshop(session)
        workshop.room, workshop.starts_at = "Salle 2", datetime(2026, 12, 8, 9, tzinfo=UTC)
        said = [builders.published(session, idea, actor=actor) for idea in builders.IDEAS[:3]]
        item = builders.item(session, actor=actor, contributions=said)
        builders.parts(session, item, actor=actor)
        builders.move(session, item, ItemStatus.SUBMITTED, ItemStatus.ADOPTED, actor=actor)
        builders.meeting(session, actor=builders.find_user(session, COMMISSIONER))


@pytest.fixture
def browser(app, dates):
    """Open the browser of somebody, signed in."""

    def opened(name):
        client = app.test_client()
        assert sign_in(client, f"{name}@example.org").status_code == 303
        return client

    return opened


def path_of(client):
    """Make an address, and return its path."""
    field = re.search(r'id="adresse" value="([^"]+)"', post(client, PAGE).text)
    return urlsplit(field[1]).path


def titles(client, path):
    answer = client.get(path)
    assert (answer.status_code, answer.mimetype) == (200, "text/calendar")
    assert answer.headers["Cache-Control"] == "private, no-store"
    return {str(one["summary"]) for one in Calendar.from_ical(answer.data).walk("VEVENT")}


WORKSHOP, MEETING = "Atelier\u00a0: Atelier ABCDEF", "Réunion du COPIL"
DUE = "Échéance\u00a0: 52-AAD-001 – Des bus le dimanche"
STEP = "Jalon\u00a0: Signer la convention (52-AAD-001)"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("animation", {WORKSHOP, DUE, STEP}),
        ("voisin", set()),
        ("copil", {MEETING, DUE, STEP}),
        ("commissaire", {WORKSHOP, MEETING, DUE, STEP}),
    ],
)
def test_each_person_reads_the_dates_they_may_see(app, browser, name, expected):
    path = path_of(browser(name))
    assert titles(app.test_client(), path) == expected  # an agenda has no session


def test_the_address_is_shown_once_and_only_its_hash_is_kept(app, browser):
    client = browser("animation")
    token = path_of(client).rsplit("/", 1)[1].removesuffix(".ics")
    assert token not in client.get(PAGE).text
    with app.app_context(), transaction() as session:
        [feed] = session.scalars(select(CalendarFeed)).all()
        assert token not in feed.token_hash


def test_a_new_address_and_a_closed_one_open_nothing_any_more(app, browser):
    client, agenda = browser("animation"), app.test_client()
    former = path_of(client)
    latter = path_of(client)
    assert agenda.get(former).status_code == 404
    assert titles(agenda, latter)
    assert post(client, f"{PAGE}/fermer", PAGE).status_code == 303
    assert agenda.get(latter).status_code == 404
    assert "Faire une adresse" in read(client.get(PAGE)).text


def test_the_address_of_a_deactivated_account_opens_nothing(app, browser):
    path = path_of(browser("animation"))
    with app.app_context(), transaction() as session:
        builders.find_user(session, "animation@example.org").active = False
    assert app.test_client().get(path).status_code == 404


def test_what_is_over_leaves_the_agenda(app, browser):
    path = path_of(browser("animation"))
    with app.app_context(), transaction() as session:
        actor = builders.find_user(session, "animation@example.org")
        [item] = session.scalars(select(RoadmapItem)).all()
        builders.move(session, item, ItemStatus.ABANDONED, actor=actor)
        session.scalars(select(Workshop)).one().state = WorkshopState.ARCHIVED
    assert titles(app.test_client(), path) == set()


def test_closing_what_was_never_opened_does_nothing(browser):
    client = browser("animation")
    assert post(client, f"{PAGE}/fermer", PAGE).status_code == 303
    assert "Faire une adresse" in read(client.get(PAGE)).text
