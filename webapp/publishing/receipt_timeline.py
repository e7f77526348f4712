"""Timeline of a contribution, from its receipt to the roadmap items it feeds."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from webapp.collection.models import Contribution, DecisionKind, Excerpt, ModerationDecision
from webapp.publishing import snapshots
from webapp.publishing.models import RoadmapVersion
from webapp.review.models import Act, Cluster, ClusterMember, ClusterStatus, Placement, ReviewAction
from webapp.roadmap import indicators
from webapp.roadmap.models import ItemSource, ItemStatus, RoadmapItem


class StepKind(StrEnum):
    """Kinds of steps, in order."""

    RECEIVED = "received"
    DECIDED = "decided"
    GROUPED = "grouped"
    PROMOTED = "promoted"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step: reached at ``at``, or pending when ``at`` is None and ``done`` is false.

    ``reached`` names the indicators that met their target when the item was done.
    """

    kind: StepKind
    done: bool
    at: datetime | None = None
    state: str = ""
    title: str = ""
    reason: str = ""
    reference: str = ""
    reached: tuple[str, ...] = ()


def trace(session: Session, *, contribution: Contribution) -> tuple[Step, ...]:
    """Return the steps of ``contribution``, with the next ones."""
    decision = contribution.decision
    received = Step(kind=StepKind.RECEIVED, done=True, at=contribution.submitted_at)
    decided = Step(
        kind=StepKind.DECIDED,
        done=decision.kind is not DecisionKind.PENDING,
        at=None if decision.kind is DecisionKind.PENDING else decision.decided_at,
        state="taken_back" if _by_staff(decision) else decision.kind,
        reason=decision.reason,
    )
    if decision.kind in {DecisionKind.SET_ASIDE, DecisionKind.WITHDRAWN}:
        return received, decided
    member = member_of(session, contribution=contribution)
    cluster = member.cluster if member else None
    sources = items_of(session, contribution=contribution, cluster=cluster)
    return received, decided, _grouped(session, member), *_item_steps(session, sources)


def _by_staff(decision: ModerationDecision) -> bool:
    return decision.kind is DecisionKind.WITHDRAWN and decision.actor_id is not None


def member_of(session: Session, *, contribution: Contribution) -> ClusterMember | None:
    """Return the first placement of a contribution, preferably in a cluster."""
    return session.scalar(
        select(ClusterMember)
        .join(ClusterMember.excerpt)
        .where(
            Excerpt.contribution_id == contribution.id,
            ClusterMember.placed_by != Placement.SUGGESTED,
        )
        .order_by(ClusterMember.cluster_id.is_(None))
        .limit(1)
    )


def _grouped(session: Session, member: ClusterMember | None) -> Step:
    if member is None:
        return Step(kind=StepKind.GROUPED, done=False)
    cluster = member.cluster
    if cluster is None:
        return Step(kind=StepKind.GROUPED, done=True, state="isolated")
    accepted_at = session.scalar(
        select(ReviewAction.done_at)
        .where(ReviewAction.cluster_id == cluster.id, ReviewAction.act == Act.ACCEPT)
        .order_by(ReviewAction.id.desc())
        .limit(1)
    )
    accepted = cluster.status is ClusterStatus.ACCEPTED
    proposed_at = cluster.run.finished_at if cluster.run else None
    at = accepted_at if accepted else proposed_at
    return Step(kind=StepKind.GROUPED, done=True, at=at, state=cluster.status, title=cluster.title)


def items_of(
    session: Session, *, contribution: Contribution, cluster: Cluster | None
) -> list[RoadmapItem]:
    """Return the items fed by a contribution, directly or through its cluster."""
    excerpts = select(Excerpt.id).where(Excerpt.contribution_id == contribution.id)
    answers: list[ColumnElement[bool]] = [ItemSource.excerpt_id.in_(excerpts)]
    if cluster is not None:
        answers.append(ItemSource.cluster_id == cluster.id)
    return list(
        session.scalars(
            select(RoadmapItem)
            .join(ItemSource)
            .where(or_(*answers))
            .order_by(RoadmapItem.id)
            .distinct()
        )
    )


def _item_steps(session: Session, items: list[RoadmapItem]) -> tuple[Step, ...]:
    if not items:
        return Step(kind=StepKind.PROMOTED, done=False), Step(kind=StepKind.PUBLISHED, done=False)
    return tuple(step for item in items for step in _steps_of(session, item))


def _steps_of(session: Session, item: RoadmapItem) -> tuple[Step, ...]:
    """Return the status changes and the publication of the item, oldest first."""
    moves = [
        Step(
            kind=StepKind.PROMOTED,
            done=True,
            at=move.done_at,
            state=move.target,
            title=item.title,
            reference=item.reference,
            reason=move.reason,
            reached=_reached(item) if move.target is ItemStatus.DONE else (),
        )
        for move in item.transitions
    ]
    version = _first_version(session, item)
    if version is None:
        return *moves, Step(kind=StepKind.PUBLISHED, done=False, reference=item.reference)
    published = Step(
        kind=StepKind.PUBLISHED,
        done=True,
        at=version.published_at,
        title=str(version.number),
        reference=item.reference,
    )
    before = [move for move in moves if move.at and move.at <= version.published_at]
    return *before, published, *moves[len(before) :]


def _reached(item: RoadmapItem) -> tuple[str, ...]:
    """Return the names of the indicators that met their target."""
    return tuple(found.name for found in item.indicators if indicators.is_reached(found))


def _first_version(session: Session, item: RoadmapItem) -> RoadmapVersion | None:
    versions = session.scalars(
        select(RoadmapVersion)
        .where(RoadmapVersion.roadmap_id == item.roadmap_id, ~RoadmapVersion.withdrawal.has())
        .order_by(RoadmapVersion.number)
    )
    return next((v for v in versions if item.reference in snapshots.published_references(v)), None)
