"""Workshops: finding them by the code of their poster, opening and closing them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from webapp.collection import devices
from webapp.collection.models import (
    NEXT_STATES,
    Conference,
    Contribution,
    DecisionKind,
    ModerationDecision,
    Workshop,
    WorkshopKind,
    WorkshopState,
)
from webapp.exceptions import EmptyTextError, NotFoundError, TransitionError, WorkshopHeardError
from webapp.platform import audit, text_cleaning, tokens
from webapp.platform.audit import Actor
from webapp.territory.models import WorkingGroup

MAX_TIMER_MINUTES = 180
MAX_SUPPORT_POINTS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkshopFields:
    """What is said of a workshop before it opens."""

    title: str
    kind: WorkshopKind
    working_group: WorkingGroup
    conference: Conference | None = None
    room: str = ""
    organisation: str = ""
    contact: str = ""
    presentation: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None


def get_workshop(session: Session, *, code: str) -> Workshop:
    """Return the workshop whose poster says ``code``, however it was typed.

    Raises
    ------
    NotFoundError
        If no workshop that people may know of has this code.
    """
    workshop = session.scalar(
        select(Workshop)
        .options(selectinload(Workshop.prompts), selectinload(Workshop.working_group))
        .where(Workshop.code == tokens.read_code(code))
    )
    if workshop is None:
        raise NotFoundError(code)
    return workshop


def list_workshops(
    session: Session, *, group_ids: Sequence[int] | None = None
) -> Sequence[Workshop]:
    """Return the workshops of some groups (all when None), ateliers first, in order of time."""
    query = select(Workshop).options(
        selectinload(Workshop.prompts), selectinload(Workshop.working_group)
    )
    if group_ids is not None:
        query = query.where(Workshop.working_group_id.in_(group_ids))
    is_stand = Workshop.kind == WorkshopKind.STAND
    return session.scalars(query.order_by(is_stand, Workshop.starts_at, Workshop.id)).all()


def create_workshop(
    session: Session,
    *,
    fields: WorkshopFields,
    actor: Actor,
) -> Workshop:
    """Make a workshop with a new code, still in preparation.

    Raises
    ------
    EmptyTextError
        If it has no title.
    """
    known = set(session.scalars(select(Workshop.code)))
    code = next(code for code in iter(tokens.new_code, "") if code not in known)
    workshop = Workshop(code=code)
    _fill(workshop, fields)
    session.add(workshop)
    session.flush()
    record_act(session, workshop, "create", actor)
    return workshop


def save_workshop(
    session: Session, *, workshop: Workshop, fields: WorkshopFields, actor: Actor
) -> None:
    """Change what is said of a workshop; its code, on posters already, stays.

    Its working group stays too once it has received something: the groups, the history and the
    items made of what was said are there, where a masking and an erasure look for its words.

    Raises
    ------
    EmptyTextError
        If it has no title.
    WorkshopHeardError
        If its working group would change though it has received contributions.
    """
    moved = fields.working_group.id != workshop.working_group_id
    heard = select(Contribution.id).where(Contribution.workshop_id == workshop.id).limit(1)
    if moved and session.scalar(heard) is not None:
        raise WorkshopHeardError
    _fill(workshop, fields)
    session.flush()
    record_act(session, workshop, "save", actor)


def set_timer(session: Session, *, workshop: Workshop, minutes: int, actor: Actor) -> None:
    """Show on phones and on the wall how long is left; 0 stops the timer."""
    kept = min(max(minutes, 0), MAX_TIMER_MINUTES)
    workshop.timer_ends_at = actor.now + timedelta(minutes=kept) if kept else None
    session.flush()
    record_act(session, workshop, "timer", actor, str(kept))


def set_wall(session: Session, *, workshop: Workshop, revealed: bool, actor: Actor) -> None:
    """Show the ideas on the wall, or keep them for later: people think alone first."""
    workshop.wall_revealed = revealed
    session.flush()
    record_act(session, workshop, "wall", actor, "shown" if revealed else "hidden")


def set_support(session: Session, *, workshop: Workshop, points: int, actor: Actor) -> None:
    """Give each device ``points`` support points; 0 closes the vote and keeps what was given."""
    workshop.support_points = min(max(points, 0), MAX_SUPPORT_POINTS)
    session.flush()
    record_act(session, workshop, "support", actor, str(workshop.support_points))


def set_state(session: Session, *, code: str, state: WorkshopState, actor: Actor) -> Workshop:
    """Move a workshop to its next state.

    Raises
    ------
    TransitionError
        If ``state`` cannot follow the present one.
    """
    workshop = get_workshop(session, code=code)
    if state not in NEXT_STATES[workshop.state]:
        raise TransitionError(workshop.state, state)
    details = f"{workshop.state} -> {state}"
    workshop.state = state
    if state is WorkshopState.ARCHIVED:
        devices.forget(session, workshops=[workshop])
    record_act(session, workshop, "state", actor, details)
    return workshop


def record_act(
    session: Session, workshop: Workshop, act: str, actor: Actor, details: str = ""
) -> None:
    """Write in the journal what somebody did to a workshop."""
    subject = f"workshop:{workshop.code}"
    audit.record_act(session, actor, f"workshop.{act}", subject, details)


def count_contributions(session: Session) -> dict[int, tuple[int, int]]:
    """Return, by workshop id, how many contributions came and how many wait for moderation."""
    pending = ModerationDecision.kind == DecisionKind.PENDING
    rows = session.execute(
        select(
            Contribution.workshop_id,
            func.count(),
            func.count().filter(pending),
        )
        .join(
            ModerationDecision,
            (ModerationDecision.contribution_id == Contribution.id) & ModerationDecision.is_current,
        )
        .group_by(Contribution.workshop_id)
    )
    return {workshop_id: (received, waiting) for workshop_id, received, waiting in rows}


def _fill(workshop: Workshop, fields: WorkshopFields) -> None:
    title = " ".join(text_cleaning.clean(fields.title).split())
    if not title:
        raise EmptyTextError
    workshop.title, workshop.kind = title, fields.kind
    workshop.working_group, workshop.conference = fields.working_group, fields.conference
    workshop.room = text_cleaning.clean(fields.room)
    workshop.organisation = text_cleaning.clean(fields.organisation)
    workshop.contact = text_cleaning.clean(fields.contact)
    workshop.presentation = text_cleaning.clean(fields.presentation)
    workshop.starts_at, workshop.ends_at = fields.starts_at, fields.ends_at
