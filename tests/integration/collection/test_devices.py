"""A device is known by a mark that one workshop can read, for as long as it is of use."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests import builders
from webapp.accounts.models import User
from webapp.collection import contributions, devices, endorsements, workshops
from webapp.collection.contributions import Details
from webapp.collection.models import DeviceMark, Endorsement, WorkshopKind, WorkshopState
from webapp.exceptions import TooFastError
from webapp.platform.audit import Actor
from webapp.platform.models import PurgeCause
from webapp.privacy import retention

pytestmark = pytest.mark.both_databases("texts put together by the database")


def say(session, body, token, *, code="ABCDEF", key=None):
    return contributions.submit_contribution(
        session,
        code=code,
        body=body,
        key=key or body,
        now=builders.NOW,
        details=Details(token=token),
    )


def bodies(session, token):
    return [said.body for said in devices.contributions_of(session, token=token)]


def marks(session):
    return session.scalar(select(func.count()).select_from(DeviceMark))


def test_a_device_finds_its_own_ideas_in_every_workshop(session, workshop):
    builders.workshop(session, code="GHJKLM")
    say(session, "Un bus", "mine")
    say(session, "Un banc", "other")
    say(session, "Une laverie", "mine", code="GHJKLM")
    assert bodies(session, "mine") == ["Une laverie", "Un bus"]
    assert bodies(session, "nobody") == []


def test_the_same_device_has_another_mark_in_another_workshop(session, workshop):
    other = builders.workshop(session, code="GHJKLM")
    assert devices.mark_of(workshop, "mine") != devices.mark_of(other, "mine")
    assert "mine" not in devices.mark_of(workshop, "mine")


def test_a_lost_reply_gives_the_idea_to_the_token_that_came_back(session, workshop):
    say(session, "Un bus", "lost", key="k")
    say(session, "Un bus", "again", key="k")
    assert bodies(session, "again") == ["Un bus"]
    assert marks(session) == 1


def test_what_is_forgotten_leads_nowhere_and_points_still_count(session, workshop):
    actor = builders.user(session)
    said = say(session, "Un bus", "mine")
    builders.decide(session, said, "published", actor=actor)
    workshop.support_points = 3
    endorsements.give(session, workshop=workshop, public_id=said.public_id, token="other")
    assert devices.destroy_marks(session, workshops=[workshop]) == 1
    assert bodies(session, "mine") == []
    assert (marks(session), workshop.device_key) == (0, None)
    assert endorsements.count_points(session, workshop=workshop) == {said.id: 1}
    assert session.scalar(select(Endorsement.device)).startswith("forgotten-")


@pytest.mark.parametrize(
    ("state", "hours", "kept"),
    [
        (WorkshopState.CLOSED, 25, 0),
        (WorkshopState.CLOSED, 23, 1),
        (WorkshopState.OPEN, 25, 1),
    ],
)
def test_the_purge_forgets_the_workshops_that_are_over(session, workshop, state, hours, kept):
    say(session, "Un bus", "mine")
    workshop.state = state
    late = builders.NOW + timedelta(hours=hours)
    retention.purge(session, now=late, cause=PurgeCause.NIGHT)
    assert marks(session) == kept


@pytest.mark.parametrize(("ends", "kept"), [(0, 0), (30, 1)])
def test_the_purge_forgets_a_consultation_once_its_dates_are_past(session, workshop, ends, kept):
    say(session, "Un bus", "mine")
    workshop.kind = WorkshopKind.CONSULTATION
    workshop.ends_at = builders.NOW + timedelta(hours=ends)
    retention.purge(session, now=builders.NOW + timedelta(hours=25), cause=PurgeCause.NIGHT)
    assert marks(session) == kept


def test_a_device_without_a_token_leaves_no_mark(session, workshop):
    say(session, "Un bus", "")
    assert marks(session) == 0


def test_a_device_that_sends_too_fast_is_slowed_and_the_others_are_not(session, workshop):
    for number in range(devices.MAX_BURST):
        say(session, f"Rafale {number}", "robot")
    with pytest.raises(TooFastError):
        say(session, "Une de trop", "robot")
    assert say(session, "Rafale 3", "robot")  # known already: its reply may have been lost
    assert say(session, "Un bus", "person")
    later = builders.NOW + devices.BURST
    assert contributions.submit_contribution(
        session, code="ABCDEF", body="Plus tard", key="l", now=later, details=Details(token="robot")
    )


def test_check_47_a_device_is_another_one_in_each_workshop_until_it_is_forgotten(session, workshop):
    elsewhere = builders.workshop(session, code="GHJKLM", slug=builders.OTHER_GROUP)
    said = [say(session, "Un bus", "mine"), say(session, "Un car", "mine", code="GHJKLM")]
    here, there = (session.get(DeviceMark, one.id).device for one in said)
    assert here != there
    assert "mine" not in here + there
    key = workshop.device_key
    for state in (WorkshopState.CLOSED, WorkshopState.ARCHIVED):
        workshops.set_state(session, code="ABCDEF", state=state, actor=_somebody(session))
    # The key is destroyed at closing for good: nobody can make the mark again, not even the phone.
    assert key is not None
    assert workshop.device_key is None
    assert devices.mark_of(workshop, "mine") is None
    assert devices.contributions_of(session, token="mine") == [said[1]]
    assert devices.mark_of(elsewhere, "mine") == there


def _somebody(session):
    found = session.scalars(select(User)).first() or builders.user(session)
    return Actor(id=found.id, now=builders.NOW)
