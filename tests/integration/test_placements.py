"""Merging, splitting, moving, isolating, dissolving: what stands afterwards, and the way back."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from tests import builders
from webapp.exceptions import (
    ConflictError,
    EmptyTextError,
    FeedsItemError,
    NotFoundError,
    ReasonRequiredError,
    SelectionError,
    TransitionError,
)
from webapp.models import (
    Act,
    Cluster,
    ClusterMember,
    ClusterStatus,
    DecisionKind,
    Placement,
    ReviewAction,
)
from webapp.services import (
    clusters,
    groupings,
    histories,
    items,
    moderation,
    placements,
    reversals,
)
from webapp.services.audit import Actor
from webapp.services.ledger import read_ledger
from webapp.services.placements import Chosen


@pytest.fixture
def facilitator(session):
    return builders.user(session)


@pytest.fixture
def colleague(session, facilitator):
    return builders.user(session, email="collegue@example.org")


@pytest.fixture
def said(session, facilitator):
    builders.workshop(session)
    return [builders.published(session, idea, actor=facilitator) for idea in builders.IDEAS]


@pytest.fixture
def buses(session, said):
    return builders.cluster(session, *said[:3], title="Des bus le dimanche")


@pytest.fixture
def interpreters(session, said):
    return builders.cluster(session, *said[3:6], title="Des interprètes")


def by(user, version=None):
    return Actor(id=user.id, now=builders.NOW, version=version)


def excerpt(contribution):
    return contribution.excerpts[0].id


def chosen(cluster, *contributions, reason=""):
    where = cluster.id if cluster is not None else None
    return Chosen(seen=dict.fromkeys(map(excerpt, contributions), where), reason=reason)


def state(session):
    """Return all that an act may change, to compare exactly."""
    session.expire_all()
    places = {
        m.excerpt_id: (m.cluster_id, m.placed_by, m.confidence, m.position)
        for m in session.scalars(select(ClusterMember))
    }
    groups = {
        c.id: (c.title, c.title_by_human, c.summary, c.summary_by_human, c.status, c.kept)
        for c in session.scalars(select(Cluster).where(Cluster.status != ClusterStatus.DISSOLVED))
    }
    return places, groups


def members(session, cluster):
    session.expire(cluster)
    return {member.excerpt_id for member in clusters.confirmed(cluster)}


def act_of(session, cluster):
    return histories.of_cluster(session, cluster=cluster)[0]


@pytest.fixture
def scene(session, buses, interpreters, said, facilitator):
    return SimpleNamespace(
        session=session,
        buses=buses,
        interpreters=interpreters,
        said=said,
        actor=by(facilitator),
        group_id=buses.working_group_id,
    )


def set_aside(scene, contribution):
    placements.set_aside(
        scene.session,
        excerpt=contribution.excerpts[0],
        actor=scene.actor,
        reason="Hors sujet",
    )


def move(scene, seen, target):
    placements.move(scene.session, chosen=seen, target=target, actor=scene.actor)


ACTS = {
    "rename": lambda on: clusters.rename(on.session, cluster=on.buses, title="Bus", actor=on.actor),
    "summarise": lambda on: clusters.summarise(
        on.session, cluster=on.buses, summary="Un bus", actor=on.actor
    ),
    "accept": lambda on: clusters.accept(on.session, cluster=on.buses, actor=on.actor),
    "merge": lambda on: groupings.merge(
        on.session, cluster=on.buses, others=[on.interpreters], actor=on.actor
    ),
    "split": lambda on: groupings.split(
        on.session,
        cluster=on.buses,
        excerpt_ids={excerpt(on.said[0])},
        title="Hôpital",
        actor=on.actor,
    ),
    "move": lambda on: move(on, chosen(on.interpreters, on.said[3]), on.buses),
    "move all": lambda on: move(on, chosen(on.interpreters, *on.said[3:6]), on.buses),
    "move what is nowhere": lambda on: move(on, chosen(None, on.said[6]), on.buses),
    "move to a new group": lambda on: placements.move_to_new(
        on.session,
        chosen=chosen(on.interpreters, on.said[3]),
        title="Guichet",
        group_id=on.group_id,
        actor=on.actor,
    ),
    "isolate": lambda on: placements.isolate(
        on.session,
        chosen=chosen(on.buses, on.said[0]),
        group_id=on.group_id,
        actor=on.actor,
    ),
    "dissolve": lambda on: groupings.dissolve(on.session, cluster=on.buses, actor=on.actor),
    "set aside": lambda on: set_aside(on, on.said[0]),
    "set aside what is nowhere": lambda on: set_aside(on, on.said[6]),
}


@pytest.mark.parametrize("name", ACTS)
def test_each_act_is_undone_and_done_again_exactly(session, scene, buses, facilitator, name):
    before = state(session)
    ACTS[name](scene)
    after = state(session)
    assert after != before or name == "set aside what is nowhere"
    here = {"group_id": buses.working_group_id, "actor_id": facilitator.id}
    for _ in range(2):
        undone = reversals.last_to_undo(session, **here)
        reversals.reverse(session, action=undone, actor=by(facilitator))
        assert state(session) == before
        again = reversals.last_to_redo(session, **here)
        reversals.reverse(session, action=again, actor=by(facilitator))
        assert state(session) == after
    assert read_ledger(session, group_ids=[buses.working_group_id]).closes


def test_merged_groups_are_one_under_the_title_of_the_first(
    session, buses, interpreters, said, facilitator
):
    groupings.merge(
        session, cluster=buses, others=[interpreters], actor=by(facilitator), reason="Pareil"
    )
    assert members(session, buses) == set(map(excerpt, said[:6]))
    assert (buses.title, interpreters.status) == ("Des bus le dimanche", ClusterStatus.DISSOLVED)
    action = act_of(session, buses)
    assert (action.act, action.before, action.reason) == (Act.MERGE, "Des interprètes", "Pareil")


def test_a_group_that_feeds_an_item_is_merged_into_by_others_only(
    session, buses, interpreters, facilitator
):
    clusters.accept(session, cluster=interpreters, actor=by(facilitator))
    items.promote(session, cluster=interpreters, actor=by(facilitator))
    with pytest.raises(FeedsItemError):
        groupings.merge(session, cluster=buses, others=[interpreters], actor=by(facilitator))
    with pytest.raises(FeedsItemError):
        groupings.dissolve(session, cluster=interpreters, actor=by(facilitator))
    groupings.merge(session, cluster=interpreters, others=[buses], actor=by(facilitator))
    assert len(members(session, interpreters)) == 6


@pytest.mark.parametrize("count", [0, 3])
def test_a_split_leaves_something_on_both_sides(session, buses, said, facilitator, count):
    leaving = set(map(excerpt, said[:count]))
    with pytest.raises(SelectionError):
        groupings.split(
            session, cluster=buses, excerpt_ids=leaving, title="Tout", actor=by(facilitator)
        )


def test_a_new_group_has_a_title(session, buses, said, facilitator):
    with pytest.raises(EmptyTextError):
        groupings.split(
            session,
            cluster=buses,
            excerpt_ids={excerpt(said[0])},
            title=" \u202e",
            actor=by(facilitator),
        )


def test_what_a_colleague_moved_is_not_moved_from_a_page_that_does_not_know_it(
    session, buses, interpreters, said, facilitator, colleague
):
    seen = chosen(buses, said[0])
    placements.move(session, chosen=seen, target=interpreters, actor=by(colleague))
    with pytest.raises(ConflictError) as caught:
        placements.isolate(
            session, chosen=seen, group_id=buses.working_group_id, actor=by(facilitator)
        )
    assert (caught.value.current, caught.value.author) == ("Des interprètes", "collegue")
    assert excerpt(said[0]) in members(session, interpreters)


def test_a_group_that_loses_its_last_member_is_dissolved(
    session, buses, interpreters, said, facilitator
):
    placements.move(
        session, chosen=chosen(buses, *said[:3]), target=interpreters, actor=by(facilitator)
    )
    assert buses.status is ClusterStatus.DISSOLVED
    assert len(members(session, interpreters)) == 6


def test_nothing_is_brought_into_a_group_that_is_no_more(
    session, buses, interpreters, said, facilitator
):
    groupings.dissolve(session, cluster=buses, actor=by(facilitator))
    with pytest.raises(TransitionError):
        placements.move(
            session, chosen=chosen(interpreters, said[3]), target=buses, actor=by(facilitator)
        )


@pytest.mark.parametrize("decision", [DecisionKind.PENDING, DecisionKind.SET_ASIDE])
def test_what_may_not_be_shown_is_not_placed(session, buses, said, facilitator, decision):
    builders.decide(session, said[6], decision, actor=facilitator, reason="Une raison")
    with pytest.raises(NotFoundError):
        placements.move(session, chosen=chosen(None, said[6]), target=buses, actor=by(facilitator))


def test_what_another_working_group_heard_is_not_placed_here(session, buses, facilitator):
    builders.workshop(session, code="GHJKLM", slug=builders.OTHER_GROUP)
    other = builders.published(session, "Un médecin", actor=facilitator, code="GHJKLM")
    with pytest.raises(NotFoundError):
        placements.move(session, chosen=chosen(None, other), target=buses, actor=by(facilitator))


def test_setting_aside_has_a_reason_and_its_author_reads_it(session, buses, said, facilitator):
    with pytest.raises(ReasonRequiredError):
        placements.set_aside(
            session, excerpt=said[0].excerpts[0], actor=by(facilitator), reason=" "
        )
    session.rollback()


def test_an_act_is_undone_once(session, buses, facilitator):
    clusters.accept(session, cluster=buses, actor=by(facilitator))
    action = act_of(session, buses)
    reversals.reverse(session, action=action, actor=by(facilitator))
    session.expire(action)
    with pytest.raises(TransitionError):
        reversals.reverse(session, action=action, actor=by(facilitator))


def test_an_act_that_a_colleague_built_upon_is_not_undone(
    session, buses, interpreters, said, facilitator, colleague
):
    first = placements.move(
        session, chosen=chosen(buses, said[0]), target=interpreters, actor=by(facilitator)
    )
    placements.isolate(
        session,
        chosen=chosen(interpreters, said[0]),
        group_id=buses.working_group_id,
        actor=by(colleague),
    )
    with pytest.raises(ConflictError) as caught:
        reversals.reverse(session, action=first, actor=by(facilitator))
    assert caught.value.author == "collegue"


def test_an_act_is_undone_after_a_colleague_acted_elsewhere(
    session, buses, interpreters, said, facilitator, colleague
):
    first = placements.move(
        session, chosen=chosen(buses, said[0]), target=interpreters, actor=by(facilitator)
    )
    placements.isolate(
        session,
        chosen=chosen(buses, said[1]),
        group_id=buses.working_group_id,
        actor=by(colleague),
    )
    reversals.reverse(session, action=first, actor=by(colleague))
    assert members(session, buses) == {excerpt(said[0]), excerpt(said[2])}
    assert buses.kept  # the colleague's own act still stands


def test_what_was_withdrawn_since_does_not_come_back_with_an_undo(
    session, buses, interpreters, said, facilitator
):
    action = groupings.merge(session, cluster=buses, others=[interpreters], actor=by(facilitator))
    builders.decide(session, said[3], DecisionKind.WITHDRAWN, actor=None)
    reversals.reverse(session, action=action, actor=by(facilitator))
    assert members(session, interpreters) == set(map(excerpt, said[4:6]))
    ledger = read_ledger(session, group_ids=[buses.working_group_id])
    assert ledger.closes
    assert ledger.total.fates["withdrawn"] == 1


def test_undoing_into_a_group_that_a_colleague_dissolved_is_refused(
    session, buses, interpreters, said, facilitator, colleague
):
    action = placements.move(
        session, chosen=chosen(buses, said[0]), target=interpreters, actor=by(facilitator)
    )
    groupings.dissolve(session, cluster=buses, actor=by(colleague))
    with pytest.raises(ConflictError):
        reversals.reverse(session, action=action, actor=by(facilitator))


def test_acts_are_undone_from_the_last_to_the_first_and_done_again(
    session, scene, buses, facilitator
):
    here = {"group_id": buses.working_group_id, "actor_id": facilitator.id}
    states = [state(session)]
    for name in ("move", "isolate", "rename"):
        ACTS[name](scene)
        states.append(state(session))
    for expected in reversed(states[:-1]):
        undone = reversals.last_to_undo(session, **here)
        reversals.reverse(session, action=undone, actor=by(facilitator))
        assert state(session) == expected
    assert reversals.last_to_undo(session, **here) is None
    for expected in states[1:]:
        again = reversals.last_to_redo(session, **here)
        reversals.reverse(session, action=again, actor=by(facilitator))
        assert state(session) == expected
    assert reversals.last_to_redo(session, **here) is None


def test_a_new_act_ends_what_may_be_done_again(session, buses, facilitator):
    here = {"group_id": buses.working_group_id, "actor_id": facilitator.id}
    clusters.accept(session, cluster=buses, actor=by(facilitator))
    undone = reversals.last_to_undo(session, **here)
    reversals.reverse(session, action=undone, actor=by(facilitator))
    clusters.rename(session, cluster=buses, title="Bus", actor=by(facilitator))
    assert reversals.last_to_redo(session, **here) is None


def test_an_item_keeps_its_group_accepted_whatever_is_undone(session, buses, facilitator):
    clusters.accept(session, cluster=buses, actor=by(facilitator))
    action = act_of(session, buses)
    items.promote(session, cluster=buses, actor=by(facilitator))
    with pytest.raises(FeedsItemError):
        reversals.reverse(session, action=action, actor=by(facilitator))


def test_every_act_makes_a_new_version_of_each_group_it_changes(
    session, buses, interpreters, said, facilitator
):
    seen = buses.version, interpreters.version
    for contribution in said[:2]:
        placements.move(
            session, chosen=chosen(buses, contribution), target=interpreters, actor=by(facilitator)
        )
        assert buses.version > seen[0]
        assert interpreters.version > seen[1]
        seen = buses.version, interpreters.version


@pytest.mark.parametrize("table", ["review_move", "review_edit", "review_undo"])
def test_the_database_keeps_what_acts_changed(
    session, buses, interpreters, said, facilitator, table
):
    action = placements.move(
        session, chosen=chosen(buses, *said[:3]), target=interpreters, actor=by(facilitator)
    )
    reversals.reverse(session, action=action, actor=by(facilitator))
    with pytest.raises(DBAPIError, match=f"{table}_no_delete"), session.begin_nested():
        session.execute(text(f"DELETE FROM {table}"))  # noqa: S608 - names of this test
    assert session.scalars(select(ReviewAction.act)).all() == [Act.MOVE, Act.UNDO]


def test_placed_by_says_that_a_person_did_it(session, buses, interpreters, said, facilitator):
    placements.move(
        session, chosen=chosen(buses, said[0]), target=interpreters, actor=by(facilitator)
    )
    member = session.scalars(
        select(ClusterMember).where(ClusterMember.excerpt_id == excerpt(said[0]))
    ).one()
    assert (member.placed_by, member.confidence) == (Placement.HUMAN, 1.0)


def test_setting_aside_is_undone_after_a_run_that_replaced_the_group(
    session, said, facilitator, buses
):
    action = placements.set_aside(
        session, excerpt=said[0].excerpts[0], actor=by(facilitator), reason="Hors sujet"
    )
    builders.analyse(session)
    session.expire_all()
    assert buses.status is ClusterStatus.DISSOLVED
    reversals.reverse(session, action=action, actor=by(facilitator))
    assert said[0].decision.kind is DecisionKind.PUBLISHED
    ledger = read_ledger(session, group_ids=[buses.working_group_id])
    assert ledger.closes
    assert ledger.total.fates["pending"] == 1  # it waits for a place


def test_a_later_decision_of_the_desk_is_not_undone_with_the_act(
    session, said, facilitator, colleague, buses
):
    action = placements.set_aside(
        session, excerpt=said[0].excerpts[0], actor=by(facilitator), reason="Hors sujet"
    )
    later = builders.NOW + timedelta(minutes=1)
    for kind in (DecisionKind.PUBLISHED, DecisionKind.SET_ASIDE):
        decision = moderation.Decision(
            kind=kind, now=later, actor_id=colleague.id, reason="Des menaces"
        )
        moderation.decide(session, said[0], decision)
    with pytest.raises(TransitionError):
        reversals.reverse(session, action=action, actor=by(facilitator))
    assert said[0].decision.reason == "Des menaces"


def test_the_last_member_of_what_an_item_answers_stays(session, said, facilitator, interpreters):
    clusters.accept(session, cluster=interpreters, actor=by(facilitator))
    items.promote(session, cluster=interpreters, actor=by(facilitator))
    with pytest.raises(FeedsItemError):
        placements.isolate(
            session,
            chosen=chosen(interpreters, *said[3:6]),
            group_id=interpreters.working_group_id,
            actor=by(facilitator),
        )


def test_a_group_whose_last_member_is_set_aside_is_dissolved_and_comes_back(
    session, said, facilitator
):
    alone = builders.cluster(session, said[6], title="Une laverie")
    before = state(session)
    action = placements.set_aside(
        session, excerpt=said[6].excerpts[0], actor=by(facilitator), reason="Hors sujet"
    )
    assert alone.status is ClusterStatus.DISSOLVED
    reversals.reverse(session, action=action, actor=by(facilitator))
    assert state(session) == before
