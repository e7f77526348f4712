"""A run taken back whole: what goes, what people did, and the way back."""

import pytest
from sqlalchemy import select

from tests import builders
from tests.integration import placing
from tests.integration.placing import by, chosen, excerpt, members, state
from webapp.exceptions import AnalysisRunningError, ConflictError, RunOverError
from webapp.review import analysis, cluster_edits, clusters, moves, take_back, undo
from webapp.review.analysis.inputs import read_input
from webapp.review.ledger import read_ledger
from webapp.review.models import Act, ClusterMember, ClusterStatus, Placement, RunState

facilitator = placing.facilitator
colleague = placing.colleague
said = placing.said
buses = placing.buses
interpreters = placing.interpreters


@pytest.fixture
def late(session, said, facilitator):
    return builders.published(session, "Un interprète le soir aussi", actor=facilitator)


@pytest.fixture
def run(session, buses, interpreters, said, late):
    """Two proposed groups, an idea that the machine left alone, another one that it suggests."""
    for contribution, cluster, placed_by in (
        (said[6], None, Placement.MACHINE),
        (late, interpreters, Placement.SUGGESTED),
    ):
        session.add(
            ClusterMember(
                working_group_id=buses.working_group_id,
                cluster_id=cluster.id if cluster else None,
                excerpt_id=excerpt(contribution),
                placed_by=placed_by,
                confidence=0.6,
            )
        )
    session.flush()
    session.expire_all()
    return interpreters.run


def extent(session, run):
    return take_back.measure(session, group_id=run.working_group_id)


def test_a_run_is_taken_back_whole_and_comes_back_exactly(session, run, buses, facilitator):
    before, told = state(session), extent(session, run)
    assert (told.groups, told.grouped, told.isolated, told.suggested) == (2, 6, 1, 1)
    assert (told.kept_groups, told.placed_by_people) == (0, 0)
    done = take_back.take_back(session, run=run, actor=by(facilitator))
    assert done.act is Act.TAKE_BACK
    assert len(done.moves) == told.placements == 8
    assert state(session) == ({}, {})
    assert not extent(session, run)
    after = state(session)
    ledger = read_ledger(session, group_ids=[buses.working_group_id])
    assert ledger.closes
    assert ledger.total.outcomes["pending"] == len(builders.IDEAS) + 1
    here = {"group_id": buses.working_group_id, "actor_id": facilitator.id}
    for _ in range(2):
        undo.reverse(session, action=undo.last_to_undo(session, **here), actor=by(facilitator))
        assert state(session) == before
        undo.reverse(session, action=undo.last_to_redo(session, **here), actor=by(facilitator))
        assert state(session) == after


def test_what_people_did_by_hand_stays(session, run, buses, interpreters, said, facilitator):
    clusters.accept(session, cluster=interpreters, title="Interprètes", actor=by(facilitator))
    alone = chosen(None, said[6])
    moves.isolate(session, chosen=alone, group_id=buses.working_group_id, actor=by(facilitator))
    told = extent(session, run)
    assert (told.groups, told.grouped, told.isolated, told.suggested) == (1, 3, 0, 1)
    assert (told.kept_groups, told.placed_by_people) == (1, 1)
    take_back.take_back(session, run=run, actor=by(facilitator))
    session.expire_all()
    assert buses.status is ClusterStatus.DISSOLVED
    assert interpreters.status is ClusterStatus.ACCEPTED
    assert members(session, interpreters) == {excerpt(one) for one in said[3:6]}
    assert clusters.suggested(interpreters) == []
    left = session.scalars(select(ClusterMember).where(ClusterMember.cluster_id.is_(None))).one()
    assert (left.excerpt_id, left.placed_by) == (excerpt(said[6]), Placement.HUMAN)


def test_the_next_run_groups_again_what_was_taken_back(session, run, buses, facilitator):
    group_id, taken = buses.working_group_id, by(facilitator)
    take_back.take_back(session, run=run, actor=taken)
    undone = undo.last_to_undo(session, group_id=group_id, actor_id=facilitator.id)
    undo.reverse(session, action=undone, actor=taken)
    again = undo.last_to_redo(session, group_id=group_id, actor_id=facilitator.id)
    undo.reverse(session, action=again, actor=taken)
    data = read_input(session, group_id=group_id)
    assert (data.kept, data.isolated, data.apart) == ((), (), ())


def test_its_undo_is_refused_once_a_person_placed_one_of_its_contributions(
    session, run, buses, said, facilitator, colleague
):
    done = take_back.take_back(session, run=run, actor=by(facilitator))
    moves.move_to_new(
        session,
        chosen=chosen(None, said[0]),
        title="Bus de nuit",
        group_id=buses.working_group_id,
        actor=by(colleague),
    )
    with pytest.raises(ConflictError) as caught:
        undo.reverse(session, action=done, actor=by(facilitator))
    assert (caught.value.current, caught.value.author) == ("Bus de nuit", "collegue")


@pytest.mark.parametrize("touched", [False, True])
def test_its_undo_after_a_new_run_replaces_what_nobody_touched(
    session, run, said, facilitator, colleague, touched
):
    before = state(session)
    done = take_back.take_back(session, run=run, actor=by(facilitator))
    later = builders.cluster(session, *said[:5], title="Un autre regroupement")
    if touched:
        clusters.accept(session, cluster=later, title="Transports", actor=by(colleague))
        with pytest.raises(ConflictError) as caught:
            undo.reverse(session, action=done, actor=by(facilitator))
        assert (caught.value.current, caught.value.author) == ("Transports", "collegue")
        return
    back = undo.reverse(session, action=done, actor=by(facilitator))
    assert state(session) == before
    assert later.status is ClusterStatus.DISSOLVED
    undo.reverse(session, action=back, actor=by(facilitator))
    assert later.status is ClusterStatus.PROPOSED
    assert members(session, later) == {excerpt(one) for one in said[:5]}


@pytest.mark.parametrize("state", [RunState.QUEUED, RunState.RUNNING, RunState.DONE])
def test_only_the_last_run_is_taken_back(session, run, facilitator, state):
    later = analysis.request_run(
        session,
        group_id=run.working_group_id,
        settings=analysis.Settings(),
        actor_id=facilitator.id,
        now=builders.NOW,
    )
    later.state, later.fingerprint = state, "0"
    session.flush()
    refusal = RunOverError if state is RunState.DONE else AnalysisRunningError
    with pytest.raises(refusal):
        take_back.take_back(session, run=run, actor=by(facilitator))


def test_a_run_is_taken_back_once(session, run, facilitator):
    take_back.take_back(session, run=run, actor=by(facilitator))
    with pytest.raises(RunOverError):
        take_back.take_back(session, run=run, actor=by(facilitator))


def test_a_group_that_a_person_made_and_named_is_accepted(session, buses, said, facilitator):
    made = cluster_edits.split(
        session,
        cluster=buses,
        excerpt_ids={excerpt(said[0])},
        title="Hôpital",
        actor=by(facilitator),
    )
    moved = moves.move_to_new(
        session,
        chosen=chosen(buses, said[1]),
        title="Dimanche",
        group_id=buses.working_group_id,
        actor=by(facilitator),
    )
    assert [one.status for one in (made, moved)] == [ClusterStatus.ACCEPTED] * 2
    assert buses.status is ClusterStatus.PROPOSED
    here = {"group_id": buses.working_group_id, "actor_id": facilitator.id}
    undo.reverse(session, action=undo.last_to_undo(session, **here), actor=by(facilitator))
    assert moved.status is ClusterStatus.DISSOLVED
    undo.reverse(session, action=undo.last_to_redo(session, **here), actor=by(facilitator))
    assert moved.status is ClusterStatus.ACCEPTED


@pytest.mark.parametrize("act", ["rename", "accept"])
def test_a_group_begun_without_a_title_is_accepted_by_its_first_one(
    session, buses, said, facilitator, act
):
    """Its title is not a person's yet: an item would otherwise bear that of the machine."""
    made = moves.start_cluster(
        session,
        chosen=chosen(buses, said[0]),
        group_id=buses.working_group_id,
        actor=by(facilitator),
    )
    assert made.status is ClusterStatus.PROPOSED
    getattr(clusters, act)(session, cluster=made, title="Hôpital", actor=by(facilitator))
    assert (made.status, made.title) == (ClusterStatus.ACCEPTED, "Hôpital")
    here = {"group_id": buses.working_group_id, "actor_id": facilitator.id}
    undo.reverse(session, action=undo.last_to_undo(session, **here), actor=by(facilitator))
    assert (made.status, made.title_by_human) == (ClusterStatus.PROPOSED, False)
    # Reopened by a person, it stays so.
    clusters.accept(session, cluster=made, title="Hôpital", actor=by(facilitator))
    clusters.reopen(session, cluster=made, actor=by(facilitator))
    clusters.rename(session, cluster=made, title="À l’hôpital", actor=by(facilitator))
    assert made.status is ClusterStatus.PROPOSED


def test_naming_a_proposal_of_the_machine_does_not_accept_it(session, buses, facilitator):
    clusters.rename(session, cluster=buses, title="Bus", actor=by(facilitator))
    assert buses.status is ClusterStatus.PROPOSED
