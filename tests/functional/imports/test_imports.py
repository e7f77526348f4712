"""A file of contributions on screen: previewed, then all of it or nothing."""

import io

import pytest

from tests import builders
from tests.functional.browsing import post, read, sign_in
from tests.functional.room import DESK, stored
from webapp.collection.models import Contribution
from webapp.platform.extensions import db, transaction


def send_file(staff, content, name="notes.csv"):
    page = f"{DESK}/import"
    return post(staff, page, file=(io.BytesIO(content), name))


def test_a_file_is_previewed_then_imported_whole(app, staff):
    lines = "Table;Texte;Personnes\n3;Un bus le dimanche;2\n4;Une laverie;\n"
    sent = send_file(staff, lines.encode("cp1252"))
    page = read(staff.get(sent.location))
    assert "Importer 2\xa0contributions" in page.text
    assert stored(app) == []
    columns = {"text": "Texte", "table": "Table", "sheet": "", "people": "Personnes"}
    done = post(staff, f"{sent.location}/importer", sent.location, **columns)
    assert done.status_code == 303
    with app.app_context():
        said = db.session.query(Contribution).order_by(Contribution.id).all()
        assert [(s.body, s.table_label, s.people) for s in said] == [
            ("Un bus le dimanche", "3", 2),
            ("Une laverie", "4", 1),
        ]
    assert staff.get(sent.location).status_code == 404  # the file is not kept
    again = send_file(staff, lines.encode("cp1252"))
    told = read(staff.get(again.location)).text
    assert "Importer" not in told.split("Colonnes")[1].split("Choisir")[0]
    assert "2 déjà là" in told


def test_each_wrong_line_of_a_file_is_named_and_nothing_comes(app, staff):
    sent = send_file(staff, b"texte,personnes\nUn bus,beaucoup\n,2\nUn banc,3\n")
    told = read(staff.get(sent.location)).text.replace("\xa0", " ")
    assert "2 lignes sont à corriger" in told
    assert "Ligne 2 : nombre de personnes « beaucoup »" in told
    assert "Ligne 3 : le texte est vide" in told
    columns = {"text": "texte", "table": "", "sheet": "", "people": "personnes"}
    refused = post(staff, f"{sent.location}/importer", sent.location, **columns)
    assert refused.status_code == 422
    other = {"text": "personnes", "table": "", "sheet": "", "people": ""}
    checked = read(post(staff, sent.location, sent.location, **other)).text
    assert "3 seraient importées" in checked
    assert stored(app) == []


@pytest.mark.parametrize(
    ("content", "name"),
    [(b"", "vide.csv"), (b"PK\x03\x04rien", "faux.xlsx"), (b"\xff\xd8\xff\x00" * 9, "photo.jpg")],
)
def test_what_is_no_table_is_refused_with_what_to_do(staff, content, name):
    refused = send_file(staff, content, name)
    assert refused.status_code == 422
    assert "Rien n’a été importé" in read(refused).text


def test_nobody_waits_for_a_file_that_is_read_and_looked_at_by_the_guard(staff, reading):
    sent = send_file(staff, "texte\nUn bus à l’hôpital\nAppelez le 06 39 98 12 34\n".encode())
    assert reading == [("read_table", False)]
    columns = {"text": "texte", "table": "", "sheet": "", "people": ""}
    assert post(staff, f"{sent.location}/importer", sent.location, **columns).status_code == 303
    assert ("find_personal_data", False) in reading
    assert [name for name, in_turn in reading if in_turn] == []


def test_a_file_is_its_senders_alone(app, staff):
    sent = send_file(staff, b"texte\nUn bus\n")
    with app.app_context(), transaction() as session:
        builders.user(session, email="collegue@example.org")
    colleague = app.test_client()
    sign_in(colleague, "collegue@example.org")
    assert colleague.get(sent.location).status_code == 404
