"""A workshop with more devices than a room holds: nothing is refused, the room is read first."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests import builders
from webapp.accounts.models import User
from webapp.collection import contributions
from webapp.collection.contributions import Details
from webapp.collection.models import Contribution, DecisionKind, HeldContribution
from webapp.moderation import decisions, surges
from webapp.platform.extensions import db, transaction
from webapp.platform.models import AuditEntry
from webapp.review import ledger

pytestmark = pytest.mark.both_databases("rows taken by parts")

REASON = "Envoi automatique"


@pytest.fixture
def small_room(monkeypatch):
    """A room of three devices, that writes five ideas in ten seconds at most."""
    monkeypatch.setattr(surges, "MAX_DEVICES", 3)
    monkeypatch.setattr(surges, "MAX_ARRIVALS", 5)


@pytest.fixture
def room(app, small_room):
    """The number of the working group of an open workshop, and of its facilitator."""
    with app.app_context():
        with transaction() as session:
            workshop = builders.workshop(session)
            numbers = workshop.working_group_id, builders.user(session).id
        yield numbers


def say(body, device, at=0):
    now = builders.NOW + timedelta(seconds=at)
    with transaction() as session:
        said = contributions.submit_contribution(
            session,
            code="ABCDEF",
            body=body,
            key=f"{device}-{body}",
            now=now,
            details=Details(token=device),
        )
        return said.id


def held():
    return set(db.session().scalars(select(HeldContribution.contribution_id)))


def test_check_43_new_devices_beyond_a_room_are_kept_apart_and_the_others_are_not(room):
    known = [say(f"Idée {n}", f"phone-{n}", at=4 * n) for n in range(3)]
    robots = [say(f"Rafale {n}", f"robot-{n}", at=12 + 4 * n) for n in range(4)]
    again = say("Une autre idée", "phone-0", at=30)
    assert held() == set(robots)
    group_id, _ = room
    waiting = [said.id for said in decisions.queue(db.session(), group_id=group_id)]
    assert waiting == [*known, again]
    assert surges.count(db.session(), group_id=group_id) == (4, 0)
    assert [said.id for said in surges.list_held(db.session(), group_id=group_id)] == robots


def test_check_44_a_whole_room_too_fast_is_kept_apart_never_refused(room):
    said = [say(f"Idée {n}", f"phone-{n % 2}", at=n % 3) for n in range(8)]
    assert held() == set(said[5:])
    later = say("Plus tard", "phone-0", at=60)
    assert later not in held()


def test_after_ten_minutes_a_new_device_is_heard_with_the_rest(room):
    for number in range(4):
        say(f"Idée {number}", f"phone-{number}", at=4 * number)
    assert len(held()) == 1
    assert say("Une retardataire", "late", at=700) not in held()


def test_what_has_no_device_is_never_of_a_surge(room):
    for number in range(9):
        say(f"Note {number}", "", at=0)
    assert held() == set()


def test_check_44_a_surge_is_set_aside_together_and_comes_back(room, monkeypatch):
    monkeypatch.setattr(surges, "_BATCH", 2)
    group_id, actor_id = room
    said = [say(f"Rafale {n}", f"robot-{n}", at=4 * n) for n in range(9)]
    with transaction() as session:
        alone = session.get_one(Contribution, said[3])
        actor = session.get_one(User, actor_id)
        # For the very reason of the whole surge: it is still a decision of its own.
        builders.decide(session, alone, DecisionKind.SET_ASIDE, actor=actor, reason=REASON)
    options = {"group_id": group_id, "actor_id": actor_id, "now": builders.NOW}
    assert surges.sort(transaction, reason=REASON, **options) == 5
    assert surges.count(db.session(), group_id=group_id) == (0, 5)
    assert kinds() == ["pending"] * 3 + ["set_aside"] * 6
    assert ledger_closes(group_id)
    assert surges.sort(transaction, reason="", **options) == 5
    assert surges.count(db.session(), group_id=group_id) == (0, 0)
    assert sorted(kinds()) == ["pending"] * 8 + ["set_aside"]
    acts = list(db.session().scalars(select(AuditEntry.action).order_by(AuditEntry.id)))
    assert [act for act in acts if act.endswith("_surge")] == [
        "group.set_aside_surge",
        "group.resume_surge",
    ]


def kinds():
    found = db.session().scalars(select(Contribution).order_by(Contribution.id))
    return sorted(said.decision.kind for said in found)


def ledger_closes(group_id):
    return ledger.read_ledger(db.session(), group_ids=[group_id]).closes
