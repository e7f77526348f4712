"""A room through HTTP: its workshop's page, its tables, its paper, its wall, its phones."""

import io
import re

import pytest

from tests import builders
from tests.functional.browsing import post, read, sign_in
from webapp.extensions import db, transaction
from webapp.models import Channel, Contribution, DecisionKind, WorkshopState
from webapp.services import workshops

DESK = "/animation/ateliers/ABCDEF"
JSON = {"Accept": "application/json"}


@pytest.fixture
def staff(app, client):
    """A facilitator, signed in, and an open workshop of theirs."""
    with app.app_context(), transaction() as session:
        builders.workshop(session)
        builders.user(session)
    sign_in(client, "animation@example.org")
    return client


@pytest.fixture
def phone(app):
    """The phone of somebody in the room."""
    return app.test_client()


def act(client, address, **fields):
    """Press a button of the workshop's page and return the page that follows."""
    answer = post(client, f"{DESK}/{address}", DESK, **fields)
    assert answer.status_code == 303, answer.status_code
    return read(client.get(answer.location))


def stored(app):
    with app.app_context():
        return [(said.body, said.decision.kind) for said in db.session.query(Contribution)]


def move(app, state):
    with app.app_context(), transaction() as session:
        workshops.get_workshop(session, code="ABCDEF").state = state


def publish(app, words):
    with app.app_context(), transaction() as session:
        said = session.query(Contribution).filter_by(body=words).one()
        builders.decide(session, said, DecisionKind.PUBLISHED, actor=None)
        return said.public_id


def speak(client, words, **fields):
    key = read(client.get("/a/ABCDEF")).value("key")
    return post(client, "/a/ABCDEF", body=words, **{"key": key, "warned": "y"} | fields)


def test_a_workshop_is_made_and_changed_on_screen(staff):
    fields = {"title": "La mobilité", "kind": "sitting", "group": builders.GROUP}
    made = post(staff, "/animation/ateliers/nouveau", starts_at="2024-02-01T10:00", **fields)
    code = made.location.rsplit("/", 1)[1]
    page = read(staff.get(made.location))
    assert "Séance de groupe" in page.text
    assert re.fullmatch("[A-HJ-NP-Z2-9]{6}", code)
    edit = f"/animation/ateliers/{code}/modifier"
    assert read(staff.get(edit)).value("starts_at") == "2024-02-01T10:00"
    wrong = post(staff, edit, **fields, starts_at="2024-02-01T10:00", ends_at="2024-02-01T09:00")
    assert wrong.status_code == 422
    assert "La fin doit suivre le début" in read(wrong).text
    assert post(staff, edit, **fields | {"title": "Les routes"}).status_code == 303
    assert "Les routes" in read(staff.get("/animation/")).text


def test_a_workshop_of_another_group_cannot_be_made(staff):
    fields = {"title": "La leur", "kind": "workshop", "group": builders.OTHER_GROUP}
    assert post(staff, "/animation/ateliers/nouveau", **fields).status_code == 422


def test_the_next_question_is_what_phones_see(staff, phone):
    act(staff, "consignes", question="Et pour les enfants ?", hint="Une idée suffit")
    assert "Et pour les enfants" not in read(phone.get("/a/ABCDEF")).text
    page = act(staff, "consignes/2")
    assert "Question posée" in page.text
    assert "Et pour les enfants" in read(phone.get("/a/ABCDEF")).text
    assert post(staff, f"{DESK}/consignes/9", DESK).status_code == 404


def test_the_timer_is_shown_to_all_until_it_is_stopped(staff, phone):
    act(staff, "minuteur", minutes="5")
    assert "data-timer" in phone.get("/a/ABCDEF").text
    assert "data-timer" in phone.get("/mur/ABCDEF").text
    act(staff, "minuteur", minutes="0")
    assert "data-timer" not in phone.get("/mur/ABCDEF").text
    assert post(staff, f"{DESK}/minuteur", DESK, minutes="9999").status_code == 422


def test_the_wall_counts_at_once_and_shows_words_when_they_are_revealed(app, staff, phone):
    for words in ("Un bus le dimanche", "Des bus le soir", "Ma voisine Mme Durand"):
        speak(phone, words)
    publish(app, "Un bus le dimanche")
    publish(app, "Des bus le soir")
    hidden = phone.get("/mur/ABCDEF").text
    assert "3" in re.findall(r'sm-stat__value">(\d+)', hidden)
    assert "dimanche" not in hidden
    act(staff, "mur", revealed="y")
    state = phone.get("/mur/ABCDEF/etat")
    assert "Un bus le dimanche" in state.text
    assert "bus : 2 idées" in read(state).text.replace("\xa0", " ")
    assert "Durand" not in state.text
    again = phone.get("/mur/ABCDEF/etat", headers={"If-None-Match": state.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    one = re.search(r"idee=([\w-]+)", state.text).group(1)
    assert "Revenir au mur" in phone.get(f"/mur/ABCDEF?idee={one}").text


def table_address(staff, count=2):
    act(staff, "tables", count=str(count))
    return next(link for link in read(staff.get(DESK)).links if link.startswith("/table/"))


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
    post(phone, table, body="Un buss", key="k1")
    undo = re.search(rf'action="({table}/notes/[\w-]+/reprendre)"', phone.get(table).text).group(1)
    back = post(phone, undo, table)
    assert read(phone.get(back.location)).value("body") == "Un buss"
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


def test_what_is_printed_leads_to_the_right_place(staff):
    table = table_address(staff)
    assert "ABCDEF" in read(staff.get(f"{DESK}/affiche")).text
    assert "ABCDEF" in read(staff.get("/animation/affiches")).text
    assert table in read(staff.get(f"{DESK}/cartons")).text
    assert "Que faut-il changer ?" in read(staff.get(f"{DESK}/feuilles")).text.replace("\xa0", " ")


def test_all_the_rooms_are_on_one_page_with_their_silent_tables(staff, phone):
    table = table_address(staff)
    post(phone, table, body="Un bus", key="k")
    page = read(staff.get("/animation/salles"))
    assert "Atelier ABCDEF" in page.text
    silent = re.search(
        r"fr-badge--warning.*?</svg>(.*?)</span>", staff.get("/animation/salles").text
    )
    assert silent.group(1).strip() == "2"


def test_a_phone_finds_its_ideas_again_and_replaces_one(app, staff, phone):
    assert "Aucune idée" in read(phone.get("/mes-idees")).text
    speak(phone, "Un bus le dimanche")
    mine = read(phone.get("/mes-idees"))
    assert "Un bus le dimanche" in mine.text
    assert "Un bus le dimanche" not in read(app.test_client().get("/mes-idees")).text
    replace = next(link for link in mine.links if "remplace=" in link)
    form = read(phone.get(replace))
    assert "prendront la place" in form.text
    fields = {"replaces": form.value("replaces"), "key": form.value("key")}
    sent = post(phone, "/a/ABCDEF", replace, body="Un bus le dimanche matin", **fields)
    assert sent.status_code == 303
    assert stored(app) == [
        ("Un bus le dimanche", DecisionKind.WITHDRAWN),
        ("Un bus le dimanche matin", DecisionKind.PENDING),
    ]


def test_a_receipt_that_replaces_must_exist(staff, phone, app):
    assert speak(phone, "Un bus", replaces="XXXXXXXXXXXX").status_code == 404
    assert stored(app) == []


def test_a_device_is_forgotten_when_its_workshop_is_archived(app, staff, phone):
    speak(phone, "Un bus le dimanche")
    move(app, WorkshopState.CLOSED)
    act(staff, "etat", state="archived")
    assert "Un bus" not in read(phone.get("/mes-idees")).text
    assert stored(app) == [("Un bus le dimanche", DecisionKind.PENDING)]


def test_points_are_given_to_ideas_of_others_and_run_out(app, staff, phone):
    ballot = "/a/ABCDEF/gommettes"
    for words in ("Un bus", "Une laverie", "Un banc"):
        speak(phone, words)
    one, two, three = (publish(app, w) for w in ("Un bus", "Une laverie", "Un banc"))
    other = app.test_client()
    assert "fermées" in read(other.get(ballot)).text
    act(staff, "gommettes", points="2")
    assert "Soutenir" not in read(phone.get(ballot)).text  # they are all its own
    for idea in (one, two, two):
        assert post(other, f"{ballot}/{idea}", ballot).status_code == 303
    spent = post(other, f"{ballot}/{three}", ballot)
    assert spent.status_code == 409
    assert "toutes vos gommettes" in read(spent).text
    post(other, f"{ballot}/{one}/reprendre", ballot)
    assert "1\xa0gommette à donner" in read(other.get(ballot)).text
    act(staff, "mur", revealed="y")
    assert "1\xa0gommette" in read(other.get("/mur/ABCDEF")).text
    act(staff, "gommettes", points="0")
    assert post(other, f"{ballot}/{one}", ballot).status_code == 409


def test_a_point_for_what_is_not_published_is_refused(app, staff, phone):
    speak(phone, "Un bus")
    act(staff, "gommettes", points="2")
    with app.app_context():
        waiting = db.session.query(Contribution).one().public_id
    assert post(phone, f"/a/ABCDEF/gommettes/{waiting}", "/a/ABCDEF").status_code == 404


def queue(client, **fields):
    """Send as the queue of a browser does, with a new token."""
    token = client.get("/jeton").json["token"]
    return client.post("/a/ABCDEF", data={"csrf_token": token, **fields}, headers=JSON)


def test_the_queue_of_a_browser_is_told_what_became_of_each_sending(app, staff, phone):
    first = queue(phone, body="Un bus", key="k")
    assert first.status_code == 201
    again = queue(phone, body="Un bus", key="k")
    assert (again.status_code, again.json) == (200, first.json)
    other = queue(phone, body="Une laverie", key="k")
    assert (other.status_code, other.json["kind"]) == (422, "IdempotencyError")
    assert other.json["text"]
    assert queue(phone, body="", key="e").status_code == 422
    expired = phone.post("/a/ABCDEF", data={"body": "Un banc", "key": "x"}, headers=JSON)
    assert expired.status_code == 400
    assert stored(app) == [("Un bus", DecisionKind.PENDING)]


def test_what_was_written_in_time_is_taken_after_the_workshop_has_closed(app, staff, phone):
    move(app, WorkshopState.CLOSED)
    late = queue(phone, body="Un bus", key="k")
    assert late.status_code == 409
    assert "terminé" in late.json["text"]
    assert queue(phone, body="Un bus", key="k", queued="y").status_code == 201
    move(app, WorkshopState.ARCHIVED)
    assert queue(phone, body="Une laverie", key="l", queued="y").status_code == 409


def test_the_service_worker_stands_at_the_root(phone):
    answer = phone.get("/sw.js")
    assert answer.mimetype == "text/javascript"
    assert "networkFirst" in answer.text
    answer.close()


def test_the_token_of_a_phone_lasts_a_day(staff, phone):
    sent = speak(phone, "Un bus")
    cookie = next(c for c in sent.headers.getlist("Set-Cookie") if c.startswith("session="))
    assert "Expires=" in cookie


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


def test_a_file_is_its_senders_alone(app, staff):
    sent = send_file(staff, b"texte\nUn bus\n")
    with app.app_context(), transaction() as session:
        builders.user(session, email="collegue@example.org")
    colleague = app.test_client()
    sign_in(colleague, "collegue@example.org")
    assert colleague.get(sent.location).status_code == 404


def test_a_flood_is_seen_kept_aside_and_brought_back_on_screen(app, staff, phone):
    for number in range(5):
        speak(phone, f"Votez demain sans hésiter une seconde pour la liste numéro {number}")
    speak(app.test_client(), "Une laverie")
    queue_page = f"/animation/moderation/{builders.GROUP}"
    told = read(staff.get(queue_page)).text
    assert "5\xa0idées du même appareil" in told
    assert "4\xa0textes presque identiques" in told
    one = next(link for link in read(staff.get(queue_page)).links if f"{queue_page}/" in link)
    assert post(staff, f"{one}/appareil", one, reason="").status_code == 422
    assert post(staff, f"{one}/appareil", one, reason="Propagande").status_code == 303
    speak(phone, "Votez encore")
    assert [kind for _, kind in stored(app)].count(DecisionKind.SET_ASIDE) == 6
    assert "Appareil mis de côté" in read(staff.get(one)).text
    assert post(staff, f"{one}/appareil/reprendre", one).status_code == 303
    assert {kind for _, kind in stored(app)} == {DecisionKind.PENDING}


def test_similar_ideas_are_shown_after_one_has_spoken_and_never_before(app, staff, phone):
    for words in ("Un bus le dimanche vers l’hôpital", "Ouvrir une laverie"):
        speak(phone, words)
        publish(app, words)
    speak(phone, "Le bus du dimanche, secret")
    other = app.test_client()
    assert "hôpital" not in read(other.get("/a/ABCDEF")).text
    receipt = read(other.get(speak(other, "Il faut des bus le dimanche").location)).text
    assert "Un bus le dimanche vers l’hôpital" in receipt
    assert "laverie" not in receipt
    assert "secret" not in receipt  # nobody has read it yet


def test_the_guard_speaks_once_before_a_name_is_sent(app, staff, phone):
    words = "Mme Durand attend, appelez le 06 39 98 12 34"
    warned = speak(phone, words, warned="")
    assert warned.status_code == 422
    assert "une personne le masquera" in read(warned).text
    assert words in warned.text
    assert stored(app) == []
    assert read(warned).value("warned") == "y"
    assert speak(phone, words).status_code == 303
    assert speak(phone, "Un bus le dimanche", warned="").status_code == 303
    assert queue(phone, body=words, key="queued").status_code == 201  # never lost on the way
