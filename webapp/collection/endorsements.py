"""Support points: each device has a fixed number to give to ideas of others."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, joinedload

from webapp.collection import devices
from webapp.collection.models import (
    SHOWN,
    Contribution,
    DeviceMark,
    Endorsement,
    ModerationDecision,
    Workshop,
)
from webapp.exceptions import NoPointLeftError, NotFoundError, NotOpenError


@dataclass(frozen=True, slots=True, kw_only=True)
class Idea:
    """A published idea, its points, and its relation to this device."""

    public_id: str
    words: str
    points: int
    supported: bool
    own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Ballot:
    """The ideas of a workshop, and the points that a device has left."""

    ideas: tuple[Idea, ...]
    left: int


def read_ballot(session: Session, *, workshop: Workshop, token: str) -> Ballot:
    """Return the published ideas of ``workshop``, newest first, and the points left."""
    device = devices.mark_of(workshop, token) if token else None
    points = count_points(session, workshop=workshop)
    given = _given(session, workshop, device)
    own = set(
        session.scalars(
            select(DeviceMark.contribution_id).where(
                DeviceMark.workshop_id == workshop.id, DeviceMark.device == device
            )
        )
    )
    ideas = tuple(
        Idea(
            public_id=idea.public_id,
            words=idea.shown_body or "",
            points=points.get(idea.id, 0),
            supported=idea.id in given,
            own=idea.id in own,
        )
        for idea in list_shown(session, workshop=workshop)
    )
    return Ballot(ideas=ideas, left=max(workshop.support_points - len(given), 0))


def give(session: Session, *, workshop: Workshop, public_id: str, token: str) -> None:
    """Give a point to an idea; idempotent.

    Raises
    ------
    NotFoundError
        If the workshop has no such published idea.
    NotOpenError
        If points are not open, or the device marks of the workshop were purged.
    NoPointLeftError
        If the device has no point left.
    """
    device = devices.mark_of(workshop, token)
    if not workshop.support_points or device is None:
        raise NotOpenError
    idea = _shown_idea(session, workshop, public_id)
    sender = session.get(DeviceMark, idea.id)
    if sender is not None and sender.device == device:
        return  # the page does not offer points for the device's own ideas
    # Row lock on the workshop: two tabs of one phone cannot both spend the last point.
    session.execute(select(Workshop.id).where(Workshop.id == workshop.id).with_for_update())
    given = _given(session, workshop, device)
    if idea.id in given:
        return
    if len(given) >= workshop.support_points:
        raise NoPointLeftError(workshop.support_points)
    point = Endorsement(workshop_id=workshop.id, contribution_id=idea.id, device=device)
    try:
        with session.begin_nested():
            session.add(point)
            session.flush()
    except IntegrityError:
        return  # the same point was given concurrently


def take_back(session: Session, *, workshop: Workshop, public_id: str, token: str) -> None:
    """Take a point back, if it was given."""
    point = session.scalar(
        select(Endorsement)
        .join(Contribution, Contribution.id == Endorsement.contribution_id)
        .where(
            Contribution.public_id == public_id,
            Endorsement.workshop_id == workshop.id,
            Endorsement.device == devices.mark_of(workshop, token),
        )
    )
    if point is not None:
        session.delete(point)
        session.flush()


def count_points(session: Session, *, workshop: Workshop) -> dict[int, int]:
    """Return the points of the ideas of ``workshop``, by contribution id."""
    rows = session.execute(
        select(Endorsement.contribution_id, func.count())
        .where(Endorsement.workshop_id == workshop.id)
        .group_by(Endorsement.contribution_id)
    )
    return {identifier: count for identifier, count in rows}  # noqa: C416 - rows are not pairs to mypy


def list_shown(
    session: Session, *, workshop: Workshop, limit: int | None = None, current: bool = False
) -> Sequence[Contribution]:
    """Return the published or masked contributions of ``workshop``, newest first.

    With ``current``, only those that answer its current question.
    """
    query = (
        select(Contribution)
        .join(Contribution.decision)
        .options(joinedload(Contribution.decision))
        .where(Contribution.workshop_id == workshop.id, ModerationDecision.kind.in_(SHOWN))
    )
    if current:
        query = query.where(answers(workshop))
    return session.scalars(query.order_by(Contribution.id.desc()).limit(limit)).all()


def answers(workshop: Workshop) -> ColumnElement[bool]:
    """Return the condition on contributions that answer the current question, or no question."""
    prompt = workshop.current_prompt
    if prompt is None:
        return true()
    return Contribution.prompt_id.is_(None) | (Contribution.prompt_id == prompt.id)


def _given(session: Session, workshop: Workshop, device: str | None) -> set[int]:
    return set(
        session.scalars(
            select(Endorsement.contribution_id).where(
                Endorsement.workshop_id == workshop.id, Endorsement.device == device
            )
        )
    )


def _shown_idea(session: Session, workshop: Workshop, public_id: str) -> Contribution:
    idea = session.scalar(
        select(Contribution)
        .join(Contribution.decision)
        .where(
            Contribution.workshop_id == workshop.id,
            Contribution.public_id == public_id,
            ModerationDecision.kind.in_(SHOWN),
        )
    )
    if idea is None:
        raise NotFoundError(public_id)
    return idea
