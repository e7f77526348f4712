"""Queries on the review actions in effect, that is, not undone."""

from collections.abc import Sequence

from sqlalchemy import Select, exists, or_, select, union
from sqlalchemy.orm import Session

from webapp.platform.text_cleaning import ERASED
from webapp.review.models import (
    Act,
    Cluster,
    ClusterStatus,
    EditedField,
    Placement,
    ReviewAction,
    ReviewEdit,
    ReviewMove,
    ReviewUndo,
)
from webapp.roadmap.models import ItemSource

UNDONE_IDS = select(ReviewUndo.undone_id)
# Columns written by people: a cluster with such text is kept by later runs.
_WORDS = (EditedField.TITLE, EditedField.SUMMARY)


def last_undoable(group_id: int, actor_id: int) -> Select[ReviewAction]:
    """Return the query of a person's last action that is in effect and may be undone."""
    feeds_item = exists().where(ItemSource.cluster_id == ReviewAction.cluster_id)
    return (
        select(ReviewAction)
        .where(
            ReviewAction.working_group_id == group_id,
            ReviewAction.actor_id == actor_id,
            ReviewAction.act != Act.PROMOTE,
            ReviewAction.id.not_in(UNDONE_IDS),
            # Skip the acceptance of a cluster that feeds an item: it cannot be undone.
            ~((ReviewAction.act == Act.ACCEPT) & feeds_item),
            or_(
                ReviewAction.moves.any(),
                ReviewAction.edits.any(),
                ReviewAction.excerpt_id.is_not(None) & (ReviewAction.act != Act.ATTACH),
            ),
        )
        .order_by(ReviewAction.id.desc())
        .limit(1)
    )


def kept_ids(
    session: Session, clusters: Sequence[Cluster], *, without: ReviewAction
) -> frozenset[int]:
    """Return the ids of the clusters that other actions in effect gave text or members.

    ``clusters`` are those that the action ``without`` changed.
    """
    ids = [cluster.id for cluster in clusters]
    others = (
        ReviewAction.working_group_id == without.working_group_id,
        ReviewAction.id != without.id,
        ReviewAction.act != Act.UNDO,
        ReviewAction.id.not_in(UNDONE_IDS),
    )
    kept_text = (ReviewEdit.after != "") & ~ReviewEdit.after.contains(ERASED)
    # SET_ASIDE redacts titles and summaries; it writes no text of a person.
    writes = ReviewAction.act.not_in([Act.SET_ASIDE, Act.REDO])
    written = (
        select(ReviewEdit.cluster_id)
        .join(ReviewEdit.action)
        .where(*others, ReviewEdit.cluster_id.in_(ids), ReviewEdit.field.in_(_WORDS))
        .where(or_(writes, kept_text))
    )
    placed = [
        select(column)
        .join(ReviewMove.action)
        .where(*others, column.in_(ids), ReviewMove.after_placed_by == Placement.HUMAN)
        for column in (ReviewMove.before_cluster_id, ReviewMove.after_cluster_id)
    ]
    return frozenset(session.scalars(union(written, *placed)))


def is_kept_by(undo: ReviewAction, cluster: Cluster, *, root: ReviewAction) -> bool:
    """Whether what ``undo`` reverted had given the cluster text or members.

    ``root`` is the original action: text that it wrote in place of an erasure marker was not
    reverted, since a marker is never restored.
    """
    placed = any(
        move.before_placed_by is Placement.HUMAN
        and cluster.id in {move.before_cluster_id, move.after_cluster_id}
        for move in undo.moves
    )
    kept_text = [
        *((e, e.before) for e in undo.edits),
        *((e, e.after) for e in root.edits if e.before == ERASED),
    ]
    return placed or any(
        e.cluster_id == cluster.id and e.field in _WORDS and text and ERASED not in text
        for e, text in kept_text
    )


# The clusters that people made: a run makes its own without an action.
MADE_BY_PEOPLE = (
    select(ReviewEdit.cluster_id)
    .join(ReviewEdit.action)
    .where(
        ReviewEdit.field == EditedField.STATUS,
        ReviewEdit.before == ClusterStatus.DISSOLVED.value,
        ReviewAction.act.in_([Act.MOVE, Act.SPLIT]),
    )
)


def is_made_by_person(session: Session, cluster: Cluster) -> bool:
    """Whether a person made the cluster, by moving or splitting excerpts."""
    query = MADE_BY_PEOPLE.where(ReviewEdit.cluster_id == cluster.id)
    return session.scalar(query.limit(1)) is not None


def is_dissolved(session: Session, cluster: Cluster) -> bool:
    """Whether an action in effect (and not a run) dissolved the cluster."""
    dissolves = (
        (ReviewEdit.cluster_id == cluster.id)
        & (ReviewEdit.field == EditedField.STATUS)
        & (ReviewEdit.after == ClusterStatus.DISSOLVED.value)
    )
    acts = select(ReviewAction.id).where(
        ReviewAction.act != Act.UNDO,
        ReviewAction.id.not_in(UNDONE_IDS),
        ReviewAction.edits.any(dissolves),
    )
    return session.scalar(acts.limit(1)) is not None
