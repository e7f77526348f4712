"""Reactions to a published item: between two dates, read over, shown, given back to the group."""

from datetime import UTC, datetime, timedelta

import pytest

from tests import builders
from tests.functional.browsing import key, post, read
from tests.functional.room import JSON
from webapp.collection import workshops
from webapp.collection.models import Contribution, DecisionKind, Workshop, WorkshopState
from webapp.exceptions import DateOrderError
from webapp.platform.audit import Actor
from webapp.platform.extensions import db, transaction
from webapp.platform.models import AuditEntry
from webapp.publishing import reactions

WINDOW = f"/pilotage/reactions/{builders.GROUP}"
FAR = {"ends_at": "2099-05-31T18:00"}


@pytest.fixture
def item(things):
    return f"/feuille-de-route/{things['reference']}"


@pytest.fixture
def commissioner(browser_of, things):
    return browser_of("commissaire")


def react(client, item, words, key_name="k"):
    return post(client, f"{item}/reactions", item, body=words, key=key_name)


def pass_the_end(app):
    """Have the window begin and end in the past, as the clock would."""
    with app.app_context(), transaction() as session:
        window = reactions.find_window(session, group_id=builders.group(session).id)
        window.starts_at = datetime(2024, 5, 1, 7, 0, tzinfo=UTC)
        window.ends_at = datetime(2024, 5, 31, 16, 0, tzinfo=UTC)


def told(client, address):
    return read(client.get(address)).text.replace("\xa0", " ").replace("\u202f", " ")


def test_one_reacts_while_the_window_is_open_and_reads_it_once_moderated(
    app, client, commissioner, item
):
    assert "Réagir" not in told(client, item)
    assert post(commissioner, WINDOW, **FAR).status_code == 303
    assert "Réactions ouvertes jusqu’au 31 mai 2099 à 18 h" in told(client, item)
    sent = react(client, item, "Et en Mayenne ?")
    assert sent.location.startswith("/recu/")
    react(client, item, "Et en Mayenne ?")  # F5
    assert "Et en Mayenne" not in read(client.get(item)).text
    with app.app_context(), transaction() as session:
        said = session.query(Contribution).filter_by(body="Et en Mayenne ?").one()
        assert said.workshop.working_group.slug == builders.GROUP
        builders.decide(session, said, DecisionKind.PUBLISHED, actor=None)
    assert "Et en Mayenne" in read(client.get(item)).text
    assert post(commissioner, f"{WINDOW}/fermer", WINDOW).status_code == 303
    page = told(client, item)
    assert "Réactions closes." in page
    assert "Envoyer ma réaction" not in page
    assert "Et en Mayenne" in page


def test_past_its_end_nothing_is_taken_and_the_words_are_kept(app, client, commissioner, item):
    post(commissioner, WINDOW, **FAR)
    page = read(client.get(item))
    fields = {"csrf_token": page.value("csrf_token"), "body": "Trop tard", "key": key("k")}
    pass_the_end(app)
    late = client.post(f"{item}/reactions", data=fields)
    assert late.status_code == 409
    assert "Trop tard" in late.text
    page = told(client, item)
    assert "Réactions closes depuis le 31 mai 2024 à 18 h" in page
    assert "Envoyer ma réaction" not in page
    with app.app_context():
        code = db.session.query(Workshop).filter_by(kind="consultation").one().code
    assert "ne reçoit pas d’idées" in told(client, f"/a/{code}")
    assert "Réactions à la feuille de route" not in told(client, "/").split("Tout le programme")[0]
    # Written in time on a phone without a network: the rule of every room (decision 16).
    queued = client.post(f"{item}/reactions", data=fields | {"queued": "y"}, headers=JSON)
    assert queued.status_code == 201


def test_before_its_opening_nothing_is_taken_even_from_a_queue(client, commissioner, item):
    assert post(commissioner, WINDOW, opens_at="2099-05-01T09:00", **FAR).status_code == 303
    page = told(client, item)
    assert "Réactions ouvertes du 1er mai 2099 à 9 h" in page
    assert "Envoyer ma réaction" not in page
    token = client.get("/jeton").json["token"]
    fields = {"csrf_token": token, "body": "Trop tôt", "key": key("k"), "queued": "y"}
    assert client.post(f"{item}/reactions", data=fields, headers=JSON).status_code == 409


def test_a_closed_window_keeps_the_words(client, commissioner, item):
    post(commissioner, WINDOW, **FAR)
    token = read(client.get(item)).value("csrf_token")
    post(commissioner, f"{WINDOW}/fermer", WINDOW)
    late = client.post(
        f"{item}/reactions", data={"csrf_token": token, "body": "Trop tard", "key": key("k")}
    )
    assert late.status_code == 409
    assert "Trop tard" in late.text
    assert post(commissioner, f"{WINDOW}/fermer", WINDOW).status_code == 409


def test_new_dates_open_the_same_consultation_again(app, commissioner, item):
    post(commissioner, WINDOW, **FAR)
    pass_the_end(app)
    assert read(commissioner.get(WINDOW)).value("ends_at") == "2024-05-31T18:00"
    assert post(commissioner, WINDOW, ends_at="2099-06-30T18:00").status_code == 303
    post(commissioner, f"{WINDOW}/fermer", WINDOW)
    assert post(commissioner, WINDOW, **FAR).status_code == 303
    with app.app_context():
        titles = [w.title for w in db.session.query(Workshop)]
        assert titles.count("Réactions à la feuille de route") == 1
        acts = db.session.query(AuditEntry).filter_by(action="workshop.window").all()
        assert len(acts) == 3
        assert acts[-1].details.endswith("-> 2099-05-31T18:00:00+02:00")


def test_an_archived_consultation_makes_room_for_another(app, client, commissioner, item):
    post(commissioner, WINDOW, **FAR)
    post(commissioner, f"{WINDOW}/fermer", WINDOW)
    with app.app_context(), transaction() as session:
        code = session.query(Workshop).filter_by(kind="consultation").one().code
        who = Actor(id=builders.find_user(session, "commissaire@example.org").id, now=builders.NOW)
        workshops.set_state(session, code=code, state=WorkshopState.ARCHIVED, actor=who)
    assert post(commissioner, WINDOW, **FAR).status_code == 303
    assert react(client, item, "Et en Sarthe ?").status_code == 303


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"ends_at": ""}, "Donnez la fin"),
        ({"ends_at": "2024-05-31T18:00"}, "n’être pas déjà passée"),
        ({"opens_at": "2099-05-31T18:00", **FAR}, "La fin doit suivre l’ouverture"),
        ({"opens_at": "2099-06-01T18:00", **FAR}, "La fin doit suivre l’ouverture"),
    ],
)
def test_dates_that_do_not_follow_are_refused(app, commissioner, wrong, words):
    refused = post(commissioner, WINDOW, **wrong)
    assert refused.status_code == 422
    assert words in read(refused).text
    with app.app_context():
        assert db.session.query(Workshop).filter_by(kind="consultation").count() == 0


def test_the_service_refuses_them_too(session):
    group = builders.group(session)
    actor = Actor(id=builders.user(session).id, now=builders.NOW)
    start = builders.NOW + timedelta(days=2)
    with pytest.raises(DateOrderError):
        reactions.open_window(session, group=group, opens_at=start, ends_at=start, actor=actor)


def test_what_is_not_published_takes_no_reaction(client, commissioner, things, item):
    post(commissioner, WINDOW, **FAR)
    assert react(client, item, "").status_code == 422
    token = read(client.get(item)).value("csrf_token")
    fields = {"csrf_token": token, "body": "x", "key": key("k")}
    assert client.post("/feuille-de-route/52-XXX-999/reactions", data=fields).status_code == 404


def test_a_window_that_was_never_opened_refuses(client, things, item):
    token = read(client.get("/")).value("csrf_token")
    fields = {"csrf_token": token, "body": "x", "key": key("k")}
    assert client.post(f"{item}/reactions", data=fields).status_code == 409
