"""One phone among others through HTTP: its ideas, its points, its floods."""

from tests import builders
from tests.functional.browsing import post, read
from tests.functional.room import act, move, publish, speak, stored
from webapp.collection.models import Contribution, DecisionKind, Endorsement, WorkshopState
from webapp.moderation import surges
from webapp.platform.extensions import db, transaction


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


def test_one_gives_no_point_to_ones_own_idea(app, staff, phone):
    speak(phone, "Un bus")
    own = publish(app, "Un bus")
    act(staff, "gommettes", points="2")
    assert post(phone, f"/a/ABCDEF/gommettes/{own}", "/").status_code == 303
    with app.app_context():
        assert db.session.query(Endorsement).count() == 0
    other = app.test_client()
    speak(other, "Une laverie")  # from which its token comes
    post(other, f"/a/ABCDEF/gommettes/{own}", "/a/ABCDEF/gommettes")
    with app.app_context():
        assert db.session.query(Endorsement).count() == 1


def test_the_page_where_an_idea_is_replaced_is_kept_by_no_cache(staff, phone):
    receipt = speak(phone, "Un bus").location.rsplit("/", 1)[1]
    page = phone.get(f"/a/ABCDEF?remplace={receipt}")
    assert receipt in page.text
    assert page.headers["Cache-Control"] == "no-store"


def test_the_token_of_a_phone_lasts_a_day(staff, phone):
    sent = speak(phone, "Un bus")
    cookie = next(c for c in sent.headers.getlist("Set-Cookie") if c.startswith("session="))
    assert "Expires=" in cookie


def test_check_45_a_flood_is_seen_kept_aside_and_brought_back_on_screen(app, staff, phone):
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


def test_check_44_a_surge_is_read_apart_set_aside_and_brought_back_on_screen(
    app, staff, monkeypatch
):
    queue_page = f"/animation/moderation/{builders.GROUP}"
    surge_page = f"{queue_page}/afflux"
    assert "Aucun afflux" in read(staff.get(surge_page)).text
    monkeypatch.setattr(surges, "MAX_DEVICES", 1)
    for words in ("Une laverie", "Votez un", "Votez deux"):
        assert speak(app.test_client(), words).status_code == 303
    told = read(staff.get(queue_page)).text
    assert "À relire (1)" in told
    assert "Afflux (2)" in told
    assert "Votez" not in told
    told = read(staff.get(surge_page)).text
    assert "Votez un" in told
    assert "laverie" not in told
    assert post(staff, f"{surge_page}/ecarter", surge_page, reason=" ").status_code == 422
    assert post(staff, f"{surge_page}/ecarter", surge_page, reason="Robot").status_code == 303
    assert [kind for _, kind in stored(app)].count(DecisionKind.SET_ASIDE) == 2
    assert "2\xa0autres ont été écartées" in read(staff.get(surge_page)).text
    assert post(staff, f"{surge_page}/reprendre", surge_page).status_code == 303
    assert {kind for _, kind in stored(app)} == {DecisionKind.PENDING}
    assert "À relire (3)" in read(staff.get(queue_page)).text


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


def test_check_45_the_board_says_when_a_device_speaks_several_times(app, staff):
    with app.app_context(), transaction() as session:
        said = [
            builders.contribution(session, words, token="one")
            for words in ("Un bus", "Un bus le soir", "Un bus le matin")
        ]
        for one in said:
            builders.decide(session, one, DecisionKind.PUBLISHED, actor=None)
        builders.cluster(session, *said)
    board = read(staff.get(f"/revue/{builders.GROUP}")).text.replace("\xa0", " ")
    assert "venues de 1 appareil" in board
