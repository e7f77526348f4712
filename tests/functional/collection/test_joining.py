"""The code of a poster, typed as it is read, or pasted with what surrounds it."""

from datetime import UTC, datetime, timedelta

import pytest

from tests import builders
from tests.functional.browsing import post, read
from webapp.collection.models import WorkshopState
from webapp.platform.extensions import transaction
from webapp.platform.french import PARIS

pytestmark = pytest.mark.both_databases("codes that look alike")
ALIKE = "Plusieurs codes ressemblent à celui-ci"


@pytest.fixture
def posters(app):
    """Open workshops with codes of printed posters, and one that has not opened."""
    with app.app_context(), transaction() as session:
        for code in ("D2RZP7", "H7KQ4M", "G8H2KL", "6BHZKL"):
            builders.workshop(session, code=code)
        builders.workshop(session, code="DZR2P7", state=WorkshopState.DRAFT)


def join(client, typed):
    return post(client, "/rejoindre", "/", code=typed)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("D2RZP7", "D2RZP7"),
        ("https://ailleurs.example/a/D2RZP7?x=1", "D2RZP7"),
        ("Atelier D2RZP7", "D2RZP7"),
        ("code : d2rz-p7 .", "D2RZP7"),
        ("(http://127.0.0.1/a/h7k04m/)", "H7KQ4M"),
        ("DZRZP7", "D2RZP7"),  # two look like it, one is open
        ("DZR2P7", "DZR2P7"),  # to the letter
        ("Ｇ８Ｈ２ＫＬ", "G8H2KL"),
    ],
)
def test_what_is_typed_or_pasted_leads_to_the_workshop(posters, client, typed, code):
    answer = join(client, typed)
    assert (answer.status_code, answer.location) == (303, f"/a/{code}")


def test_two_open_workshops_that_look_alike_are_not_guessed(posters, client):
    refused = join(client, "68H2K1")
    assert refused.status_code == 422
    assert ALIKE in read(refused).text
    assert read(refused).value("code") == "68H2K1"
    assert ALIKE in read(client.get("/a/68H2K1")).text
    assert "Aucun atelier n’a ce code" in read(join(client, "Atelier X3X3X3")).text


def test_an_address_typed_with_look_alikes_leads_to_the_page(posters, client):
    answer = client.get("/a/dzrzp7?simple=1&_scheme=javascript&_external=1")
    assert answer.status_code == 303
    assert answer.location.startswith("/a/D2RZP7?simple=1&")


def test_words_are_stored_only_under_the_code_to_the_letter(posters, client):
    sent = post(client, "/a/DZRZP7", "/a/D2RZP7", body="Un bus", key="k")
    assert sent.status_code == 404


def test_the_list_says_the_day_of_each_workshop(app, client):
    today = datetime.now(PARIS).replace(hour=9, minute=0)
    with app.app_context(), transaction() as session:
        builders.workshop(session, code="D2RZP7").starts_at = today
        builders.workshop(session, code="H7KQ4M").starts_at = today + timedelta(days=1)
        builders.workshop(session, code="G8H2KL").starts_at = datetime(2031, 5, 3, 9, tzinfo=UTC)
    text = read(client.get("/")).text
    for day in ("aujourd’hui, ", "demain, ", "3\u00a0mai 2031, 11"):
        assert day in text
    assert "today, " in read(client.get("/?lang=en", follow_redirects=True)).text


def test_a_receipt_is_read_with_what_surrounds_it(app, client):
    with app.app_context(), transaction() as session:
        builders.workshop(session)
        actor = builders.user(session)
        idea = builders.published(session, "Un bus le dimanche", actor=actor)
        idea.receipt = "ACDEFHJKZ5B6"
    for typed in (
        "Reçu acde-fhjk-z5b6",
        "https://ailleurs.example/suivi/ACDEFHJKZ5B6).",
        "ACDEFHJKZSBG",
    ):
        found = client.get("/suivi", query_string={"code": typed})
        assert (typed, found.status_code) == (typed, 303)
        assert found.location == "/suivi/ACDEFHJKZ5B6"
    lost = client.get("/suivi", query_string={"code": "ACDEFHJK2S8G"})
    assert lost.status_code == 404  # four misread: too many for an old receipt
