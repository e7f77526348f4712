"""Cutting a contribution: its passages part, come back together, and never stand twice."""

import pytest
from sqlalchemy import select

from tests import builders
from tests.integration.histories import LONG
from webapp.collection.models import DecisionKind, Excerpt
from webapp.exceptions import ConflictError, NotPublishedError, SelectionError
from webapp.platform.audit import Actor
from webapp.review import excerpt_splits, moves, undo
from webapp.review.ledger import read_ledger
from webapp.review.models import ClusterMember
from webapp.review.moves import Chosen


@pytest.fixture
def facilitator(session):
    builders.workshop(session)
    return builders.user(session)


@pytest.fixture
def said(session, facilitator):
    return builders.published(session, LONG, actor=facilitator)


@pytest.fixture
def group(session, said):
    return builders.cluster(session, said, title="Des bus")


def by(user):
    return Actor(id=user.id, now=builders.NOW)


def cut(session, said, user, *places):
    points = [point.at for point in excerpt_splits.cut_points(said)]
    return excerpt_splits.cut(
        session, contribution=said, at={points[p] for p in places}, actor=by(user)
    )


def live(session, said):
    session.expire_all()
    return [passage for passage in said.excerpts if not passage.dropped]


def words(session, said):
    return [passage.shown_text for passage in live(session, said)]


def test_the_passages_are_the_whole_and_stand_where_it_stood(session, said, group, facilitator):
    cut(session, said, facilitator, 0, 1)
    assert words(session, said) == [
        "Un bus le dimanche.",
        "Et aussi une laverie solidaire.",
        "Ensuite, un interprète à la CAF.",
    ]
    places = session.scalars(select(ClusterMember.cluster_id)).all()
    assert places == [group.id] * 3
    assert read_ledger(session, group_ids=[group.working_group_id]).total.outcomes["grouped"] == 1


@pytest.mark.parametrize(
    ("body", "proposed"),
    [
        (LONG, ["Et aussi une laverie solidaire.", "Ensuite, un interprète à la CAF."]),
        (
            "Première idée : un bus. Deuxième idée : une laverie. C'est tout.",
            ["Deuxième idée : une laverie."],
        ),
        ("On propose : 1) un bus ; 2) une laverie.", ["2) une laverie."]),
        ("On attend une heure sous la pluie. Mettez un abri.", []),
    ],
)
def test_the_machine_proposes_whole_proposals_with_what_announces_them(
    session, facilitator, body, proposed
):
    said = builders.published(session, body, actor=facilitator)
    points = excerpt_splits.cut_points(said)
    assert [point.words for point in points if point.proposed] == proposed
    assert all(body[point.at :].startswith(point.words) for point in points)


@pytest.mark.parametrize("at", [set(), {0}, {len(LONG)}, {10_000}, {-3}])
def test_nowhere_is_no_place_to_cut(session, said, facilitator, at):
    with pytest.raises(SelectionError):
        excerpt_splits.cut(session, contribution=said, at=at, actor=by(facilitator))


def test_what_is_masked_stays_whole(session, said, facilitator):
    masking = {"reason": "Nom", "masked_body": "Un [mot masqué]"}
    builders.decide(session, said, DecisionKind.MASKED, actor=facilitator, **masking)
    assert excerpt_splits.cut_points(said) == ()
    with pytest.raises(NotPublishedError):
        excerpt_splits.cut(session, contribution=said, at={5}, actor=by(facilitator))


def test_masking_joins_the_passages_again(session, said, group, facilitator):
    cut(session, said, facilitator, 0, 1)
    masking = {"reason": "Nom", "masked_body": "Un [mot masqué]"}
    builders.decide(session, said, DecisionKind.MASKED, actor=facilitator, **masking)
    assert words(session, said) == ["Un [mot masqué]"]
    assert len(session.scalars(select(ClusterMember)).all()) == 1


@pytest.mark.both_databases("versions of rows")
def test_a_piece_that_was_placed_since_refuses_the_undo(session, said, group, facilitator):
    action = cut(session, said, facilitator, 0)
    piece = live(session, said)[1]
    chosen = Chosen(seen={piece.id: group.id})
    moves.isolate(session, chosen=chosen, group_id=group.working_group_id, actor=by(facilitator))
    with pytest.raises(ConflictError):
        undo.reverse(session, action=action, actor=by(facilitator))


def test_an_undone_piece_is_in_no_group_even_if_it_stood_nowhere_when_cut(
    session, said, facilitator
):
    action = cut(session, said, facilitator, 0)  # nobody had placed the contribution
    builders.analyse(session)
    session.expire_all()
    undo.reverse(session, action=action, actor=by(facilitator))
    assert words(session, said) == [LONG]
    dropped = select(ClusterMember.id).join(ClusterMember.excerpt).where(Excerpt.dropped)
    assert session.scalars(dropped).all() == []


@pytest.mark.both_databases("versions of rows")
def test_a_cut_that_was_cut_again_is_not_undone_first(session, said, group, facilitator):
    first = cut(session, said, facilitator, 0)
    second = cut(session, said, facilitator, -1)
    with pytest.raises(ConflictError):
        undo.reverse(session, action=first, actor=by(facilitator))
    undo.reverse(session, action=second, actor=by(facilitator))
    undo.reverse(session, action=first, actor=by(facilitator))
    assert words(session, said) == [LONG]
