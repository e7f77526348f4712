"""Reactions to published items, during a window.

A reaction is a contribution to an online consultation of the item's working group: it has a
receipt, is moderated, and takes part in the next analysis.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from webapp.collection import contributions, prompts, workshops
from webapp.collection.contributions import Details
from webapp.collection.models import (
    SHOWN,
    Contribution,
    ModerationDecision,
    Workshop,
    WorkshopKind,
    WorkshopState,
)
from webapp.collection.workshops import WorkshopFields
from webapp.exceptions import DateOrderError, NotFoundError, NotOpenError
from webapp.platform.audit import Actor
from webapp.publishing.models import Reaction, ReactionWindow
from webapp.roadmap.models import RoadmapItem
from webapp.territory.models import WorkingGroup

_TITLE = "Réactions à la feuille de route"
_QUESTION = "Que pensez-vous de cette action ?"


def open_window(
    session: Session,
    *,
    group: WorkingGroup,
    opens_at: datetime | None,
    ends_at: datetime,
    actor: Actor,
) -> Workshop:
    """Open the reaction window of ``group`` between two instants; None means now.

    Creates the consultation of the group, or updates its dates.

    Raises
    ------
    DateOrderError
        If the end is not after the start, or is past.
    """
    start = opens_at or actor.now
    if ends_at <= max(start, actor.now):
        raise DateOrderError
    workshop = _consultation(session, group, actor)
    workshop.starts_at, workshop.ends_at = start, ends_at
    session.flush()
    if not workshop.is_open:
        workshops.set_state(session, code=workshop.code, state=WorkshopState.OPEN, actor=actor)
    details = f"{start.isoformat()} -> {ends_at.isoformat()}"
    workshops.record_act(session, workshop, "window", actor, details)
    return workshop


def close_window(session: Session, *, group: WorkingGroup, actor: Actor) -> None:
    """Close the window early; reactions stay.

    Raises
    ------
    NotOpenError
        If it was never opened.
    TransitionError
        If it is already closed.
    """
    window = find_window(session, group_id=group.id)
    if window is None:
        raise NotOpenError
    workshops.set_state(session, code=window.code, state=WorkshopState.CLOSED, actor=actor)


def list_windows(session: Session) -> dict[int, Workshop]:
    """Return the consultations by working group id."""
    windows = session.scalars(select(ReactionWindow).options(joinedload(ReactionWindow.workshop)))
    return {window.working_group_id: window.workshop for window in windows}


def window_of(session: Session, *, item: RoadmapItem) -> Workshop | None:
    """Return the consultation that receives reactions to ``item``, or None."""
    return find_window(session, group_id=item.working_group_id)


def find_window(session: Session, *, group_id: int) -> Workshop | None:
    """Return the reaction consultation of a working group, or None."""
    window = session.get(ReactionWindow, group_id)
    return window.workshop if window else None


def get_item(session: Session, *, roadmap_id: int, reference: str) -> RoadmapItem:
    """Return the item with this reference.

    Raises
    ------
    NotFoundError
        If there is none.
    """
    item = session.scalar(
        select(RoadmapItem).where(
            RoadmapItem.roadmap_id == roadmap_id, RoadmapItem.reference == reference
        )
    )
    if item is None:
        raise NotFoundError(reference)
    return item


def react(
    session: Session, *, item: RoadmapItem, body: str, key: str, now: datetime, details: Details
) -> Contribution:
    """Record a reaction to ``item``; ``key`` is an idempotency key.

    Raises
    ------
    NotOpenError
        If no window was ever opened.
    WorkshopClosedError
        If the window is not open at ``now``.
    EmptyTextError, TextTooLongError, IdempotencyError, TooFastError
        As :func:`webapp.collection.contributions.submit_contribution`.
    """
    workshop = window_of(session, item=item)
    if workshop is None:
        raise NotOpenError
    contribution = contributions.submit_contribution(
        session, code=workshop.code, body=body, key=key, now=now, details=details
    )
    if session.get(Reaction, contribution.id) is None:
        session.add(Reaction(contribution_id=contribution.id, item_id=item.id))
        session.flush()
    return contribution


def list_shown(session: Session, *, item: RoadmapItem) -> Sequence[Contribution]:
    """Return the shown reactions to ``item``, latest first."""
    return session.scalars(
        select(Contribution)
        .join(Reaction, Reaction.contribution_id == Contribution.id)
        .join(Contribution.decision)
        .options(joinedload(Contribution.decision))
        .where(Reaction.item_id == item.id, ModerationDecision.kind.in_(SHOWN))
        .order_by(Contribution.id.desc())
    ).all()


def _consultation(session: Session, group: WorkingGroup, actor: Actor) -> Workshop:
    """Return the consultation of a group, creating one if there is none or it is archived."""
    window = session.get(ReactionWindow, group.id)
    if window is not None and window.workshop.state is not WorkshopState.ARCHIVED:
        return window.workshop
    fields = WorkshopFields(title=_TITLE, kind=WorkshopKind.CONSULTATION, working_group=group)
    workshop = workshops.create_workshop(session, fields=fields, actor=actor)
    prompts.add_prompt(session, workshop=workshop, question=_QUESTION, actor=actor)
    session.merge(ReactionWindow(working_group_id=group.id, workshop_id=workshop.id))
    session.flush()
    return workshop
