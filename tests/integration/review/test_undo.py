"""Acts taken back and done again, whoever did something meanwhile."""

from datetime import timedelta

import pytest

from tests import builders
from tests.integration import placing
from tests.integration.placing import ACTS, act_of, by, chosen, excerpt, members, state
from webapp.collection.models import DecisionKind
from webapp.exceptions import AlreadyUndoneError, ConflictError, FeedsItemError, ModeratedSinceError
from webapp.moderation import decisions
from webapp.review import cluster_edits, clusters, moves, undo
from webapp.review.ledger import read_ledger
from webapp.review.models import ClusterStatus
from webapp.roadmap import items

facilitator = placing.facilitator
colleague = placing.colleague
said = placing.said
buses = placing.buses
interpreters = placing.interpreters
scene = placing.scene


@pytest.mark.parametrize("name", ACTS)
def test_each_act_is_undone_and_done_again_exactly(session, scene, buses, facilitator, name):
    before = state(session)
    ACTS[name](scene)
    after = state(session)
    assert after != before or name == "set aside what is nowhere"
    here = {"group_id": buses.working_group_id, "actor_id": facilitator.id}
    for _ in range(2):
        undone = undo.last_to_undo(session, **here)
        undo.reverse(session, action=undone, actor=by(facilitator))
        assert state(session) == before
        again = undo.last_to_redo(session, **here)
        undo.reverse(session, action=again, actor=by(facilitator))
        assert state(session) == after
    assert read_ledger(session, group_ids=[buses.working_group_id]).closes


@pytest.mark.both_databases("versions of rows")
def test_what_a_colleague_moved_is_not_moved_from_a_page_that_does_not_know_it(
    session, buses, interpreters, said, facilitator, colleague
):
    seen = chosen(buses, said[0])
    moves.move(session, chosen=seen, target=interpreters, actor=by(colleague))
    with pytest.raises(ConflictError) as caught:
        moves.isolate(session, chosen=seen, group_id=buses.working_group_id, actor=by(facilitator))
    assert (caught.value.current, caught.value.author) == ("Des interprètes", "collegue")
    assert excerpt(said[0]) in members(session, interpreters)


def test_an_act_is_undone_once(session, buses, facilitator):
    clusters.accept(session, cluster=buses, title=buses.title, actor=by(facilitator))
    action = act_of(session, buses)
    undo.reverse(session, action=action, actor=by(facilitator))
    session.expire(action)
    with pytest.raises(AlreadyUndoneError):
        undo.reverse(session, action=action, actor=by(facilitator))


@pytest.mark.both_databases("versions of rows")
def test_an_act_that_a_colleague_built_upon_is_not_undone(
    session, buses, interpreters, said, facilitator, colleague
):
    first = moves.move(
        session, chosen=chosen(buses, said[0]), target=interpreters, actor=by(facilitator)
    )
    moves.isolate(
        session,
        chosen=chosen(interpreters, said[0]),
        group_id=buses.working_group_id,
        actor=by(colleague),
    )
    with pytest.raises(ConflictError) as caught:
        undo.reverse(session, action=first, actor=by(facilitator))
    assert caught.value.author == "collegue"


def test_an_act_is_undone_after_a_colleague_acted_elsewhere(
    session, buses, interpreters, said, facilitator, colleague
):
    first = moves.move(
        session, chosen=chosen(buses, said[0]), target=interpreters, actor=by(facilitator)
    )
    moves.isolate(
        session,
        chosen=chosen(buses, said[1]),
        group_id=buses.working_group_id,
        actor=by(colleague),
    )
    undo.reverse(session, action=first, actor=by(colleague))
    assert members(session, buses) == {excerpt(said[0]), excerpt(said[2])}
    assert buses.kept  # the colleague's own act still stands


def test_what_was_withdrawn_since_does_not_come_back_with_an_undo(
    session, buses, interpreters, said, facilitator
):
    action = cluster_edits.merge(
        session, cluster=buses, others=[interpreters], actor=by(facilitator)
    )
    builders.decide(session, said[3], DecisionKind.WITHDRAWN, actor=None)
    undo.reverse(session, action=action, actor=by(facilitator))
    assert members(session, interpreters) == set(map(excerpt, said[4:6]))
    ledger = read_ledger(session, group_ids=[buses.working_group_id])
    assert ledger.closes
    assert ledger.total.outcomes["withdrawn"] == 1


@pytest.mark.both_databases("versions of rows")
def test_undoing_into_a_group_that_a_colleague_dissolved_is_refused(
    session, buses, interpreters, said, facilitator, colleague
):
    action = moves.move(
        session, chosen=chosen(buses, said[0]), target=interpreters, actor=by(facilitator)
    )
    cluster_edits.dissolve(session, cluster=buses, actor=by(colleague))
    with pytest.raises(ConflictError):
        undo.reverse(session, action=action, actor=by(facilitator))


def test_acts_are_undone_from_the_last_to_the_first_and_done_again(
    session, scene, buses, facilitator
):
    here = {"group_id": buses.working_group_id, "actor_id": facilitator.id}
    states = [state(session)]
    for name in ("move", "isolate", "rename"):
        ACTS[name](scene)
        states.append(state(session))
    for expected in reversed(states[:-1]):
        undone = undo.last_to_undo(session, **here)
        undo.reverse(session, action=undone, actor=by(facilitator))
        assert state(session) == expected
    assert undo.last_to_undo(session, **here) is None
    for expected in states[1:]:
        again = undo.last_to_redo(session, **here)
        undo.reverse(session, action=again, actor=by(facilitator))
        assert state(session) == expected
    assert undo.last_to_redo(session, **here) is None


def test_a_new_act_ends_what_may_be_done_again(session, buses, facilitator):
    here = {"group_id": buses.working_group_id, "actor_id": facilitator.id}
    clusters.accept(session, cluster=buses, title=buses.title, actor=by(facilitator))
    undone = undo.last_to_undo(session, **here)
    undo.reverse(session, action=undone, actor=by(facilitator))
    clusters.rename(session, cluster=buses, title="Bus", actor=by(facilitator))
    assert undo.last_to_redo(session, **here) is None


def test_an_item_keeps_its_group_accepted_whatever_is_undone(session, buses, facilitator):
    clusters.accept(session, cluster=buses, title=buses.title, actor=by(facilitator))
    action = act_of(session, buses)
    items.promote(session, cluster=buses, actor=by(facilitator))
    with pytest.raises(FeedsItemError):
        undo.reverse(session, action=action, actor=by(facilitator))


def test_setting_aside_is_undone_after_a_run_that_replaced_the_group(
    session, said, facilitator, buses
):
    action = moves.set_aside(
        session, excerpt=said[0].excerpts[0], actor=by(facilitator), reason="Hors sujet"
    )
    builders.analyse(session)
    session.expire_all()
    assert buses.status is ClusterStatus.DISSOLVED
    undo.reverse(session, action=action, actor=by(facilitator))
    assert said[0].decision.kind is DecisionKind.PUBLISHED
    ledger = read_ledger(session, group_ids=[buses.working_group_id])
    assert ledger.closes
    assert ledger.total.outcomes["pending"] == 1  # it waits for a place


def test_a_later_decision_of_the_desk_is_not_undone_with_the_act(
    session, said, facilitator, colleague, buses
):
    action = moves.set_aside(
        session, excerpt=said[0].excerpts[0], actor=by(facilitator), reason="Hors sujet"
    )
    later = builders.NOW + timedelta(minutes=1)
    for kind in (DecisionKind.PUBLISHED, DecisionKind.SET_ASIDE):
        decision = decisions.Decision(
            kind=kind, now=later, actor_id=colleague.id, reason="Des menaces"
        )
        decisions.decide(session, said[0], decision)
    with pytest.raises(ModeratedSinceError):
        undo.reverse(session, action=action, actor=by(facilitator))
    assert said[0].decision.reason == "Des menaces"


def test_a_decision_of_the_same_instant_is_not_taken_for_that_of_the_act(
    session, said, facilitator, colleague, buses
):
    action = moves.set_aside(
        session, excerpt=said[0].excerpts[0], actor=by(facilitator), reason="Hors sujet"
    )
    for kind in (DecisionKind.PUBLISHED, DecisionKind.SET_ASIDE):  # builders.NOW, as the act
        builders.decide(session, said[0], kind, actor=colleague, reason="Des menaces")
    with pytest.raises(ModeratedSinceError):
        undo.reverse(session, action=action, actor=by(facilitator))
    assert said[0].decision.reason == "Des menaces"
