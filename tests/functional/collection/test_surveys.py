"""A questionnaire through HTTP: written, opened, answered, read."""

import re

import pytest

from tests import builders
from tests.functional.browsing import post, read, sign_in
from webapp.accounts.models import Role
from webapp.platform.extensions import transaction

HOME = "/animation/avis"


@pytest.fixture
def staff(app, client):
    """A facilitator, signed in, with a workshop."""
    with app.app_context(), transaction() as session:
        builders.workshop(session)
        builders.user(session)
        builders.user(session, email="commissaire@example.org", role=Role.COMMISSIONER)
        builders.user(session, email="voisin@example.org", groups=(builders.OTHER_GROUP,))
    sign_in(client, "animation@example.org")
    return client


@pytest.fixture
def address(staff):
    """A questionnaire about the workshop, still a draft."""
    made = post(staff, HOME, title="Votre avis", workshop="ABCDEF", model="")
    assert made.status_code == 303
    return made.location


def public(address):
    return address.replace("/animation", "")


def test_a_questionnaire_is_written_then_answered_then_read(app, staff, address):
    fields = {"label": "Le lieu était", "kind": "choice", "answers": "loin\nprès"}
    assert post(staff, f"{address}/questions", address, **fields).status_code == 303
    assert post(staff, f"{address}/questions/2/retirer", address).status_code == 303
    person = app.test_client()
    assert person.get(public(address)).status_code == 404
    assert post(staff, f"{address}/etat", address, state="open").status_code == 303
    sheet = read(person.get(public(address)))
    assert "Le lieu était" in sheet.text
    sent = {"q1": "5", "q5": "près", "q4": "Plus de pauses", "key": sheet.value("key")}
    thanks = post(person, public(address), **sent)
    assert thanks.status_code == 303
    assert "Merci" in read(person.get(thanks.location)).text
    post(person, public(address), **sent)  # F5
    results = read(staff.get(address)).text
    assert "Le détail paraîtra à partir de cinq réponses" in results
    assert "en moyenne" not in results
    for number in range(4):
        post(app.test_client(), public(address), q1="5", key=f"feuille-{number}")
    results = read(staff.get(address)).text
    assert "5,0 sur 5 en moyenne" in results
    assert results.count("Plus de pauses") == 1
    assert "Plus de pauses" in staff.get(f"{address}/resultats.csv").data.decode("utf-8-sig")
    post(staff, f"{address}/textes", address)
    assert "Plus de pauses" in read(staff.get(f"/animation/moderation/{builders.GROUP}")).text


def test_a_closed_questionnaire_takes_no_answer_and_keeps_the_words(app, staff, address):
    post(staff, f"{address}/etat", address, state="open")
    person = app.test_client()
    sheet = read(person.get(public(address)))
    token, key = sheet.value("csrf_token"), sheet.value("key")
    post(staff, f"{address}/etat", address, state="closed")
    fields = {"csrf_token": token, "key": key, "q4": "Trop tard"}
    refused = person.post(public(address), data=fields)
    assert refused.status_code == 409
    assert "fermé" in read(refused).text


def test_an_answer_outside_the_scale_is_refused(app, staff, address):
    post(staff, f"{address}/etat", address, state="open")
    person = app.test_client()
    assert post(person, public(address), q1="6", key="k").status_code == 422


def test_the_whole_day_is_the_commissioners(app, staff):
    refused = post(staff, HOME, title="La journée", workshop="", model="")
    assert refused.status_code == 422
    commissioner = app.test_client()
    sign_in(commissioner, "commissaire@example.org")
    made = post(commissioner, HOME, title="La journée", workshop="", model="")
    assert made.status_code == 303
    assert "Toute la conférence" in read(commissioner.get(HOME)).text
    assert staff.get(made.location).status_code == 404


def test_a_copy_asks_the_same_questions(staff, address):
    post(staff, f"{address}/questions", address, label="Et l’an prochain ?", kind="text")
    model = re.search(r"[\w-]+$", address).group(0)
    copy = post(staff, HOME, title="Copie", workshop="ABCDEF", model=model)
    assert "Et l’an prochain" in read(staff.get(copy.location)).text


def test_the_questionnaire_of_another_group_is_missing(app, staff, address):
    neighbour = app.test_client()
    sign_in(neighbour, "voisin@example.org")
    assert neighbour.get(address).status_code == 404
