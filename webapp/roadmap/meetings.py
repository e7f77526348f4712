"""Meetings of the steering committee: agenda, decisions, minutes, what changed in between."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session, joinedload, selectinload

from webapp.exceptions import (
    ConflictError,
    EmptyTextError,
    ItemNotSubmittedError,
    MeetingClosedError,
    NotFoundError,
    PointDecidedError,
    ReasonRequiredError,
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

# What an item becomes; one that is postponed stays as it is.
OUTCOMES = {
    Verdict.ADOPT: ItemStatus.ADOPTED,
    Verdict.AMEND: ItemStatus.DRAFT,
    Verdict.REFUSE: ItemStatus.ABANDONED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingFields:
    """When and where the committee meets, who was there, what was said besides decisions."""

    starts_at: datetime
    place: str = ""
    attendees: str = ""
    minutes: str = ""


def list_meetings(session: Session, *, roadmap_id: int) -> Sequence[SteeringMeeting]:
    """Return the meetings about a roadmap, the last one first."""
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
    """Plan a meeting; every item that waits for the committee is on its agenda."""
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
    """Change when and where, who was there, or the minutes.

    Raises
    ------
    MeetingClosedError
        If the minutes are agreed.
    ConflictError
        If somebody changed the meeting since it was read.
    """
    _check_open(meeting)
    if actor.version is not None and actor.version != meeting.version:
        raise ConflictError(meeting.place)
    _write(meeting, fields)
    session.flush()
    _record(session, meeting, "meeting.save", actor)


def close_meeting(session: Session, *, meeting: SteeringMeeting, actor: Actor) -> None:
    """Agree on the minutes: nothing of this meeting changes any more.

    Raises
    ------
    MeetingClosedError
        If they are agreed already.
    """
    _check_open(meeting)
    meeting.state, meeting.closed_at = MeetingState.CLOSED, actor.now
    session.flush()
    _record(session, meeting, "meeting.close", actor)


def waiting(session: Session, *, meeting: SteeringMeeting) -> Sequence[RoadmapItem]:
    """Return the submitted items that are not on the agenda of ``meeting`` yet."""
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
    """Put an item, or a subject in a few words, at the end of the agenda.

    Raises
    ------
    MeetingClosedError
        If the minutes are agreed.
    EmptyTextError
        If there is neither.
    NotFoundError
        If the item is another roadmap's.
    """
    _check_open(meeting)
    if item is not None and item.roadmap_id != meeting.roadmap_id:
        raise NotFoundError(item.public_id)
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
    """Take a point off the agenda.

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
    """Write down what the committee decided about an item, and have the item follow.

    Adopted, sent back to be amended, postponed or refused: all but the first need a reason, which
    the authors of its sources read.

    Raises
    ------
    MeetingClosedError
        If the minutes are agreed.
    ReasonRequiredError
        If a reason is missing.
    ItemNotSubmittedError
        If the item is not before the committee.
    IncompleteItemError, ConflictError
        As for any change of state.
    """
    _check_open(meeting)
    reason = clean(reason)
    if verdict is not Verdict.ADOPT and not reason:
        raise ReasonRequiredError
    if item.roadmap_id != meeting.roadmap_id:
        raise NotFoundError(item.reference)
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
    """Return what the committee decided about an item, in the order of time."""
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


def _check_open(meeting: SteeringMeeting) -> None:
    if meeting.state is not MeetingState.PLANNED:
        raise MeetingClosedError


def _write(meeting: SteeringMeeting, fields: MeetingFields) -> None:
    meeting.starts_at, meeting.place = fields.starts_at, clean(fields.place)
    meeting.attendees, meeting.minutes = clean(fields.attendees), clean(fields.minutes)


def _record(session: Session, meeting: SteeringMeeting, action: str, actor: Actor) -> None:
    audit.record_act(session, actor, action, f"meeting:{meeting.public_id}")
