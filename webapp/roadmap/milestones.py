"""Milestones of an item and their completion."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from webapp.exceptions import DateOrderError, EmptyTextError
from webapp.platform.audit import Actor
from webapp.platform.text_cleaning import clean
from webapp.roadmap import items
from webapp.roadmap.models import Milestone, RoadmapItem


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneFields:
    """Fields of a milestone."""

    title: str
    due_date: date


def add_milestone(
    session: Session, *, item: RoadmapItem, fields: MilestoneFields, actor: Actor
) -> Milestone:
    """Add a milestone to an item.

    Raises
    ------
    EmptyTextError
        If the title is empty.
    DateOrderError
        If it is due after the item.
    """
    title = " ".join(clean(fields.title).split())
    if not title:
        raise EmptyTextError
    if item.due_date and fields.due_date > item.due_date:
        raise DateOrderError
    milestone = Milestone(title=title, due_date=fields.due_date)
    item.milestones.append(milestone)
    items.record_part(session, item, "milestone.add", actor)
    return milestone


def complete(session: Session, *, milestone: Milestone, on: date | None, actor: Actor) -> None:
    """Set the completion date of a milestone, or clear it when None.

    Raises
    ------
    DateOrderError
        If the date is in the future.
    """
    if on and on > actor.now.date():
        raise DateOrderError
    milestone.done_on = on
    items.record_part(
        session, milestone.item, "milestone.complete" if on else "milestone.reopen", actor
    )


def remove_milestone(session: Session, *, milestone: Milestone, actor: Actor) -> None:
    """Remove a milestone."""
    item = milestone.item
    item.milestones.remove(milestone)
    items.record_part(session, item, "milestone.remove", actor)


def state(milestone: Milestone, today: date) -> str:
    """Return « done », « late » or « due »."""
    if milestone.done_on:
        return "done"
    return "late" if milestone.due_date < today else "due"
