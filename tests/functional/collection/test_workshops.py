"""A workshop's page through HTTP: its questions, timer, wall, rooms and prints."""

import re

from tests import builders
from tests.functional.browsing import post, read, sign_in
from tests.functional.room import DESK, act, publish, speak, table_address
from webapp.accounts.models import Role
from webapp.collection import workshops
from webapp.platform.extensions import db, transaction
from webapp.platform.views.current import now


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


def test_a_workshop_that_was_heard_stays_in_its_group(app, staff, phone):
    with app.app_context(), transaction() as session:
        builders.user(session, role=Role.COMMISSIONER, email="chef@example.org")
        builders.group(session, builders.OTHER_GROUP)
    chief = app.test_client()
    sign_in(chief, "chef@example.org")
    fields = {"title": "Ailleurs", "kind": "workshop", "conference": ""}
    edit = f"{DESK}/modifier"
    moved = fields | {"group": builders.OTHER_GROUP}
    assert post(chief, edit, **moved).status_code == 303  # nobody has spoken
    assert post(chief, edit, **fields | {"group": builders.GROUP}).status_code == 303
    speak(phone, "Un bus le dimanche")
    refused = post(chief, edit, **moved | {"title": "Trop tard"})
    assert refused.status_code == 409
    assert "créez un nouvel atelier" in read(refused).text
    with app.app_context():
        kept = workshops.get_workshop(db.session(), code="ABCDEF")
        assert (kept.working_group.slug, kept.title) == (builders.GROUP, "Ailleurs")
    assert post(chief, edit, **fields | {"group": builders.GROUP}).status_code == 303


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


def test_a_minute_more_counts_from_the_end_or_from_now(app, staff):
    def left():
        with app.app_context():
            end = workshops.get_workshop(db.session(), code="ABCDEF").timer_ends_at
            return (end - now()).total_seconds()

    act(staff, "minuteur/plus")
    assert 0 < left() <= 60
    act(staff, "minuteur/plus")
    assert 60 < left() <= 120
    act(staff, "minuteur", minutes="180")
    act(staff, "minuteur/plus")
    assert left() <= 180 * 60


def test_the_remote_holds_each_act_of_the_room_and_is_asked_again(app, staff, phone):
    act(staff, "consignes", question="Et pour les enfants ?", hint="")
    speak(phone, "Un bus le dimanche")
    remote = staff.get(f"{DESK}/etat")
    shown = read(remote).text
    for words in ("1 sur 2", "Question suivante", "Mettre en pause", "Montrer les idées"):
        assert words in shown
    assert "Relire (1)" in shown
    assert "Question précédente" not in shown
    assert "csrf" not in remote.text  # a token changes at each answer
    again = staff.get(f"{DESK}/etat", headers={"If-None-Match": remote.headers["ETag"]})
    assert again.status_code == 304
    shown = act(staff, "consignes/2").text
    assert "Question précédente" in shown
    assert "Question suivante" not in shown
    shown = act(staff, "mur", revealed="y").text
    assert "Garder les idées" in shown
    shown = act(staff, "gommettes", points="3").text
    assert "3\xa0gommettes par personne" in shown
    assert "Fermer les gommettes" in shown
    assert "Reprendre" in act(staff, "etat", state="paused").text


def test_the_wall_counts_at_once_and_shows_ideas_when_they_are_revealed(app, staff, phone):
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
    assert "Durand" not in state.text
    again = phone.get("/mur/ABCDEF/etat", headers={"If-None-Match": state.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    counts = phone.get("/mur/ABCDEF/avancement")
    assert re.findall(r'sm-stat__value">(\d+)', counts.text) == ["3", "2"]
    assert "dimanche" not in counts.text
    one = re.search(r"idee=([\w-]+)", state.text).group(1)
    assert "Revenir au mur" in phone.get(f"/mur/ABCDEF?idee={one}").text


def test_the_wall_stops_at_a_page_and_goes_on(app, staff, phone):
    act(staff, "mur", revealed="y")
    for number in range(3):
        speak(phone, words := f"{'Un bus le soir et un train le matin. ' * 8}{number}")
        publish(app, words)
    answer = phone.get("/mur/ABCDEF?page=2&langue=en")
    stopped = read(answer)
    assert "2 sur 4" in stopped.text
    assert "/mur/ABCDEF?page=3&langue=en" in stopped.links
    assert "/mur/ABCDEF?page=1&langue=en" in stopped.links
    assert "/mur/ABCDEF?langue=en" in stopped.links  # the pages turn again
    assert "/mur/ABCDEF/etat?page=2" in answer.text  # what is asked again stays there too
    assert "4 sur 4" in read(phone.get("/mur/ABCDEF?page=4")).text
    assert phone.get("/mur/ABCDEF?page=x&idee=y").status_code == 200


def test_the_wall_gives_the_address_and_says_when_the_workshop_waits(app, staff, phone):
    assert app.config["PUBLIC_URL"].split("//")[1] in read(phone.get("/mur/ABCDEF")).text
    assert "en pause" not in phone.get("/mur/ABCDEF").text
    act(staff, "etat", state="paused")
    assert "en pause" in phone.get("/mur/ABCDEF/avancement").text


def test_what_is_printed_leads_to_the_right_place(staff):
    table = table_address(staff)
    assert "ABCDEF" in read(staff.get(f"{DESK}/affiche")).text
    assert "ABCDEF" in read(staff.get("/animation/affiches")).text
    assert table in read(staff.get(f"{DESK}/cartons")).text
    assert "Que faut-il changer ?" in read(staff.get(f"{DESK}/feuilles")).text.replace("\xa0", " ")
    assert "Feuille n°\u00a02" in read(staff.get(f"{DESK}/feuilles")).text
    many = read(staff.get(f"{DESK}/feuilles?first=41&count=3")).text
    assert "Feuille n°\u00a041" in many
    assert "Feuille n°\u00a043" in many
    for asked in ("first=-1&count=0", "first=x&count=9999999999999", "count=", "first=&first=2"):
        assert staff.get(f"{DESK}/feuilles?{asked}").status_code == 200


def test_all_the_rooms_are_on_one_page_with_their_silent_tables(staff, phone):
    table = table_address(staff)
    post(phone, table, body="Un bus", key="k")
    page = read(staff.get("/animation/salles"))
    assert "Atelier ABCDEF" in page.text
    silent = re.search(
        r"fr-badge--warning.*?</svg>(.*?)</span>", staff.get("/animation/salles").text
    )
    assert silent.group(1).strip() == "2"
