"""What waits for a moderator: by workshop, what came since, and what was decided today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session

from webapp.collection.models import (
    Contribution,
    DecisionKind,
    HeldContribution,
    ModerationDecision,
    Workshop,
)
from webapp.territory.regions import PARIS


@dataclass(frozen=True, slots=True)
class WaitingWorkshop:
    """A workshop with its pending contributions: how many, and the id of the last one."""

    code: str
    title: str
    count: int
    last: int


def by_workshop(session: Session, *, group_id: int) -> Sequence[WaitingWorkshop]:
    """Return the workshops of a working group where contributions are pending, by title.

    Contributions held in a surge are left out: they have their own page.
    """
    rows = session.execute(
        _pending(group_id)
        .with_only_columns(
            Workshop.code, Workshop.title, func.count(Contribution.id), func.max(Contribution.id)
        )
        .group_by(Workshop.id, Workshop.code, Workshop.title)
        .order_by(Workshop.title, Workshop.id)
    )
    return [WaitingWorkshop(*row) for row in rows]


def count_since(session: Session, *, group_id: int, after: int, workshop: str = "") -> int:
    """Return the number of pending contributions that came after the one with this id."""
    query = _pending(group_id).where(Contribution.id > after)
    if workshop:
        query = query.where(Workshop.code == workshop)
    return session.scalar(query.with_only_columns(func.count(Contribution.id))) or 0


def decided_today(session: Session, *, group_id: int, now: datetime) -> dict[DecisionKind, int]:
    """Return the number of contributions by the decision that a moderator took today."""
    since = now.astimezone(PARIS).replace(hour=0, minute=0, second=0, microsecond=0)
    rows = session.execute(
        select(ModerationDecision.kind, func.count())
        .join(ModerationDecision.contribution)
        .join(Contribution.workshop)
        .where(
            Workshop.working_group_id == group_id,
            ModerationDecision.is_current,
            ModerationDecision.actor_id.is_not(None),
            ModerationDecision.decided_at >= since,
        )
        .group_by(ModerationDecision.kind)
    )
    return {kind: count for kind, count in rows}  # noqa: C416 - rows are not pairs to mypy


def _pending(group_id: int) -> Select[int]:
    return (
        select(Contribution.id)
        .join(Contribution.workshop)
        .join(Contribution.decision)
        .where(
            Workshop.working_group_id == group_id,
            ModerationDecision.kind == DecisionKind.PENDING,
            ~exists().where(HeldContribution.contribution_id == Contribution.id),
        )
    )
