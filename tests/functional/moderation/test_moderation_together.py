"""Two people who read over the same contributions: nothing that one hid is shown by the other."""

import re

import pytest

from tests import builders
from tests.functional.browsing import post, read
from tests.functional.room import speak, stored
from webapp.collection.models import Contribution, DecisionKind
from webapp.platform.extensions import db, transaction

pytestmark = pytest.mark.both_databases("two writers at once")

QUEUE = f"/animation/moderation/{builders.GROUP}"
SAID = "Un guichet dit Zorglub, le samedi"


@pytest.fixture
def waiting(app, staff, phone):
    """The address of a contribution that waits, and what its page says was decided."""
    speak(phone, SAID)
    with app.app_context(), transaction() as session:
        builders.user(session, email="collegue@example.org")
        return f"{QUEUE}/{session.query(Contribution).one().public_id}"


@pytest.fixture
def colleague(waiting, browser_of):
    return browser_of("collegue")


def mask(client, page):
    fields = {"kind": "masked", "reason": "un nom", "masked_body": "Un guichet, le samedi"}
    assert post(client, page, page, **fields).status_code == 303


def test_a_queue_opened_before_does_not_publish_what_a_colleague_masked(
    app, staff, phone, waiting, colleague
):
    speak(phone, "Un bus le dimanche")
    ids = [said.public_id for said in _all(app)]
    token = read(staff.get(QUEUE)).value("csrf_token")
    mask(colleague, waiting)
    sent = staff.post(f"{QUEUE}/publier", data={"csrf_token": token, "contributions": ids})
    page = read(staff.get(sent.location)).text
    assert "Contributions publiées\u00a0: 1." in page
    assert "laissées ainsi\u00a0: 1." in page
    assert stored(app) == [
        (SAID, DecisionKind.MASKED),
        ("Un bus le dimanche", DecisionKind.PUBLISHED),
    ]


@pytest.mark.parametrize("kind", ["published", "set_aside", "masked"])
def test_a_page_opened_before_says_what_a_colleague_decided(app, staff, waiting, colleague, kind):
    seen = read(staff.get(waiting)).value("seen")
    mask(colleague, waiting)
    typed = {"kind": kind, "reason": "Hors sujet", "masked_body": "Un guichet dit ainsi"}
    again = post(staff, waiting, waiting, seen=seen, **typed)
    assert again.status_code == 409
    page = read(again)
    assert "Un guichet, le samedi" in page.text
    assert "Un guichet dit ainsi" in again.text  # what was typed is not lost
    assert stored(app) == [(SAID, DecisionKind.MASKED)]
    assert post(staff, waiting, waiting, seen=page.value("seen"), **typed).status_code == 303
    assert stored(app) == [(SAID, DecisionKind(kind))]


def test_a_conflict_does_not_propose_the_words_that_the_guard_would_mask(
    app, staff, phone, browser_of
):
    speak(phone, "Appelez Mme Durand au 06 39 98 12 34")
    with app.app_context(), transaction() as session:
        builders.user(session, email="collegue@example.org")
        page = f"{QUEUE}/{session.query(Contribution).one().public_id}"
    seen = read(staff.get(page)).value("seen")
    fields = {"kind": "set_aside", "reason": "Nomme quelqu’un"}
    post(browser_of("collegue"), page, page, **fields)
    again = post(staff, page, page, kind="published", seen=seen)
    assert again.status_code == 409
    typed = re.search(r"<textarea[^>]*data-mask>([^<]*)</textarea>", again.text).group(1)
    assert "Durand" not in typed
    assert "[téléphone masqué]" in typed


def _all(app):
    with app.app_context():
        return db.session.query(Contribution).order_by(Contribution.id).all()
