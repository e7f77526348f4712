"""The programme of a conference, imported on screen by the commissioner."""

import io

import pytest
from sqlalchemy import select

from tests import builders
from tests.functional.browsing import post, read, sign_in
from webapp.accounts.models import Role
from webapp.collection.models import Conference, Workshop
from webapp.imports.models import ImportDraft
from webapp.platform.extensions import db, transaction
from webapp.territory.regions import ensure_region

PAGE = "/pilotage/programme"
HEADER = "type,titre,groupe,salle,debut,fin,consigne,code\n"
ROWS = (
    f"atelier,Les bus,{builders.GROUP},Loire,2024-11-07T10:45,2024-11-07T12:00,Que changer ?,\n"
    f"kiosque,Le garage,{builders.OTHER_GROUP},,2024-11-07T09:30,2024-11-07T16:30,Et ?,GARAGE\n"
)


@pytest.fixture
def commissioner(app, client):
    with app.app_context(), transaction() as session:
        ensure_region(session)
        builders.user(session, email="commissaire@example.org", role=Role.COMMISSIONER)
    sign_in(client, "commissaire@example.org")
    return client


def send(client, content, name="Conférence d’Angers"):
    """Send a file; return the answer that leads to its preview, or says what is wrong."""
    file = (io.BytesIO(content.encode()), "programme.csv")
    return post(client, PAGE, name=name, place="Angers", file=file)


def bring_in(client, content, name="Conférence d’Angers"):
    """Send a file and import what its preview shows."""
    seen = send(client, content, name)
    return post(client, seen.location.split("?")[0], seen.location, name=name, place="Angers")


def titles(app):
    with app.app_context():
        return list(db.session.scalars(select(Workshop.title).order_by(Workshop.id)))


def test_a_file_is_shown_then_its_workshops_come_once(app, commissioner):
    page = read(commissioner.get(send(commissioner, HEADER + ROWS).location))
    assert "Importer 2\xa0ateliers et kiosques" in page.text
    assert "Les bus" in page.text
    assert (page.value("name"), page.value("place")) == ("Conférence d’Angers", "Angers")
    assert titles(app) == []
    for _ in range(2):
        assert bring_in(commissioner, HEADER + ROWS).status_code == 303
    assert titles(app) == ["Les bus", "Le garage"]
    with app.app_context():
        assert db.session.scalars(select(Conference.slug)).all() == ["conference-d-angers"]
        assert db.session.scalars(select(ImportDraft)).all() == []
    assert "Les bus" in read(commissioner.get("/animation/")).text
    again = read(commissioner.get(send(commissioner, HEADER + ROWS).location)).text
    assert "2 déjà là" in again
    assert "Importer 2" not in again


def test_nobody_waits_for_a_programme_that_is_read(commissioner, reading):
    assert send(commissioner, HEADER + ROWS).status_code == 303
    assert reading == [("read_table", False)]


def test_a_wrong_line_is_named_and_nothing_comes(app, commissioner):
    wrong = f"{HEADER}{ROWS}buffet,Le repas,{builders.GROUP},,,,Bon ?,\n"
    told = read(commissioner.get(send(commissioner, wrong).location)).text.replace("\xa0", " ")
    assert "Ligne 4 : type inconnu « buffet »" in told
    refused = bring_in(commissioner, wrong)
    assert refused.status_code == 422
    assert "type inconnu" in refused.text
    assert titles(app) == []


def test_a_file_without_dates_or_columns_says_so(app, commissioner):
    undated = f"{HEADER}atelier,Les bus,{builders.GROUP},,,,Que changer ?,\n"
    for content, words in ((undated, "n’aurait pas de date"), ("a,b\n1,2\n", "La colonne")):
        assert words in read(commissioner.get(send(commissioner, content).location)).text
        assert bring_in(commissioner, content).status_code == 422
    assert titles(app) == []


def test_a_file_needs_the_name_of_its_conference_and_is_its_senders_alone(app, commissioner):
    seen = send(commissioner, HEADER + ROWS).location
    refused = post(commissioner, seen.split("?")[0], seen, name="")
    assert refused.status_code == 422
    assert "Donnez un nom" in read(refused).text
    with app.app_context(), transaction() as session:
        builders.user(session, email="autre@example.org", role=Role.COMMISSIONER)
    other = app.test_client()
    sign_in(other, "autre@example.org")
    assert other.get(seen).status_code == 404


def test_the_page_says_what_the_file_must_hold(commissioner):
    told = read(commissioner.get(PAGE)).text
    assert builders.GROUP in told
    assert "consigne" in told


def test_what_is_no_file_is_refused(commissioner):
    assert post(commissioner, PAGE, name="X").status_code == 422
    assert send(commissioner, "").status_code == 422
