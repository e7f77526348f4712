"""Rapporteurs and paper through HTTP: notes keyed in, read back, taken back."""

import re

from tests.functional.browsing import post, read
from tests.functional.room import DESK, act, move, publish, speak, stored, table_address
from webapp.collection.models import Channel, Contribution, DecisionKind, WorkshopState
from webapp.platform.extensions import db


def test_a_rapporteur_keys_notes_in_and_what_surrounds_them_is_kept(app, staff, phone):
    table = table_address(staff)
    first = read(phone.get(table))
    sent = post(
        phone,
        table,
        body="Un bus",
        key=first.value("key"),
        sheet="3",
        people="4",
        concerned="yes",
    )
    assert sent.status_code == 303
    page = read(phone.get(table))
    assert (page.value("sheet"), page.value("people")) == ("3", "4")
    assert page.value("key") != first.value("key")
    post(phone, table, body="Une laverie", key=page.value("key"), sheet="3", people="4")
    with app.app_context():
        notes = db.session.query(Contribution).order_by(Contribution.id).all()
        assert [(n.body, n.channel, n.table_label, n.sheet, n.people) for n in notes] == [
            ("Un bus", Channel.RAPPORTEUR, "1", "3", 4),
            ("Une laverie", Channel.RAPPORTEUR, "1", "3", 4),
        ]


def test_a_note_is_taken_back_with_its_words_until_it_is_moderated(app, staff, phone):
    table = table_address(staff)
    post(phone, table, body="Un buss", key="k1", sheet="3", people="4")
    undo = re.search(rf'action="({table}/notes/[\w-]+/reprendre)"', phone.get(table).text).group(1)
    back = post(phone, undo, table)
    line = read(phone.get(back.location))
    assert [line.value(name) for name in ("body", "sheet", "people")] == ["Un buss", "3", "4"]
    assert stored(app) == [("Un buss", DecisionKind.WITHDRAWN)]
    assert post(phone, undo, table).status_code == 409
    post(phone, table, body="Un bus", key="k2")
    publish(app, "Un bus")
    assert "/reprendre" not in phone.get(table).text


def test_notes_are_keyed_in_after_the_room_has_emptied_but_not_before_it_opens(app, staff, phone):
    table = table_address(staff)
    move(app, WorkshopState.CLOSED)
    assert post(phone, table, body="Une note retrouvée", key="late").status_code == 303
    move(app, WorkshopState.DRAFT)
    assert "n’a pas encore commencé" in read(phone.get(table)).text
    move(app, WorkshopState.ARCHIVED)
    assert phone.get(table).status_code == 404


def test_a_new_address_revokes_the_old_one_and_keeps_the_notes(staff, phone):
    old = table_address(staff)
    post(phone, old, body="Un bus", key="k")
    act(staff, "tables/1")
    assert phone.get(old).status_code == 404
    new = next(link for link in read(staff.get(DESK)).links if link.startswith("/table/"))
    assert "Un bus" in read(phone.get(new)).text
    assert post(staff, f"{DESK}/tables/99", DESK).status_code == 404


def test_one_table_cannot_take_back_the_note_of_another(staff, phone):
    table_address(staff)
    one, other = [link for link in read(staff.get(DESK)).links if link.startswith("/table/")]
    post(phone, one, body="Un bus", key="k")
    undo = re.search(r"/notes/[\w-]+/reprendre", phone.get(one).text).group(0)
    assert post(phone, f"{other}{undo}", other).status_code == 404


def test_the_rapporteur_gives_each_author_the_receipt_of_their_note(app, staff, phone):
    table = table_address(staff)
    assert "Aucun reçu" in read(phone.get(f"{table}/recus")).text
    for key, words in enumerate(("Un bus", "Une laverie")):
        post(phone, table, body=words, key=str(key), sheet="3")
    page = phone.get(table)
    slip = re.search(rf'href="({table}/notes/[\w-]+/recu)"', page.text).group(1)
    answer = phone.get(slip)
    one, both = read(answer), read(phone.get(f"{table}/recus"))
    assert "no-store" in answer.headers["Cache-Control"]
    assert "à qui l’a écrite" in one.text
    assert "Une laverie" in one.text
    assert "Un bus" not in one.text
    assert both.text.index("Un bus") < both.text.index("Une laverie")
    author = app.test_client()  # another browser, which only knows the code
    code = re.search(r"(?:\w{4}-){2}\w{4}", one.text).group(0)
    followed = author.get("/suivi", query_string={"code": code}, follow_redirects=True)
    assert "Une laverie" in read(followed).text
    assert code not in page.text  # the list is read aloud over a shared screen


def test_a_receipt_is_given_by_its_own_table_while_its_address_holds(app, staff, phone):
    table_address(staff)
    one, other = [link for link in read(staff.get(DESK)).links if link.startswith("/table/")]
    post(phone, one, body="Un bus", key="k")
    slip = re.search(r"/notes/[\w-]+/recu", phone.get(one).text).group(0)
    assert phone.get(f"{one}{slip}").status_code == 200
    assert phone.get(f"{other}{slip}").status_code == 404
    assert "Un bus" not in phone.get(f"{other}/recus").text
    post(phone, f"{one}{slip[:-4]}reprendre", one)
    assert phone.get(f"{one}{slip}").status_code == 404  # there is nothing to follow any more
    act(staff, "tables/1")
    assert phone.get(f"{one}/recus").status_code == 404
    assert phone.get(f"{other}/recus").status_code == 200
    move(app, WorkshopState.ARCHIVED)
    assert phone.get(f"{other}/recus").status_code == 404


def test_who_wrote_on_paper_gets_a_receipt_too(staff):
    paper = f"{DESK}/saisie"
    post(staff, paper, body="Un médecin", key="k1", sheet="7")
    post(staff, paper, body="Un car", key="k2", sheet="3")
    page = read(staff.get(f"{paper}/recus"))
    assert page.text.index("feuille 3") < page.text.index("feuille 7")
    slip = re.search(rf"{paper}/[\w-]+/recu\b(?!s)", staff.get(paper).text).group(0)
    assert "Un car" in read(staff.get(slip)).text
    line = slip.split("/")[-2]
    post(staff, f"{DESK}/seconde-lecture/{line}", body="Un car le dimanche", key="k3")
    assert staff.get(slip).status_code == 404
    assert "Un car le dimanche" in read(staff.get(f"{paper}/recus")).text


def test_paper_is_keyed_in_with_its_table_and_sheet(app, staff):
    paper = f"{DESK}/saisie"
    move(app, WorkshopState.CLOSED)
    sent = post(staff, paper, body="Un banc", key="k", table_label="7", sheet="12", people="3")
    assert sent.status_code == 303
    page = read(staff.get(paper))
    assert (page.value("table_label"), page.value("sheet")) == ("7", "12")
    assert "feuille 12" in page.text
    undo = re.search(rf'action="({paper}/[\w-]+/reprendre)"', staff.get(paper).text).group(1)
    back = post(staff, undo, paper)
    assert read(staff.get(back.location)).value("body") == "Un banc"


def test_check_48_a_browser_keeps_the_line_of_a_table_and_never_its_notes(staff, phone):
    address = table_address(staff)
    post(phone, address, body="Un car le dimanche soir", key=read(phone.get(address)).value("key"))
    page = phone.get(address)
    assert "Un car le dimanche soir" in page.text
    assert page.headers["Cache-Control"] == "no-store"
    bare = phone.get(f"{address}?vierge=1")
    assert "Un car le dimanche soir" not in bare.text
    assert 'name="body"' in bare.text
    assert bare.headers["Cache-Control"] == "private, no-cache"


def test_what_one_person_said_is_kept_by_nobody_on_the_way(app, staff, phone):
    speak(phone, "Un abri")
    with app.app_context():
        receipt = db.session.query(Contribution.receipt).scalar()
    for path in ("/recu/{}", "/suivi/{}", "/suivi/{}/donnees", "/suivi/{}/effacer", "/mes-idees"):
        answer = app.test_client().get(path.format(receipt))
        assert (path, answer.headers["Cache-Control"]) == (path, "no-store")
