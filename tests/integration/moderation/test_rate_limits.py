"""Floods are seen, kept aside and brought back; nobody is refused."""

import pytest

from tests import builders
from webapp.collection import contributions, devices
from webapp.collection.contributions import Details
from webapp.collection.models import DecisionKind, WorkshopState
from webapp.exceptions import NotFoundError, ReasonRequiredError
from webapp.moderation import rate_limits
from webapp.platform.audit import Actor
from webapp.review import boards

REASON = "Envois répétés"


@pytest.fixture
def actor(session):
    builders.workshop(session)
    return Actor(id=builders.user(session).id, now=builders.NOW)


def say(session, body, device="flood"):
    return contributions.submit_contribution(
        session,
        code="ABCDEF",
        body=body,
        key=f"{device}-{body}",
        now=builders.NOW,
        details=Details(token=device),
    )


def kinds(session, said):
    for one in said:
        session.refresh(one)
    return [one.decision.kind for one in said]


def test_a_facilitator_is_told_of_many_ideas_from_one_device(session, actor):
    many = [
        say(session, f"Idée numéro {number} du robot")
        for number in range(rate_limits.FLOOD_THRESHOLD)
    ]
    alone = say(session, "Une laverie", device="other")
    found = rate_limits.find_floods(session, [*many, alone])
    assert found[many[0].id].from_device == rate_limits.FLOOD_THRESHOLD
    assert found[many[0].id].is_notable
    assert not found[alone.id].is_notable


def test_near_copies_are_counted_whoever_sent_them(session, actor):
    words = "Il faut absolument baisser le prix de la cantine pour tous"
    copies = [say(session, words, device="a"), say(session, words.upper() + " !", device="b")]
    other = say(session, "Une laverie", device="c")
    found = rate_limits.find_floods(session, [*copies, other])
    assert [found[one.id].near_duplicates for one in (*copies, other)] == [1, 1, 0]


def test_a_paused_device_is_kept_aside_with_what_it_sends_next_and_comes_back(session, actor):
    published = say(session, "Une idée lue")
    builders.decide(session, published, DecisionKind.PUBLISHED, actor=None)
    waiting = [say(session, "Une"), say(session, "Deux")]
    other = say(session, "Une laverie", device="other")
    assert rate_limits.pause(session, contribution=waiting[0], reason=REASON, actor=actor) == 2
    late = say(session, "Trois")
    assert kinds(session, [published, *waiting, late, other]) == [
        DecisionKind.PUBLISHED,
        *[DecisionKind.SET_ASIDE] * 3,
        DecisionKind.PENDING,
    ]
    assert late.decision.reason == REASON
    assert rate_limits.find_floods(session, [late])[late.id].paused
    assert rate_limits.resume(session, contribution=late, actor=actor) == 3
    assert kinds(session, [*waiting, late]) == [DecisionKind.PENDING] * 3
    assert kinds(session, [say(session, "Quatre")]) == [DecisionKind.PENDING]
    assert rate_limits.resume(session, contribution=late, actor=actor) == 0


def test_what_was_set_aside_for_its_own_reason_does_not_come_back(session, actor):
    bad = say(session, "Achetez mes matelas")
    decided = rate_limits.Actor(id=actor.id, now=actor.now)
    builders.decide(session, bad, DecisionKind.SET_ASIDE, actor=decided, reason="Publicité")
    one = say(session, "Un bus")
    rate_limits.pause(session, contribution=one, reason=REASON, actor=actor)
    rate_limits.resume(session, contribution=one, actor=actor)
    assert kinds(session, [bad, one]) == [DecisionKind.SET_ASIDE, DecisionKind.PENDING]


def test_resuming_a_device_leaves_aside_what_was_decided_by_hand_for_the_same_reason(
    session, actor
):
    bad, one = say(session, "Achetez mes matelas"), say(session, "Un bus")
    builders.decide(session, bad, DecisionKind.SET_ASIDE, actor=actor, reason=REASON)
    rate_limits.pause(session, contribution=one, reason=REASON, actor=actor)
    assert rate_limits.resume(session, contribution=one, actor=actor) == 1
    assert kinds(session, [bad, one]) == [DecisionKind.SET_ASIDE, DecisionKind.PENDING]


def test_pausing_again_for_another_reason_still_brings_everything_back(session, actor):
    first = say(session, "Un bus")
    rate_limits.pause(session, contribution=first, reason=REASON, actor=actor)
    second = say(session, "Deux bus")
    rate_limits.pause(session, contribution=first, reason="Un robot", actor=actor)
    third = say(session, "Trois bus")
    assert third.decision.reason == "Un robot"
    assert rate_limits.resume(session, contribution=first, actor=actor) == 3
    assert kinds(session, [first, second, third]) == [DecisionKind.PENDING] * 3


def test_what_a_pause_set_aside_and_somebody_decided_since_stays_as_decided(session, actor):
    one = say(session, "Un bus")
    rate_limits.pause(session, contribution=one, reason=REASON, actor=actor)
    builders.decide(session, one, DecisionKind.PUBLISHED, actor=actor)
    builders.decide(session, one, DecisionKind.SET_ASIDE, actor=actor, reason=REASON)
    assert rate_limits.resume(session, contribution=one, actor=actor) == 0
    assert kinds(session, [one]) == [DecisionKind.SET_ASIDE]


def test_a_pause_needs_a_reason_and_a_device(session, actor):
    one = say(session, "Un bus")
    with pytest.raises(ReasonRequiredError):
        rate_limits.pause(session, contribution=one, reason=" ", actor=actor)
    one.workshop.state = WorkshopState.CLOSED
    devices.destroy_marks(session, workshops=[one.workshop])
    session.expire_all()
    with pytest.raises(NotFoundError):
        rate_limits.pause(session, contribution=one, reason=REASON, actor=actor)


def test_a_group_counts_devices_beside_its_texts(session, actor):
    same = [say(session, words) for words in ("Un bus", "Un bus !", "Des bus")]
    others = [say(session, "Le bus", device="other"), builders.contribution(session, "Mon bus")]
    for said in (*same, *others):
        builders.decide(session, said, DecisionKind.PUBLISHED, actor=None)
    group_id = builders.cluster(session, *same, *others).working_group_id
    (card,) = boards.list_cards(session, group_id=group_id)
    assert (card.size, card.devices) == (5, 3)
    devices.destroy_marks(session, workshops=[same[0].workshop])
    session.expire_all()
    (card,) = boards.list_cards(session, group_id=group_id)
    assert card.devices == 5  # nobody knows any more
