"""Messages that accounts asked for leave on their day, once, through a real mail server."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests import builders
from tests.fixtures import mailbox
from webapp.accounts.models import Role
from webapp.notifications import mailings
from webapp.platform.extensions import db, transaction
from webapp.platform.mail import Mailer
from webapp.roadmap.models import ItemStatus

MONDAY = datetime(2026, 12, 7, 5, tzinfo=UTC)
TUESDAY = MONDAY + timedelta(days=1)
LEA, ZOE = "lea@example.org", "zoe@example.org"


@pytest.fixture
def box(config):
    """A mailbox; its port changes the settings."""
    with mailbox.serve() as box:
        box.settings = mailbox.settings(config, box)
        yield box


@pytest.fixture
def people(app):
    """Two facilitators of a group with a note to read, an item due and a meeting."""
    with app.app_context():
        with transaction() as session:
            actor = builders.user(session, email=LEA)
            builders.user(session, email=ZOE)
            builders.user(session, role=Role.COMMISSIONER, email="commissaire@example.org")
            builders.workshop(session)
            builders.contribution(session, "Un secret que nul message ne cite")
            said = [builders.published(session, one, actor=actor) for one in builders.IDEAS[:3]]
            item = builders.item(session, actor=actor, contributions=said)
            item.due_date = date(2026, 12, 22)  # fourteen days after Tuesday
            builders.move(session, item, ItemStatus.SUBMITTED, actor=actor)
        yield


def ask(email, *, reminders=False, digest=False, on=date(2026, 12, 1)):
    with transaction() as session:
        user = builders.find_user(session, email)
        mailings.save_preference(session, user=user, reminders=reminders, digest=digest, on=on)


def send(box, now):
    def at(endpoint, **_values):
        return f"https://exemple.fr/{endpoint}"

    sent = mailings.send_due(transaction, mailer=Mailer(box.settings), at=at, now=now)
    db.session.remove()
    return sent


def received(box):
    messages = [(one["To"], one["Subject"], one.get_content()) for one in box.messages]
    box.messages.clear()
    return messages


def test_nobody_who_did_not_ask_receives_anything(people, box):
    ask(ZOE)
    assert (send(box, MONDAY), received(box)) == (0, [])


def test_a_due_date_is_recalled_once_fourteen_days_before(people, box):
    ask(LEA, reminders=True)
    assert send(box, MONDAY) == 0
    assert send(box, TUESDAY) == 1
    [(to, subject, text)] = received(box)
    assert (to, "Des bus le dimanche" in subject) == (LEA, True)
    assert "https://exemple.fr/steering.item" in text
    assert (send(box, TUESDAY), send(box, TUESDAY + timedelta(days=1))) == (0, 0)


def test_a_night_without_a_worker_delays_a_reminder(people, box):
    ask(LEA, reminders=True)
    assert send(box, MONDAY) == 0
    assert send(box, TUESDAY + timedelta(days=3)) == 1


def test_a_digest_leaves_once_a_week_and_cites_no_contribution(people, box):
    ask(LEA, digest=True)
    assert send(box, MONDAY) == 1
    [(_to, subject, text)] = received(box)
    assert "votre semaine" in subject
    assert "1\u00a0contribution à relire" in text
    assert "secret" not in text
    assert (send(box, TUESDAY), send(box, MONDAY + timedelta(days=7))) == (0, 1)


def test_a_commissioner_is_told_what_is_to_decide(people, box):
    ask("commissaire@example.org", digest=True)
    assert send(box, MONDAY) == 1
    assert "1\u00a0fiche à décider" in received(box)[0][2]


def test_a_refused_address_does_not_stop_the_others_and_is_tried_again(people, box):
    ask(LEA, digest=True)
    ask(ZOE, digest=True)
    box.refused.add(LEA)
    assert send(box, MONDAY) == 1
    assert [to for to, *_ in received(box)] == [ZOE]
    box.refused.clear()
    assert send(box, TUESDAY) == 1
    assert [to for to, *_ in received(box)] == [LEA]


def test_a_deactivated_account_and_an_absent_server_send_nothing(people, box, config):
    ask(LEA, digest=True)
    with transaction() as session:
        builders.find_user(session, LEA).active = False
    assert send(box, MONDAY) == 0
    ask(ZOE, digest=True)
    box.settings = config
    assert send(box, MONDAY) == 0
