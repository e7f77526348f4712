"""The programme of a conference, imported on screen by the commissioner."""

import io

import pytest
from sqlalchemy import select

from tests import builders
from tests.functional.browsing import post, read, sign_in
from webapp.extensions import db, transaction
from webapp.models import Conference, Role, Workshop
from webapp.services.regions import ensure_region

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
    file = (io.BytesIO(content.encode()), "programme.csv")
    return post(client, PAGE, name=name, place="Angers", file=file)


def titles(app):
    with app.app_context():
        return list(db.session.scalars(select(Workshop.title).order_by(Workshop.id)))


def test_the_workshops_of_a_file_come_once(app, commissioner):
    assert send(commissioner, HEADER + ROWS).status_code == 303
    assert send(commissioner, HEADER + ROWS).status_code == 303
    assert titles(app) == ["Les bus", "Le garage"]
    with app.app_context():
        assert db.session.scalars(select(Conference.slug)).all() == ["conference-d-angers"]
    assert "Les bus" in read(commissioner.get("/animation/")).text


def test_a_wrong_line_is_named_and_nothing_comes(app, commissioner):
    refused = send(commissioner, f"{HEADER}{ROWS}buffet,Le repas,{builders.GROUP},,,,Bon ?,\n")
    assert refused.status_code == 422
    told = read(refused).text.replace("\xa0", " ")
    assert "Ligne 4 : type inconnu « buffet »" in told
    assert titles(app) == []


def test_the_page_says_what_the_file_must_hold(commissioner):
    told = read(commissioner.get(PAGE)).text
    assert builders.GROUP in told
    assert "consigne" in told


def test_what_is_no_file_is_refused(commissioner):
    assert post(commissioner, PAGE, name="X").status_code == 422
    assert send(commissioner, "").status_code == 422
