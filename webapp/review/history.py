"""Reads the history of review actions on clusters and contributions."""

from collections.abc import Sequence

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from webapp.collection.models import Contribution
from webapp.exceptions import NotFoundError
from webapp.review.models import Cluster, ReviewAction, ReviewEdit, ReviewMove, ReviewUndo


def get_action(session: Session, *, group_id: int, action_id: int) -> ReviewAction:
    """Return an action of this working group.

    Raises
    ------
    NotFoundError
        If there is none.
    """
    action = session.scalar(
        select(ReviewAction).where(
            ReviewAction.id == action_id, ReviewAction.working_group_id == group_id
        )
    )
    if action is None:
        raise NotFoundError(str(action_id))
    return action


def root_of(session: Session, action: ReviewAction) -> ReviewAction:
    """Return the original action of a chain of undos and redos."""
    while action.undoes is not None:
        action = session.get_one(ReviewAction, action.undoes.undone_id)
    return action


def of_cluster(session: Session, *, cluster: Cluster) -> Sequence[ReviewAction]:
    """Return the actions that changed a cluster, latest first."""
    return session.scalars(
        _with_people()
        .where(
            ReviewAction.working_group_id == cluster.working_group_id,
            or_(
                ReviewAction.cluster_id == cluster.id,
                ReviewAction.edits.any(ReviewEdit.cluster_id == cluster.id),
                ReviewAction.moves.any(ReviewMove.before_cluster_id == cluster.id),
                ReviewAction.moves.any(ReviewMove.after_cluster_id == cluster.id),
            ),
        )
        .order_by(ReviewAction.id.desc())
    ).all()


def of_contribution(session: Session, *, contribution: Contribution) -> Sequence[ReviewAction]:
    """Return the actions that moved or split a contribution, latest first."""
    ids = [passage.id for passage in contribution.excerpts]
    return session.scalars(
        _with_people()
        .where(
            or_(
                ReviewAction.excerpt_id.in_(ids),
                ReviewAction.moves.any(ReviewMove.excerpt_id.in_(ids)),
                ReviewAction.edits.any(ReviewEdit.excerpt_id.in_(ids)),
            )
        )
        .order_by(ReviewAction.id.desc())
    ).all()


def of_others(
    session: Session, *, group_id: int, actor_id: int, after: int, limit: int
) -> Sequence[ReviewAction]:
    """Return the actions of other people after the action ``after``, latest first.

    Open pages poll this every few seconds: moves and edits are not loaded.
    """
    return session.scalars(
        select(ReviewAction)
        .options(joinedload(ReviewAction.actor), joinedload(ReviewAction.cluster))
        .where(
            ReviewAction.working_group_id == group_id,
            ReviewAction.id > after,
            ReviewAction.actor_id != actor_id,
        )
        .order_by(ReviewAction.id.desc())
        .limit(limit)
    ).all()


def latest(session: Session, *, group_id: int, limit: int) -> Sequence[ReviewAction]:
    """Return the last actions of a working group, with their moves and edits."""
    return session.scalars(
        _with_people()
        .where(ReviewAction.working_group_id == group_id)
        .order_by(ReviewAction.id.desc())
        .limit(limit)
    ).all()


def _with_people() -> Select[ReviewAction]:
    below = selectinload(ReviewAction.undoes).selectinload(ReviewUndo.undone)
    return select(ReviewAction).options(
        selectinload(ReviewAction.actor),
        selectinload(ReviewAction.cluster),
        selectinload(ReviewAction.moves),
        selectinload(ReviewAction.edits),
        selectinload(ReviewAction.undone),
        below,
    )
