"""Whatever goes wrong, a French sentence says what to do and nothing typed is lost."""

import pytest
from sqlalchemy import func, select, text

from tests import builders
from tests.functional.browsing import post, read, sign_in, typed_text
from webapp import create_app
from webapp.accounts.models import Role
from webapp.collection import workshops
from webapp.collection.models import Contribution, WorkshopState
from webapp.config import Config
from webapp.platform.extensions import db, transaction

pytestmark = pytest.mark.both_databases("texts that a database may refuse")

IDEA = "Un bus le dimanche, même petit"


@pytest.fixture
def room(app):
    """An open workshop and its people."""
    with app.app_context(), transaction() as session:
        builders.workshop(session)
        builders.user(session)
        builders.user(session, email="collegue@example.org")
        builders.user(session, role=Role.COMMISSIONER, email="commissaire@example.org")


def stored(app):
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(Contribution))


def test_an_unknown_code_says_what_to_check(room, client):
    answer = post(client, "/rejoindre", "/", code="ZZZZZZ")
    assert answer.status_code == 422
    assert "Aucun atelier n’a ce code" in read(answer).text
    assert read(answer).value("code") == "ZZZZZZ"
    assert client.get("/a/ZZZZZZ").status_code == 404


@pytest.mark.parametrize("state", [s for s in WorkshopState if s is not WorkshopState.OPEN])
def test_a_workshop_that_closed_meanwhile_keeps_the_text(app, room, client, state):
    page = read(client.get("/a/ABCDEF"))
    with app.app_context(), transaction() as session:
        workshops.get_workshop(session, code="ABCDEF").state = state
    fields = {"csrf_token": page.value("csrf_token"), "key": page.value("key"), "body": IDEA}
    answer = client.post("/a/ABCDEF", data=fields)
    assert answer.status_code == 409
    assert typed_text(answer) == IDEA
    assert "ne reçoit pas d’idées en ce moment" in read(answer).text
    assert stored(app) == 0


def test_a_workshop_that_is_not_open_says_so_before_one_writes(app, room, client):
    with app.app_context(), transaction() as session:
        workshops.get_workshop(session, code="ABCDEF").state = WorkshopState.CLOSED
    page = read(client.get("/a/ABCDEF"))
    assert "Il est terminé" in page.text
    assert page.count("textarea") == 0


def test_an_empty_idea_is_refused(app, room, client):
    answer = post(client, "/a/ABCDEF", body="   ", key="k")
    assert answer.status_code == 422
    assert "Écrivez votre idée avant de l’envoyer" in read(answer).text
    assert stored(app) == 0


def test_the_longest_idea_is_kept_and_one_more_character_is_refused_with_its_text(
    app, room, client
):
    long = "é" * 10_001
    answer = post(client, "/a/ABCDEF", body=long, key="k")
    assert answer.status_code == 422
    assert typed_text(answer) == long
    assert "10\u202f001 caractères" in read(answer).text
    assert post(client, "/a/ABCDEF", body=long[1:], key="k").status_code == 303
    assert stored(app) == 1


def test_an_expired_page_keeps_the_text_and_works_the_second_time(app, room, client):
    page = read(client.get("/a/ABCDEF"))
    fields = {"csrf_token": page.value("csrf_token"), "key": page.value("key"), "body": IDEA}
    later = app.test_client()  # the session of the first is lost
    answer = later.post("/a/ABCDEF", data=fields)
    assert answer.status_code == 422
    assert typed_text(answer) == IDEA
    assert "Votre page a expiré" in read(answer).text
    again = fields | {"csrf_token": read(answer).value("csrf_token")}
    assert later.post("/a/ABCDEF", data=again).status_code == 303
    assert stored(app) == 1


def test_an_expired_page_of_the_staff_shows_the_text_to_copy(room, client):
    sign_in(client, "animation@example.org")
    answer = client.post("/pilotage/fiches/x", data={"finding": "Mon constat", "csrf_token": "old"})
    assert answer.status_code == 400
    assert "Votre page a expiré" in read(answer).text
    assert read(answer).value("finding") == "Mon constat"


def test_sending_twice_stores_one_idea_and_gives_the_same_receipt(app, room, client):
    first = post(client, "/a/ABCDEF", body=IDEA, key="same")
    second = post(client, "/a/ABCDEF", body=IDEA, key="same")
    assert first.location == second.location
    assert stored(app) == 1


def test_the_same_page_with_another_text_keeps_it_and_takes_a_new_key(app, room, client):
    post(client, "/a/ABCDEF", body=IDEA, key="same")
    answer = post(client, "/a/ABCDEF", body="Une autre idée", key="same")
    assert answer.status_code == 409
    assert typed_text(answer) == "Une autre idée"
    key = read(answer).value("key")
    assert key != "same"
    assert post(client, "/a/ABCDEF", body="Une autre idée", key=key).status_code == 303
    assert stored(app) == 2


@pytest.mark.parametrize(
    ("field", "value"),
    [("kind", "poem"), ("territory", "75"), ("concerned", "maybe")],
)
def test_a_forged_choice_is_refused_and_keeps_the_text(app, room, client, field, value):
    answer = post(client, "/a/ABCDEF", **({"body": IDEA, "key": "k"} | {field: value}))
    assert answer.status_code == 422
    assert typed_text(answer) == IDEA
    assert stored(app) == 0


def test_a_wrong_password_and_an_unknown_address_read_the_same(room, client):
    wrong = sign_in(client, "animation@example.org", "pas le bon mot de passe")
    unknown = sign_in(client, "personne@example.org", "pas le bon mot de passe")
    assert wrong.status_code == unknown.status_code == 422
    assert read(wrong).value("email") == "animation@example.org"
    assert "Adresse ou mot de passe inconnu" in read(wrong).text
    assert "Adresse ou mot de passe inconnu" in read(unknown).text


def test_a_database_that_was_never_migrated_says_what_to_run(tmp_path):
    config = Config(instance_path=tmp_path, secret_key="x" * 40, testing=True)
    app = create_app(config)
    answer = app.test_client().get("/a/ABCDEF")
    assert answer.status_code == 503
    assert "semailles db upgrade" in read(answer).text
    with app.app_context():
        db.engine.dispose()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # it locks as a whole
def test_a_locked_database_keeps_the_text(app, room, client):
    with app.app_context():
        blocker = db.engine.raw_connection()
        # The connection that the request will find in the pool gives up sooner.
        db.session.execute(text("PRAGMA busy_timeout=50"))
        db.session.remove()
    try:
        blocker.cursor().execute("BEGIN IMMEDIATE")
        answer = post(client, "/a/ABCDEF", body=IDEA, key="k")
    finally:
        blocker.rollback()
        blocker.close()
    assert answer.status_code == 503
    assert "occupée" in read(answer).text
    assert read(answer).value("body") == IDEA
    assert stored(app) == 0


def test_an_unknown_address_never_says_how_we_are_made(client):
    for method in ("get", "post", "put", "delete", "trace"):
        answer = getattr(client, method)("/.git/config")
        assert answer.status_code in {404, 405}
        for secret in ("Traceback", "sqlite", "webapp/", "Werkzeug"):
            assert secret not in answer.text
