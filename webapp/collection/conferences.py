"""Conferences: creation, look-up, edits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from webapp.collection.models import Conference, Workshop
from webapp.exceptions import (
    ConflictError,
    DateOrderError,
    DuplicateError,
    EmptyTextError,
    NotFoundError,
)
from webapp.platform import audit, text_cleaning
from webapp.platform.audit import Actor
from webapp.territory.regions import ensure_region

_MAX_SLUG = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """Editable fields of a conference."""

    name: str
    starts_at: datetime
    ends_at: datetime
    place: str = ""
    capacity: int | None = None


def list_conferences(session: Session) -> Sequence[Conference]:
    """Return the conferences, newest first."""
    return session.scalars(
        select(Conference).order_by(Conference.starts_at.desc(), Conference.id.desc())
    ).all()


def get_conference(session: Session, *, slug: str) -> Conference:
    """Return the conference with this slug.

    Raises
    ------
    NotFoundError
        If there is none.
    """
    conference = session.scalar(select(Conference).where(Conference.slug == slug))
    if conference is None:
        raise NotFoundError(slug)
    return conference


def find_conference(session: Session, *, slug: str, name: str) -> Conference | None:
    """Return the conference of a programme, looked up by slug, then by name."""
    found = session.scalars(
        select(Conference).where(or_(Conference.slug == slug, Conference.name == name))
    ).all()
    return next((one for one in found if one.slug == slug), next(iter(found), None))


def create_conference(session: Session, *, announced: Announcement, actor: Actor) -> Conference:
    """Create a conference, and the regional roadmap if it does not exist.

    Raises
    ------
    EmptyTextError
        If it has no name.
    DateOrderError
        If the end is not after the start.
    DuplicateError
        If another conference has this name.
    """
    slug = slug_of(announced.name)
    if find_conference(session, slug=slug, name=announced.name) is not None:
        raise DuplicateError(slug)
    ensure_region(session)
    conference = Conference(slug=slug)
    _fill(conference, announced)
    session.add(conference)
    session.flush()
    audit.record_act(session, actor, "conference.create", f"conference:{slug}")
    return conference


def save_conference(
    session: Session, *, conference: Conference, announced: Announcement, actor: Actor
) -> None:
    """Edit a conference; its slug and the times of its workshops do not change.

    Raises
    ------
    ConflictError
        If somebody changed it since it was read.
    EmptyTextError, DateOrderError
        As :func:`create_conference` does.
    """
    if actor.version is not None and actor.version != conference.version:
        raise ConflictError(conference.name)
    _fill(conference, announced)
    session.flush()
    audit.record_act(session, actor, "conference.save", f"conference:{conference.slug}")


def list_outside(session: Session, *, conference: Conference) -> Sequence[Workshop]:
    """Return the workshops of a conference whose times are outside its own."""
    return session.scalars(
        select(Workshop)
        .where(
            Workshop.conference_id == conference.id,
            or_(
                Workshop.starts_at < conference.starts_at,
                Workshop.starts_at >= conference.ends_at,
                Workshop.ends_at > conference.ends_at,
            ),
        )
        .order_by(Workshop.starts_at, Workshop.id)
    ).all()


def slug_of(name: str) -> str:
    """Return the slug of a conference name; imports with the same slug share a conference.

    Examples
    --------
    >>> slug_of("Conférence régionale d’Angers")
    'conference-regionale-d-angers'
    """
    plain = text_cleaning.folded(name)
    parts = "".join(c if c.isascii() and c.isalnum() else " " for c in plain).split()
    return "-".join(parts)[:_MAX_SLUG] or "conference"


def _fill(conference: Conference, announced: Announcement) -> None:
    name = " ".join(text_cleaning.clean(announced.name).split())
    if not name:
        raise EmptyTextError
    if announced.ends_at <= announced.starts_at:
        raise DateOrderError
    conference.name, conference.place = name, text_cleaning.clean(announced.place)
    conference.starts_at, conference.ends_at = announced.starts_at, announced.ends_at
    conference.capacity = announced.capacity
