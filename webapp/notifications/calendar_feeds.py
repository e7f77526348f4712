"""Calendar feeds of the staff: secret addresses, and the dates that each person may read."""

import secrets
from collections.abc import Callable, Iterator
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from webapp.accounts import users
from webapp.accounts.models import User
from webapp.accounts.permissions import may
from webapp.collection.models import Workshop, WorkshopState
from webapp.exceptions import NotFoundError
from webapp.notifications.calendar_file import Event
from webapp.notifications.models import CalendarFeed
from webapp.platform import audit
from webapp.platform.actions import Action
from webapp.platform.audit import Actor
from webapp.platform.french import NBSP
from webapp.platform.tokens import token_hash
from webapp.roadmap.models import UNDECIDED, ItemStatus, Milestone, RoadmapItem, SteeringMeeting
from webapp.roadmap.progress import FINAL
from webapp.vocabulary.labels import label

Address = Callable[..., str]


def open_feed(session: Session, *, user: User, actor: Actor) -> str:
    """Return the token of a new feed for ``user``; the former address opens nothing any more."""
    token = secrets.token_urlsafe(24)
    session.merge(CalendarFeed(user_id=user.id, token_hash=token_hash(token), created_at=actor.now))
    session.flush()
    audit.record_act(session, actor, "calendar.open", f"user:{user.public_id}")
    return token


def close_feed(session: Session, *, user: User, actor: Actor) -> None:
    """Revoke the address of the feed of ``user``, if there is one."""
    feed = find_feed(session, user=user)
    if feed is None:
        return
    session.delete(feed)
    session.flush()
    audit.record_act(session, actor, "calendar.close", f"user:{user.public_id}")


def find_feed(session: Session, *, user: User) -> CalendarFeed | None:
    """Return the feed of ``user``, if it has an address."""
    return session.get(CalendarFeed, user.id)


def owner_of(session: Session, *, token: str) -> User:
    """Return the user whose feed has the address ``token``.

    Raises
    ------
    NotFoundError
        If no feed has it, or if the account is deactivated.
    """
    user = session.scalar(
        select(User)
        .join(CalendarFeed, CalendarFeed.user_id == User.id)
        .where(CalendarFeed.token_hash == token_hash(token), User.active)
    )
    if user is None:
        raise NotFoundError("calendar_feed", "")
    return user


def list_events(session: Session, *, user: User, at: Address) -> list[Event]:
    """Return the dates that ``user`` may read: workshops, meetings, due dates of items.

    Parameters
    ----------
    session : Session
        The session.
    user : User
        The owner of the feed.
    at : callable
        Returns the address of an endpoint (as ``flask.url_for``).
    """
    groups = {group.id for group in users.groups_of(session, user=user)}
    events = [*_workshops(session, groups, at)] if may(user, Action.RUN_WORKSHOP) else []
    if may(user, Action.READ_COMMITTEE):
        holds = may(user, Action.HOLD_MEETING)
        events += _meetings(session, "meetings.show" if holds else "meetings.minutes", at)
    return [*events, *_due_dates(session, user, groups, at)]


def _workshops(session: Session, groups: set[int], at: Address) -> Iterator[Event]:
    query = (
        select(Workshop)
        .where(
            Workshop.working_group_id.in_(groups),
            Workshop.state != WorkshopState.ARCHIVED,
        )
        .options(joinedload(Workshop.conference))
        .order_by(Workshop.starts_at, Workshop.code)
    )
    for workshop in session.scalars(query):
        if workshop.starts_at is None:
            continue
        kind = label("workshop_kind", workshop.kind).capitalize()
        place = workshop.conference.place if workshop.conference else ""
        yield Event(
            key=f"workshop-{workshop.code}",
            title=f"{kind}{NBSP}: {workshop.title}",
            starts=workshop.starts_at,
            ends=workshop.ends_at,
            place=", ".join(filter(None, (workshop.room, place))),
            page=at("workshops.show", code=workshop.code),
        )


def _meetings(session: Session, endpoint: str, at: Address) -> Iterator[Event]:
    for meeting in session.scalars(select(SteeringMeeting).order_by(SteeringMeeting.starts_at)):
        yield Event(
            key=f"meeting-{meeting.public_id}",
            title="Réunion du COPIL",
            starts=meeting.starts_at,
            place=meeting.place,
            page=at(endpoint, meeting=meeting.public_id),
        )


def _due_dates(session: Session, user: User, groups: set[int], at: Address) -> Iterator[Event]:
    """Yield the due dates of the items that are not over, and of their milestones."""
    query = (
        select(RoadmapItem)
        .where(RoadmapItem.status.not_in(FINAL))
        .options(joinedload(RoadmapItem.milestones))
        .order_by(RoadmapItem.reference)
    )
    writes = may(user, Action.WRITE_ITEM)
    if writes:
        query = query.where(RoadmapItem.working_group_id.in_(groups))
    else:  # the committee reads what was decided, on its own page
        query = query.where(RoadmapItem.status.not_in(UNDECIDED))
    for item in session.scalars(query).unique():
        page = at("steering.item", item=item.public_id) if writes else at("copil.home")
        name = f"{item.reference} – {item.title}"
        if item.due_date is not None:
            yield _day(f"item-{item.public_id}", f"Échéance{NBSP}: {name}", item.due_date, page)
        if item.status is not ItemStatus.DRAFT:
            yield from (_milestone(one, item, page) for one in item.milestones if not one.done_on)


def _milestone(milestone: Milestone, item: RoadmapItem, page: str) -> Event:
    title = f"Jalon{NBSP}: {milestone.title} ({item.reference})"
    return _day(f"milestone-{milestone.id}", title, milestone.due_date, page)


def _day(key: str, title: str, day: date, page: str) -> Event:
    return Event(key=key, title=title, starts=day, page=page)
