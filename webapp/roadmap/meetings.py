"""Meetings of the steering committee: agenda, decisions, minutes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session, joinedload, selectinload

from webapp.exceptions import (
    ConflictError,
    EmptyTextError,
    ItemNotSubmittedError,
    LocalItemError,
    MeetingAheadError,
    MeetingClosedError,
    NotFoundError,
    PointDecidedError,
    ReasonRequiredError,
    RuleError,
    RulingError,
)
from webapp.platform import audit
from webapp.platform.audit import Actor
from webapp.platform.text_cleaning import clean
from webapp.roadmap import transitions
from webapp.roadmap.models import (
    AgendaPoint,
    Decision,
    ItemStatus,
    MeetingState,
    RoadmapItem,
    SteeringMeeting,
    Verdict,
)
from webapp.territory.models import Roadmap

# Status set by each verdict; a postponed item keeps its status.
OUTCOMES = {
    Verdict.ADOPT: ItemStatus.ADOPTED,
    Verdict.AMEND: ItemStatus.DRAFT,
    Verdict.REFUSE: ItemStatus.ABANDONED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingFields:
    """Date, place, attendance and minutes of a meeting."""

    starts_at: datetime
    place: str = ""
    attendees: str = ""
    minutes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What the committee decides on an item, named by its public identifier.

    ``version`` is that of the item when it was shown.
    """

    item: str
    verdict: Verdict
    reason: str = ""
    version: int | None = None


def list_meetings(session: Session, *, roadmap_id: int) -> Sequence[SteeringMeeting]:
    """Return the meetings of a roadmap, latest first."""
    return session.scalars(
        select(SteeringMeeting)
        .options(selectinload(SteeringMeeting.agenda), selectinload(SteeringMeeting.decisions))
        .where(SteeringMeeting.roadmap_id == roadmap_id)
        .order_by(SteeringMeeting.starts_at.desc(), SteeringMeeting.id.desc())
    ).all()


def get_meeting(session: Session, *, public_id: str) -> SteeringMeeting:
    """Return a meeting by its public identifier.

    Raises
    ------
    NotFoundError
        If there is none.
    """
    found = session.scalar(select(SteeringMeeting).where(SteeringMeeting.public_id == public_id))
    if found is None:
        raise NotFoundError(public_id)
    return found


def plan_meeting(
    session: Session, *, roadmap: Roadmap, fields: MeetingFields, actor: Actor
) -> SteeringMeeting:
    """Create a meeting with every submitted item on its agenda."""
    meeting = SteeringMeeting(roadmap_id=roadmap.id, starts_at=fields.starts_at)
    _write(meeting, fields)
    session.add(meeting)
    session.flush()
    for item in waiting(session, meeting=meeting):
        _append(meeting, AgendaPoint(item_id=item.id))
    session.flush()
    _record(session, meeting, "meeting.plan", actor)
    return meeting


def save_meeting(
    session: Session, *, meeting: SteeringMeeting, fields: MeetingFields, actor: Actor
) -> None:
    """Update the date, place, attendance or minutes; nothing is recorded if nothing changed.

    Raises
    ------
    MeetingClosedError
        If the meeting is closed.
    ConflictError
        If somebody changed the meeting since it was read.
    """
    _check_open(meeting)
    _check_seen(meeting, actor)
    _write(meeting, fields)
    if session.is_modified(meeting):
        session.flush()
        _record(session, meeting, "meeting.save", actor)


def record_meeting(
    session: Session,
    *,
    meeting: SteeringMeeting,
    fields: MeetingFields,
    rulings: Sequence[Ruling],
    actor: Actor,
) -> None:
    """Save a meeting with the decisions made on its items, all of them or none.

    Raises
    ------
    MeetingClosedError, ConflictError
        As :func:`save_meeting`.
    NotFoundError
        If an item is not on the agenda.
    RulingError
        If a decision is refused: it names the item, and its cause is the error of :func:`decide`.
    """
    save_meeting(session, meeting=meeting, fields=fields, actor=actor)
    listed = {point.item.public_id: point.item for point in meeting.agenda if point.item}
    for ruling in rulings:
        if ruling.item not in listed:
            raise NotFoundError(ruling.item)
        _rule(session, meeting, listed[ruling.item], ruling, actor)


def _rule(
    session: Session, meeting: SteeringMeeting, item: RoadmapItem, ruling: Ruling, actor: Actor
) -> None:
    try:
        decide(
            session,
            meeting=meeting,
            item=item,
            verdict=ruling.verdict,
            reason=ruling.reason,
            actor=replace(actor, version=ruling.version),
        )
    except RuleError as error:
        raise RulingError(item.reference, error) from error


def close_meeting(session: Session, *, meeting: SteeringMeeting, actor: Actor) -> None:
    """Close a meeting and freeze its minutes: it can no longer be changed.

    Raises
    ------
    MeetingClosedError
        If it is already closed.
    ConflictError
        If somebody changed the meeting since it was read.
    MeetingAheadError
        If it is still to be held.
    """
    _check_open(meeting)
    _check_seen(meeting, actor)
    if meeting.starts_at > actor.now:
        raise MeetingAheadError
    meeting.state, meeting.closed_at = MeetingState.CLOSED, actor.now
    session.flush()
    _record(session, meeting, "meeting.close", actor)


def waiting(session: Session, *, meeting: SteeringMeeting) -> Sequence[RoadmapItem]:
    """Return the submitted items that are not on the agenda of ``meeting``."""
    there = select(AgendaPoint.item_id).where(
        AgendaPoint.meeting_id == meeting.id, AgendaPoint.item_id.is_not(None)
    )
    return session.scalars(
        select(RoadmapItem)
        .where(
            RoadmapItem.roadmap_id == meeting.roadmap_id,
            RoadmapItem.status == ItemStatus.SUBMITTED,
            RoadmapItem.id.not_in(there),
        )
        .order_by(RoadmapItem.priority, RoadmapItem.reference)
    ).all()


def add_point(
    session: Session,
    *,
    meeting: SteeringMeeting,
    item: RoadmapItem | None = None,
    title: str = "",
    actor: Actor,
) -> None:
    """Append an item or a free subject to the agenda.

    Raises
    ------
    MeetingClosedError
        If the meeting is closed.
    EmptyTextError
        If there is neither item nor subject.
    LocalItemError
        If the item belongs to another roadmap.
    """
    _check_open(meeting)
    if item is not None and item.roadmap_id != meeting.roadmap_id:
        raise LocalItemError
    title = "" if item else " ".join(clean(title).split())
    if item is None and not title:
        raise EmptyTextError
    if item is None or all(point.item_id != item.id for point in meeting.agenda):
        _append(meeting, AgendaPoint(item_id=item.id if item else None, title=title))
    session.flush()
    _record(session, meeting, "meeting.agenda", actor)


def remove_point(
    session: Session, *, meeting: SteeringMeeting, point: AgendaPoint, actor: Actor
) -> None:
    """Remove a point from the agenda.

    Raises
    ------
    MeetingClosedError
        If the minutes are agreed.
    PointDecidedError
        If the committee decided on it.
    """
    _check_open(meeting)
    if any(decision.item_id == point.item_id for decision in meeting.decisions):
        raise PointDecidedError
    meeting.agenda.remove(point)
    session.flush()
    _record(session, meeting, "meeting.agenda", actor)


def decide(
    session: Session,
    *,
    meeting: SteeringMeeting,
    item: RoadmapItem,
    verdict: Verdict,
    reason: str = "",
    actor: Actor,
) -> Decision:
    """Record a decision about an item, and change its status accordingly.

    Every verdict but adoption requires a reason, which the authors of its sources can read.

    Raises
    ------
    MeetingClosedError
        If the meeting is closed.
    ReasonRequiredError
        If a reason is missing.
    ItemNotSubmittedError
        If the item is not before the committee.
    IncompleteItemError, ConflictError
        As :func:`transitions.set_status`.
    """
    _check_open(meeting)
    reason = clean(reason)
    if verdict is not Verdict.ADOPT and not reason:
        raise ReasonRequiredError
    if item.roadmap_id != meeting.roadmap_id:
        raise LocalItemError
    if item.status is not ItemStatus.SUBMITTED:
        raise ItemNotSubmittedError(item.reference)
    if verdict in OUTCOMES:
        status = OUTCOMES[verdict]
        transitions.set_status(session, item=item, status=status, actor=actor, reason=reason)
    if all(point.item_id != item.id for point in meeting.agenda):
        _append(meeting, AgendaPoint(item_id=item.id))
    decision = Decision(
        item_id=item.id,
        verdict=verdict,
        reason=reason,
        decided_at=actor.now,
        decided_by_id=actor.id,
    )
    meeting.decisions.append(decision)
    session.flush()
    audit.record_act(session, actor, f"decision.{verdict}", f"item:{item.reference}")
    return decision


def decisions_of(session: Session, *, item: RoadmapItem) -> Sequence[Decision]:
    """Return the decisions about an item, oldest first."""
    return session.scalars(
        select(Decision)
        .options(joinedload(Decision.meeting))
        .where(Decision.item_id == item.id)
        .order_by(Decision.id)
    ).all()


def previous(session: Session, *, meeting: SteeringMeeting) -> SteeringMeeting | None:
    """Return the meeting before this one."""
    place = tuple_(SteeringMeeting.starts_at, SteeringMeeting.id)
    return session.scalar(
        select(SteeringMeeting)
        .where(
            SteeringMeeting.roadmap_id == meeting.roadmap_id,
            place < (meeting.starts_at, meeting.id),
        )
        .order_by(SteeringMeeting.starts_at.desc(), SteeringMeeting.id.desc())
        .limit(1)
    )


def _append(meeting: SteeringMeeting, point: AgendaPoint) -> None:
    point.position = max((other.position for other in meeting.agenda), default=0) + 1
    meeting.agenda.append(point)


def _check_seen(meeting: SteeringMeeting, actor: Actor) -> None:
    if actor.version is not None and actor.version != meeting.version:
        raise ConflictError(meeting.place)


def _check_open(meeting: SteeringMeeting) -> None:
    if meeting.state is not MeetingState.PLANNED:
        raise MeetingClosedError


def _write(meeting: SteeringMeeting, fields: MeetingFields) -> None:
    meeting.starts_at, meeting.place = fields.starts_at, clean(fields.place)
    meeting.attendees, meeting.minutes = clean(fields.attendees), clean(fields.minutes)


def _record(session: Session, meeting: SteeringMeeting, action: str, actor: Actor) -> None:
    audit.record_act(session, actor, action, f"meeting:{meeting.public_id}")
