"""Progress of a roadmap: late items, and changes between two instants."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session, joinedload

from webapp.roadmap.models import (
    Indicator,
    ItemAmendment,
    ItemStatus,
    ItemTransition,
    Measurement,
    Milestone,
    RoadmapItem,
)

FINAL = frozenset({ItemStatus.DONE, ItemStatus.ABANDONED})
_MOVING = (ItemStatus.ADOPTED, ItemStatus.IN_PROGRESS)


@dataclass(frozen=True, slots=True)
class Changes:
    """Status changes, changes to decided items, measurements, completed milestones."""

    transitions: Sequence[ItemTransition]
    amendments: Sequence[ItemAmendment]
    measurements: Sequence[Measurement]
    milestones: Sequence[Milestone]

    def __bool__(self) -> bool:
        """Whether there is any change."""
        return any((self.transitions, self.amendments, self.measurements, self.milestones))


@dataclass(frozen=True, slots=True)
class Late:
    """Overdue items and milestones."""

    items: Sequence[RoadmapItem]
    milestones: Sequence[Milestone]

    def __bool__(self) -> bool:
        """Whether anything is late."""
        return bool(self.items or self.milestones)


def is_late(item: RoadmapItem, today: date) -> bool:
    """Whether an item is overdue."""
    return item.due_date is not None and item.due_date < today and item.status not in FINAL


def is_milestone_late(milestone: Milestone, item: RoadmapItem, today: date) -> bool:
    """Whether a milestone of an adopted or started item is overdue."""
    return item.status in _MOVING and milestone.done_on is None and milestone.due_date < today


def late_items(today: date) -> ColumnElement[bool]:
    """Return the condition of a query for overdue items, as :func:`is_late` tells them."""
    return and_(RoadmapItem.due_date < today, RoadmapItem.status.not_in(FINAL))


def read_late(session: Session, *, roadmap_id: int, today: date) -> Late:
    """Return the overdue items and milestones of a roadmap, oldest first."""
    late = session.scalars(
        select(RoadmapItem)
        .where(
            RoadmapItem.roadmap_id == roadmap_id,
            late_items(today),
        )
        .order_by(RoadmapItem.due_date, RoadmapItem.reference)
    ).all()
    milestones = session.scalars(
        select(Milestone)
        .join(Milestone.item)
        .options(joinedload(Milestone.item))
        .where(
            RoadmapItem.roadmap_id == roadmap_id,
            RoadmapItem.status.in_(_MOVING),
            Milestone.done_on.is_(None),
            Milestone.due_date < today,
        )
        .order_by(Milestone.due_date, Milestone.id)
    ).all()
    return Late(late, milestones)


def read_changes(session: Session, *, roadmap_id: int, since: datetime, until: datetime) -> Changes:
    """Return the changes of a roadmap in ``(since, until]``, oldest first."""
    transitions = session.scalars(
        select(ItemTransition)
        .join(ItemTransition.item)
        .options(joinedload(ItemTransition.item), joinedload(ItemTransition.actor))
        .where(
            RoadmapItem.roadmap_id == roadmap_id,
            ItemTransition.done_at > since,
            ItemTransition.done_at <= until,
        )
        .order_by(ItemTransition.id)
    ).all()
    amendments = session.scalars(
        select(ItemAmendment)
        .join(ItemAmendment.item)
        .options(joinedload(ItemAmendment.item))
        .where(
            RoadmapItem.roadmap_id == roadmap_id,
            ItemAmendment.done_at > since,
            ItemAmendment.done_at <= until,
        )
        .order_by(ItemAmendment.id)
    ).all()
    measurements = session.scalars(
        select(Measurement)
        .join(Measurement.indicator)
        .join(Indicator.item)
        .options(joinedload(Measurement.indicator).joinedload(Indicator.item))
        .where(
            RoadmapItem.roadmap_id == roadmap_id,
            Measurement.recorded_at > since,
            Measurement.recorded_at <= until,
        )
        .order_by(Measurement.id)
    ).all()
    milestones = session.scalars(
        select(Milestone)
        .join(Milestone.item)
        .options(joinedload(Milestone.item))
        .where(
            RoadmapItem.roadmap_id == roadmap_id,
            Milestone.done_on > since.date(),
            Milestone.done_on <= until.date(),
        )
        .order_by(Milestone.done_on, Milestone.id)
    ).all()
    return Changes(transitions, amendments, measurements, milestones)
