"""Workshops: finding them by the code of their poster, opening and closing them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from webapp.exceptions import NotFoundError, TransitionError
from webapp.models import (
    NEXT_STATES,
    Contribution,
    DecisionKind,
    ModerationDecision,
    WorkingGroup,
    Workshop,
    WorkshopKind,
    WorkshopState,
)
from webapp.services import audit, tokens


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


def set_state(
    session: Session, *, code: str, state: WorkshopState, actor_id: int, now: datetime
) -> Workshop:
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
    audit.record(
        session,
        audit.Line(
            action="workshop.state",
            subject=f"workshop:{workshop.code}",
            at=now,
            actor_id=actor_id,
            details=details,
        ),
    )
    return workshop


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


def get_group(session: Session, *, slug: str) -> WorkingGroup:
    """Return the working group named ``slug``.

    Raises
    ------
    NotFoundError
        If there is none.
    """
    group = session.scalar(select(WorkingGroup).where(WorkingGroup.slug == slug))
    if group is None:
        raise NotFoundError(slug)
    return group


def list_groups(session: Session) -> Sequence[WorkingGroup]:
    """Return the working groups in order of name."""
    return session.scalars(select(WorkingGroup).order_by(WorkingGroup.name)).all()
