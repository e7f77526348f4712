"""Where acts put members: what moves, what may not, and what is written of it."""

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from tests import builders
from tests.integration import placing
from tests.integration.placing import act_of, by, chosen, excerpt, members, state
from tests.nonempty import some
from webapp.collection.models import DecisionKind
from webapp.exceptions import (
    ClusterDissolvedError,
    EmptyTextError,
    FeedsItemError,
    NotFoundError,
    ReasonRequiredError,
    SelectionError,
)
from webapp.review import cluster_edits, clusters, moves, undo
from webapp.review.models import Act, ClusterMember, ClusterStatus, Placement, ReviewAction
from webapp.roadmap import items

facilitator = placing.facilitator
colleague = placing.colleague
said = placing.said
buses = placing.buses
interpreters = placing.interpreters
scene = placing.scene


def test_merged_groups_are_one_under_the_title_of_the_first(
    session, buses, interpreters, said, facilitator
):
    cluster_edits.merge(
        session, cluster=buses, others=[interpreters], actor=by(facilitator), reason="Pareil"
    )
    assert members(session, buses) == set(map(excerpt, said[:6]))
    assert (buses.title, interpreters.status) == ("Des bus le dimanche", ClusterStatus.DISSOLVED)
    action = act_of(session, buses)
    assert (action.act, action.before, action.reason) == (Act.MERGE, "Des interprètes", "Pareil")


def test_a_group_that_feeds_an_item_is_merged_into_by_others_only(
    session, buses, interpreters, facilitator
):
    clusters.accept(session, cluster=interpreters, title=interpreters.title, actor=by(facilitator))
    items.promote(session, cluster=interpreters, actor=by(facilitator))
    with pytest.raises(FeedsItemError):
        cluster_edits.merge(session, cluster=buses, others=[interpreters], actor=by(facilitator))
    with pytest.raises(FeedsItemError):
        cluster_edits.dissolve(session, cluster=interpreters, actor=by(facilitator))
    cluster_edits.merge(session, cluster=interpreters, others=[buses], actor=by(facilitator))
    assert len(members(session, interpreters)) == 6


@pytest.mark.parametrize("count", [0, 3])
def test_a_split_leaves_something_on_both_sides(session, buses, said, facilitator, count):
    leaving = set(map(excerpt, said[:count]))
    with pytest.raises(SelectionError):
        cluster_edits.split(
            session, cluster=buses, excerpt_ids=leaving, title="Tout", actor=by(facilitator)
        )


def test_a_new_group_has_a_title(session, buses, said, facilitator):
    with pytest.raises(EmptyTextError):
        cluster_edits.split(
            session,
            cluster=buses,
            excerpt_ids={excerpt(said[0])},
            title=" \u202e",
            actor=by(facilitator),
        )


def test_a_group_that_loses_its_last_member_is_dissolved(
    session, buses, interpreters, said, facilitator
):
    moves.move(session, chosen=chosen(buses, *said[:3]), target=interpreters, actor=by(facilitator))
    assert buses.status is ClusterStatus.DISSOLVED
    assert len(members(session, interpreters)) == 6


def test_nothing_is_brought_into_a_group_that_is_no_more(
    session, buses, interpreters, said, facilitator
):
    cluster_edits.dissolve(session, cluster=buses, actor=by(facilitator))
    with pytest.raises(ClusterDissolvedError):
        moves.move(
            session, chosen=chosen(interpreters, said[3]), target=buses, actor=by(facilitator)
        )


@pytest.mark.parametrize("decision", [DecisionKind.PENDING, DecisionKind.SET_ASIDE])
def test_what_may_not_be_shown_is_not_placed(session, buses, said, facilitator, decision):
    builders.decide(session, said[6], decision, actor=facilitator, reason="Une raison")
    with pytest.raises(NotFoundError):
        moves.move(session, chosen=chosen(None, said[6]), target=buses, actor=by(facilitator))


def test_what_another_working_group_heard_is_not_placed_here(session, buses, facilitator):
    builders.workshop(session, code="GHJKLM", slug=builders.OTHER_GROUP)
    other = builders.published(session, "Un médecin", actor=facilitator, code="GHJKLM")
    with pytest.raises(NotFoundError):
        moves.move(session, chosen=chosen(None, other), target=buses, actor=by(facilitator))


def test_setting_aside_has_a_reason_and_its_author_reads_it(session, buses, said, facilitator):
    with pytest.raises(ReasonRequiredError):
        moves.set_aside(session, excerpt=said[0].excerpts[0], actor=by(facilitator), reason=" ")
    session.rollback()


def test_every_act_makes_a_new_version_of_each_group_it_changes(
    session, buses, interpreters, said, facilitator
):
    seen = buses.version, interpreters.version
    for contribution in some(said[:2]):
        moves.move(
            session, chosen=chosen(buses, contribution), target=interpreters, actor=by(facilitator)
        )
        assert buses.version > seen[0]
        assert interpreters.version > seen[1]
        seen = buses.version, interpreters.version


@pytest.mark.both_databases("triggers")
@pytest.mark.parametrize("table", ["review_move", "review_edit", "review_undo"])
def test_the_database_keeps_what_acts_changed(
    session, buses, interpreters, said, facilitator, table
):
    action = moves.move(
        session, chosen=chosen(buses, *said[:3]), target=interpreters, actor=by(facilitator)
    )
    undo.reverse(session, action=action, actor=by(facilitator))
    with pytest.raises(DBAPIError, match=f"{table}_no_delete"), session.begin_nested():
        session.execute(text(f"DELETE FROM {table}"))  # noqa: S608 - names of this test
    assert session.scalars(select(ReviewAction.act)).all() == [Act.MOVE, Act.UNDO]


def test_placed_by_says_that_a_person_did_it(session, buses, interpreters, said, facilitator):
    moves.move(session, chosen=chosen(buses, said[0]), target=interpreters, actor=by(facilitator))
    member = session.scalars(
        select(ClusterMember).where(ClusterMember.excerpt_id == excerpt(said[0]))
    ).one()
    assert (member.placed_by, member.confidence) == (Placement.HUMAN, 1.0)


def test_the_last_member_of_what_an_item_answers_stays(session, said, facilitator, interpreters):
    clusters.accept(session, cluster=interpreters, title=interpreters.title, actor=by(facilitator))
    items.promote(session, cluster=interpreters, actor=by(facilitator))
    with pytest.raises(FeedsItemError):
        moves.isolate(
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
    action = moves.set_aside(
        session, excerpt=said[6].excerpts[0], actor=by(facilitator), reason="Hors sujet"
    )
    assert alone.status is ClusterStatus.DISSOLVED
    undo.reverse(session, action=action, actor=by(facilitator))
    assert state(session) == before
