"""The ledger: received contributions and their outcomes, by workshop."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Row, case, func, select
from sqlalchemy.orm import Session

from webapp.collection.models import (
    Contribution,
    DecisionKind,
    Excerpt,
    ModerationDecision,
    Workshop,
)
from webapp.review.models import ClusterMember, Placement

OUTCOMES = ("grouped", "isolated", "set_aside", "withdrawn", "pending")


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """Counts of outcomes for the contributions of one workshop."""

    code: str
    title: str
    received: int
    outcomes: dict[str, int] = field(default_factory=dict)

    @property
    def closes(self) -> bool:
        """Whether every contribution has exactly one outcome."""
        return self.received == sum(self.outcomes.values())


@dataclass(frozen=True, slots=True)
class Ledger:
    """The lines of a working group's workshops."""

    lines: tuple[LedgerLine, ...]

    @property
    def total(self) -> LedgerLine:
        """The sum of the lines."""
        return LedgerLine(
            code="",
            title="",
            received=sum(line.received for line in self.lines),
            outcomes={
                outcome: sum(line.outcomes[outcome] for line in self.lines) for outcome in OUTCOMES
            },
        )

    @property
    def closes(self) -> bool:
        """Whether every line closes."""
        return all(line.closes for line in self.lines)


def read_ledger(session: Session, *, group_ids: Iterable[int]) -> Ledger:
    """Count received contributions and their outcomes, by workshop.

    Received contributions are counted independently of the outcomes, so that a contribution
    without decision or counted twice makes the ledger fail to close.
    """
    ids = list(group_ids)
    outcomes = _outcomes(session, ids)
    return Ledger(
        tuple(
            LedgerLine(
                code=row.code,
                title=row.title,
                received=row.received,
                outcomes={outcome: outcomes.get((row.id, outcome), 0) for outcome in OUTCOMES},
            )
            for row in _received(session, ids)
        )
    )


def read_line(session: Session, *, workshop: Workshop) -> LedgerLine:
    """Return the ledger line of one workshop."""
    ledger = read_ledger(session, group_ids=[workshop.working_group_id])
    return next(line for line in ledger.lines if line.code == workshop.code)


def _received(session: Session, group_ids: list[int]) -> Sequence[Row[int, str, str, int]]:
    return session.execute(
        select(
            Workshop.id,
            Workshop.code,
            Workshop.title,
            func.count(Contribution.id).label("received"),
        )
        .outerjoin(Contribution, Contribution.workshop_id == Workshop.id)
        .where(Workshop.working_group_id.in_(group_ids))
        .group_by(Workshop.id, Workshop.code, Workshop.title)
        .order_by(Workshop.id)
    ).all()


def _outcomes(session: Session, group_ids: list[int]) -> dict[tuple[int, str], int]:
    placed = (
        select(
            Excerpt.contribution_id,
            func.max(
                case(
                    (ClusterMember.placed_by == Placement.SUGGESTED, 0),
                    (ClusterMember.cluster_id.is_(None), 1),
                    else_=2,
                )
            ).label("place"),
        )
        .join(ClusterMember, ClusterMember.excerpt_id == Excerpt.id)
        .where(ClusterMember.working_group_id.in_(group_ids))
        .group_by(Excerpt.contribution_id)
        .subquery()
    )
    kind = ModerationDecision.kind
    outcome = case(
        (kind == DecisionKind.WITHDRAWN, "withdrawn"),
        (kind == DecisionKind.SET_ASIDE, "set_aside"),
        (kind == DecisionKind.PENDING, "pending"),
        (placed.c.place == 2, "grouped"),  # noqa: PLR2004 - the rank given above
        (placed.c.place == 1, "isolated"),
        else_="pending",
    )
    rows = session.execute(
        select(Contribution.workshop_id, outcome, func.count())
        .join(Contribution.workshop)
        .join(ModerationDecision, ModerationDecision.contribution_id == Contribution.id)
        .outerjoin(placed, placed.c.contribution_id == Contribution.id)
        .where(Workshop.working_group_id.in_(group_ids), ModerationDecision.is_current)
        .group_by(Contribution.workshop_id, outcome)
    )
    return {(workshop_id, name): count for workshop_id, name, count in rows}
