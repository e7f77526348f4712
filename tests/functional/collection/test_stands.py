"""Stands: a visitor says for which territory and theme; the organisation and the groups read it."""

import pytest

from tests import builders
from tests.functional.browsing import post, read, sign_in
from tests.functional.room import DESK, publish, stored
from webapp.collection.models import Inspiration, WorkshopKind
from webapp.collection.workshops import get_workshop
from webapp.platform.extensions import db, transaction

PAGE = f"{DESK}/inspirations"
THEME = {"theme": builders.OTHER_GROUP, "territory": "53"}


@pytest.fixture
def stand(app, staff):
    """The workshop of the facilitator is a stand."""
    with app.app_context(), transaction() as session:
        workshop = get_workshop(session, code="ABCDEF")
        workshop.kind, workshop.organisation = WorkshopKind.STAND, "Garage du Bocage"
    return staff


def speak(client, words, key, **fields):
    return post(client, "/a/ABCDEF", body=words, key=key, **fields)


def themes(app):
    with app.app_context():
        return [one.working_group.slug for one in db.session.query(Inspiration)]


def test_a_visitor_says_for_which_territory_and_theme(app, stand, phone):
    page = read(phone.get("/a/ABCDEF"))
    assert "Pour quel territoire" in page.text
    assert "Précarité en milieu rural" in page.text
    for _ in range(2):  # F5
        assert speak(phone, "Chez nous aussi", "k", **THEME).status_code == 303
    assert themes(app) == [builders.OTHER_GROUP]
    assert "Mayenne" not in read(stand.get(PAGE)).text  # nobody has read it over
    publish(app, "Chez nous aussi")
    told = read(stand.get(PAGE)).text.replace("\xa0", " ")
    assert "Mayenne : 1" in told
    assert "Précarité en milieu rural : 1" in told
    assert "Chez nous aussi" in told


def test_a_theme_that_does_not_exist_or_is_not_said_loses_no_words(app, stand, phone):
    speak(phone, "Une belle idée", "k1", theme="nulle-part")
    speak(phone, "Une autre idée", "k2")
    assert [words for words, _ in stored(app)] == ["Une belle idée", "Une autre idée"]
    assert themes(app) == []


def test_only_a_stand_asks_and_keeps_a_theme(app, staff, phone):
    assert "Pour quel thème" not in read(phone.get("/a/ABCDEF")).text
    speak(phone, "Un bus", "k", **THEME)
    assert themes(app) == []


def test_an_idea_that_is_replaced_comes_with_its_theme(app, stand, phone):
    sent = speak(phone, "Chez nous", "k", **THEME)
    receipt = sent.location.rsplit("/", 1)[1]
    again = phone.get(f"/a/ABCDEF?remplace={receipt}").text
    assert f'<option selected value="{builders.OTHER_GROUP}">' in again


def test_the_organisation_reads_at_its_address_until_another_is_drawn(app, stand, phone):
    speak(phone, "Chez nous aussi", "k", **THEME)
    speak(phone, "Mme Durand attend", "k2", warned="y")
    publish(app, "Chez nous aussi")
    addresses = []
    for _ in range(2):
        assert post(stand, PAGE).status_code == 303
        page = read(stand.get(PAGE))
        addresses += [link for link in page.links if link.startswith("/kiosque/")]
    assert phone.get(addresses[0]).status_code == 404
    page = phone.get(addresses[1])
    assert page.headers["Cache-Control"] == "no-store"
    told = read(page).text
    assert "Garage du Bocage" in told
    assert "Chez nous aussi" in told
    assert "Durand" not in told


def test_the_group_that_is_named_reads_it_too(app, stand, phone):
    speak(phone, "Chez nous aussi", "k", **THEME)
    publish(app, "Chez nous aussi")
    with app.app_context(), transaction() as session:
        groups = (builders.OTHER_GROUP,)
        builders.user(session, email="voisin@example.org", groups=groups)
        builders.user(session, email="ailleurs@example.org", groups=("transition-ecologique",))
    for name, reads in (("voisin", True), ("ailleurs", False)):
        client = app.test_client()
        sign_in(client, f"{name}@example.org")
        assert ("Chez nous aussi" in client.get("/animation/inspirations").text) is reads
        assert client.get(PAGE).status_code == 404
