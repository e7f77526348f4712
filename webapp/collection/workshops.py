"""Workshops: look-up, creation, settings, state transitions."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from webapp.collection import devices
from webapp.collection.models import (
    Conference,
    Contribution,
    DecisionKind,
    ModerationDecision,
    Workshop,
    WorkshopKind,
    WorkshopState,
)
from webapp.exceptions import (
    AmbiguousCodeError,
    EmptyTextError,
    NotFoundError,
    TransitionError,
    WorkshopHeardError,
)
from webapp.platform import audit, text_cleaning, tokens
from webapp.platform.audit import Actor
from webapp.territory.models import WorkingGroup

MAX_TIMER_MINUTES = 180
MAX_SUPPORT_POINTS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkshopFields:
    """Editable fields of a workshop."""

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
    """Return the workshop with this code, normalised.

    Raises
    ------
    NotFoundError
        If there is none.
    """
    found = _with_codes(session, [tokens.read_code(code)])
    if not found:
        raise NotFoundError(code)
    return found[0]


def find_workshop(session: Session, *, typed: str, now: datetime) -> Workshop:
    """Return the workshop whose code a person typed or pasted, look-alikes forgiven.

    A code that exists is taken to the letter; otherwise the workshops whose codes look like it are
    compared, open ones first.

    Raises
    ------
    AmbiguousCodeError
        If several workshops have a code that looks like it.
    NotFoundError
        If none has.
    """
    codes = tokens.codes_in(typed, length=tokens.CODE_LENGTH)
    alike = {spelling for code in codes for spelling in tokens.spellings(code)}
    found = _with_codes(session, codes) or _with_codes(session, alike)
    heard = [workshop for workshop in found if workshop.state_at(now) is WorkshopState.OPEN]
    chosen = heard or found
    if len(chosen) > 1:
        raise AmbiguousCodeError(typed)
    if not chosen:
        raise NotFoundError(typed)
    return chosen[0]


def list_workshops(
    session: Session, *, group_ids: Sequence[int] | None = None
) -> Sequence[Workshop]:
    """Return the workshops of some groups (all if None) by start time, stands last."""
    query = select(Workshop).options(
        selectinload(Workshop.prompts), joinedload(Workshop.working_group, innerjoin=True)
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
    """Create a draft workshop with a new code.

    Raises
    ------
    EmptyTextError
        If it has no title.
    """
    known = session.scalars(select(Workshop.code)).all()
    workshop = Workshop(code=tokens.new_code(known))
    _fill(workshop, fields)
    session.add(workshop)
    session.flush()
    record_act(session, workshop, "create", actor)
    return workshop


def save_workshop(
    session: Session, *, workshop: Workshop, fields: WorkshopFields, actor: Actor
) -> None:
    """Edit a workshop; its code, already printed, does not change.

    Its working group cannot change once it has contributions: masking and erasure look for copies
    of their text in the groups, history and items of that working group.

    Raises
    ------
    EmptyTextError
        If it has no title.
    WorkshopHeardError
        If its working group would change and it has contributions.
    """
    moved = fields.working_group.id != workshop.working_group_id
    received = select(Contribution.id).where(Contribution.workshop_id == workshop.id).limit(1)
    if moved and session.scalar(received) is not None:
        raise WorkshopHeardError
    _fill(workshop, fields)
    session.flush()
    record_act(session, workshop, "save", actor)


def set_timer(session: Session, *, workshop: Workshop, minutes: int, actor: Actor) -> None:
    """Set the countdown shown on phones and on the projector; 0 stops it."""
    clamped = min(max(minutes, 0), MAX_TIMER_MINUTES)
    workshop.timer_ends_at = actor.now + timedelta(minutes=clamped) if clamped else None
    session.flush()
    record_act(session, workshop, "timer", actor, str(clamped))


def extend_timer(session: Session, *, workshop: Workshop, actor: Actor) -> None:
    """Add a minute to the countdown; one that is over, or stopped, starts again with a minute."""
    session.refresh(workshop, with_for_update=True)  # two presses at once are two minutes
    end = max(workshop.timer_ends_at or actor.now, actor.now) + timedelta(minutes=1)
    workshop.timer_ends_at = min(end, actor.now + timedelta(minutes=MAX_TIMER_MINUTES))
    session.flush()
    record_act(session, workshop, "timer", actor, "+1")


def set_wall(session: Session, *, workshop: Workshop, revealed: bool, actor: Actor) -> None:
    """Reveal or hide the ideas on the projector."""
    workshop.wall_revealed = revealed
    session.flush()
    record_act(session, workshop, "wall", actor, "shown" if revealed else "hidden")


def set_support(session: Session, *, workshop: Workshop, points: int, actor: Actor) -> None:
    """Set the support points per device; 0 closes the vote and keeps the given points."""
    workshop.support_points = min(max(points, 0), MAX_SUPPORT_POINTS)
    session.flush()
    record_act(session, workshop, "support", actor, str(workshop.support_points))


def set_state(session: Session, *, code: str, state: WorkshopState, actor: Actor) -> Workshop:
    """Change the state of a workshop.

    Raises
    ------
    TransitionError
        If the transition is not allowed.
    """
    workshop = get_workshop(session, code=code)
    if state not in workshop.next_states:
        raise TransitionError("workshop", workshop.state, state)
    details = f"{workshop.state} -> {state}"
    workshop.state = state
    if state is WorkshopState.ARCHIVED:
        devices.destroy_marks(session, workshops=[workshop])
    record_act(session, workshop, "state", actor, details)
    return workshop


def record_act(
    session: Session, workshop: Workshop, act: str, actor: Actor, details: str = ""
) -> None:
    """Record an action on a workshop in the audit log."""
    subject = f"workshop:{workshop.code}"
    audit.record_act(session, actor, f"workshop.{act}", subject, details)


def count_contributions(
    session: Session, *, workshop: Workshop | None = None
) -> dict[int, tuple[int, int]]:
    """Return the numbers of received and pending contributions, by workshop id."""
    pending = ModerationDecision.kind == DecisionKind.PENDING
    query = (
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
    if workshop is not None:
        query = query.where(Contribution.workshop_id == workshop.id)
    rows = session.execute(query)
    return {workshop_id: (received, waiting) for workshop_id, received, waiting in rows}


def _with_codes(session: Session, codes: Collection[str]) -> Sequence[Workshop]:
    return session.scalars(
        select(Workshop)
        .options(selectinload(Workshop.prompts), joinedload(Workshop.working_group, innerjoin=True))
        .where(Workshop.code.in_(codes))
    ).all()


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
