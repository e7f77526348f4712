"""Reactions to a published item: during a window, read over, shown, given back to the group."""

import pytest

from tests import builders
from tests.functional.browsing import post, read
from webapp.extensions import db, transaction
from webapp.models import Contribution, DecisionKind, Workshop

WINDOW = f"/pilotage/reactions/{builders.GROUP}"
STEERING = "/pilotage/"


@pytest.fixture
def item(things):
    return f"/feuille-de-route/{things['reference']}"


@pytest.fixture
def commissioner(browser_of, things):
    return browser_of("commissaire")


def react(client, item, words, key="k"):
    return post(client, f"{item}/reactions", item, body=words, key=key)


def test_one_reacts_while_the_window_is_open_and_reads_it_once_moderated(
    app, client, commissioner, item
):
    assert "Réagir" not in read(client.get(item)).text
    assert post(commissioner, WINDOW, STEERING, state="open").status_code == 303
    assert "Réagir" in read(client.get(item)).text
    sent = react(client, item, "Et en Mayenne ?")
    assert sent.location.startswith("/recu/")
    react(client, item, "Et en Mayenne ?")  # F5
    assert "Et en Mayenne" not in read(client.get(item)).text
    with app.app_context(), transaction() as session:
        said = session.query(Contribution).filter_by(body="Et en Mayenne ?").one()
        assert said.workshop.working_group.slug == builders.GROUP
        builders.decide(session, said, DecisionKind.PUBLISHED, actor=None)
    assert "Et en Mayenne" in read(client.get(item)).text
    assert post(commissioner, WINDOW, STEERING, state="closed").status_code == 303
    page = read(client.get(item)).text
    assert "Réagir" not in page
    assert "Et en Mayenne" in page


def test_a_closed_window_keeps_the_words(client, commissioner, item):
    post(commissioner, WINDOW, STEERING, state="open")
    token = read(client.get(item)).value("csrf_token")
    post(commissioner, WINDOW, STEERING, state="closed")
    late = client.post(
        f"{item}/reactions", data={"csrf_token": token, "body": "Trop tard", "key": "k"}
    )
    assert late.status_code == 409
    assert "Trop tard" in late.text


def test_a_window_opens_again_on_the_same_consultation(app, commissioner, item):
    for state in ("open", "closed", "open"):
        assert post(commissioner, WINDOW, STEERING, state=state).status_code == 303
    assert post(commissioner, WINDOW, STEERING, state="open").status_code == 409
    with app.app_context():
        titles = [w.title for w in db.session.query(Workshop)]
        assert titles.count("Réactions à la feuille de route") == 1


def test_what_is_not_published_takes_no_reaction(client, commissioner, things, item):
    post(commissioner, WINDOW, STEERING, state="open")
    assert react(client, item, "").status_code == 422
    token = read(client.get(item)).value("csrf_token")
    fields = {"csrf_token": token, "body": "x", "key": "k"}
    assert client.post("/feuille-de-route/52-XXX-999/reactions", data=fields).status_code == 404


def test_a_window_that_was_never_opened_refuses(client, things, item):
    token = read(client.get("/")).value("csrf_token")
    fields = {"csrf_token": token, "body": "x", "key": "k"}
    assert client.post(f"{item}/reactions", data=fields).status_code == 409
