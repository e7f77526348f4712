"""Local roadmaps: a territory takes up regional items and writes its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from webapp.exceptions import (
    DateOrderError,
    DuplicateError,
    EmptyTextError,
    LocalItemError,
    NotFoundError,
    SelectionError,
)
from webapp.platform import audit
from webapp.platform.audit import Actor
from webapp.platform.text_cleaning import clean, folded
from webapp.roadmap import items
from webapp.roadmap.models import RoadmapItem, SharedItem
from webapp.territory import references, roadmaps
from webapp.territory.models import ReferenceKind, Roadmap, WorkingGroup

_MAX_TITLE = 200
_MAX_STEM = 55


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """Title and years of a roadmap."""

    title: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadmapFields(Heading):
    """Heading and territory of a local roadmap."""

    territory: str


def list_local(session: Session) -> Sequence[Roadmap]:
    """Return the local roadmaps, in territory order."""
    main = roadmaps.main_roadmap(session)
    return session.scalars(
        select(Roadmap)
        .options(selectinload(Roadmap.versions))
        .where(Roadmap.id != main.id)
        .order_by(Roadmap.region, Roadmap.id)
    ).all()


def get_local(session: Session, *, slug: str) -> Roadmap:
    """Return a local roadmap by its slug.

    Raises
    ------
    NotFoundError
        If there is none.
    """
    found = roadmaps.get_roadmap(session, slug=slug)
    if found.id == roadmaps.main_roadmap(session).id:
        raise NotFoundError(slug)
    return found


def list_published(session: Session) -> Sequence[Roadmap]:
    """Return the local roadmaps with a published version."""
    return [roadmap for roadmap in list_local(session) if roadmap.versions]


def find(session: Session, *, slug: str | None) -> Roadmap:
    """Return a local roadmap by its slug, or the regional one when None.

    Raises
    ------
    NotFoundError
        If there is none.
    """
    return roadmaps.main_roadmap(session) if slug is None else get_local(session, slug=slug)


def find_public(session: Session, *, slug: str | None) -> Roadmap:
    """Return a published local roadmap by its slug, or the regional one when None.

    Raises
    ------
    NotFoundError
        If there is none, or it has no published version.
    """
    found = find(session, slug=slug)
    if slug is not None and not found.versions:
        raise NotFoundError(slug)
    return found


def create(session: Session, *, fields: RoadmapFields, actor: Actor) -> Roadmap:
    """Create the roadmap of a territory; at most one per territory.

    Raises
    ------
    EmptyTextError
        If the title is empty.
    DateOrderError
        If the end year is before the start year.
    UnlistedError
        If the territory is unknown or retired.
    DuplicateError
        If the territory already has one.
    """
    title = _title_of(fields)
    references.check(session, kind=ReferenceKind.TERRITORY, codes=[fields.territory])
    name = references.read(session).territory(fields.territory)
    if session.scalar(select(Roadmap.id).where(Roadmap.code == fields.territory)) is not None:
        raise DuplicateError
    slug = _slug_of(session, name, fields.territory)
    roadmap = Roadmap(
        slug=slug,
        title=title,
        region=name,
        code=fields.territory,
        starts_on=fields.starts_on,
        ends_on=fields.ends_on,
    )
    session.add(roadmap)
    session.flush()
    audit.record_act(session, actor, "roadmap.create", f"roadmap:{slug}")
    return roadmap


def set_heading(session: Session, *, roadmap: Roadmap, heading: Heading, actor: Actor) -> None:
    """Change the heading of a roadmap for its next versions.

    Raises
    ------
    EmptyTextError
        If the title is empty.
    DateOrderError
        If the end year is before the start year.
    """
    roadmap.title = _title_of(heading)
    roadmap.starts_on, roadmap.ends_on = heading.starts_on, heading.ends_on
    session.flush()
    period = f"{heading.starts_on}/{heading.ends_on}"
    audit.record_act(session, actor, "roadmap.heading", f"roadmap:{roadmap.slug}", period)


def _slug_of(session: Session, name: str, code: str) -> str:
    """Return a unique slug for the territory: its name, or its name and code."""
    plain = "-".join("".join(c if c.isalnum() else " " for c in folded(name)).split())[:_MAX_STEM]
    taken = session.scalar(select(Roadmap.id).where(Roadmap.slug == plain)) is not None
    return plain if plain and not taken else f"{plain}-{code.lower()}".lstrip("-")


def _title_of(heading: Heading) -> str:
    """Return the normalised title, after checking the heading."""
    title = " ".join(clean(heading.title).split())[:_MAX_TITLE]
    if not title:
        raise EmptyTextError
    if heading.ends_on <= heading.starts_on:
        raise DateOrderError
    return title


def list_taken(session: Session, *, roadmap: Roadmap) -> Sequence[RoadmapItem]:
    """Return the regional items taken up by a local roadmap, by reference."""
    return session.scalars(
        select(RoadmapItem)
        .join(SharedItem, SharedItem.item_id == RoadmapItem.id)
        .options(joinedload(RoadmapItem.working_group))
        .where(SharedItem.roadmap_id == roadmap.id)
        .order_by(RoadmapItem.reference)
    ).all()


def list_offered(session: Session, *, roadmap: Roadmap) -> Sequence[RoadmapItem]:
    """Return the regional items that can be taken up, those of its territory first."""
    taken = select(SharedItem.item_id).where(SharedItem.roadmap_id == roadmap.id)
    main = roadmaps.main_roadmap(session)
    found = session.scalars(
        select(RoadmapItem)
        .options(selectinload(RoadmapItem.merge))
        .where(RoadmapItem.roadmap_id == main.id, RoadmapItem.id.not_in(taken))
        .order_by(RoadmapItem.reference)
    )
    kept = [item for item in found if item.merge is None]
    return sorted(kept, key=lambda item: roadmap.code not in item.territories)


def take_up(
    session: Session, *, roadmap: Roadmap, chosen: Sequence[RoadmapItem], actor: Actor
) -> int:
    """Add regional items to a local roadmap; return how many are new.

    Raises
    ------
    SelectionError
        If none is chosen.
    LocalItemError
        If one is a local roadmap's own.
    """
    if not chosen:
        raise SelectionError
    _check_shared(chosen)
    taken = {item.id for item in list_taken(session, roadmap=roadmap)}
    added = [item for item in chosen if item.id not in taken]
    for item in added:
        session.add(
            SharedItem(
                roadmap_id=roadmap.id,
                item_id=item.id,
                taken_at=actor.now,
                taken_by_id=actor.id,
            )
        )
    session.flush()
    for item in added:
        subject = f"item:{item.reference}"
        audit.record_act(session, actor, "item.take_up", subject, roadmap.slug)
    return len(added)


def give_back(session: Session, *, roadmap: Roadmap, item: RoadmapItem, actor: Actor) -> None:
    """Remove a regional item from a local roadmap; published versions keep it.

    Raises
    ------
    LocalItemError
        If it is a local roadmap's own: it may be abandoned, not given back.
    """
    _check_shared([item])
    shared = session.get(SharedItem, (roadmap.id, item.id))
    if shared is not None:
        session.delete(shared)
        session.flush()
        subject = f"item:{item.reference}"
        audit.record_act(session, actor, "item.give_back", subject, roadmap.slug)


def add_own(
    session: Session, *, roadmap: Roadmap, group: WorkingGroup, title: str, actor: Actor
) -> RoadmapItem:
    """Create a draft item that belongs to the local roadmap, in a working group.

    The region neither lists nor publishes it. The working group determines who may edit it and
    which items an erasure searches.

    Raises
    ------
    EmptyTextError
        If the title is empty.
    """
    item = items.draft(session, roadmap=roadmap, group=group, title=title, actor=actor)
    item.territories = (roadmap.code,)
    session.flush()
    subject = f"item:{item.reference}"
    audit.record_act(session, actor, "item.add_own", subject, roadmap.slug)
    return item


def list_own(session: Session, *, roadmap: Roadmap | None = None) -> Sequence[RoadmapItem]:
    """Return the items of one local roadmap, or of all of them, by reference."""
    query = (
        select(RoadmapItem)
        .join(RoadmapItem.working_group)
        .options(
            joinedload(RoadmapItem.roadmap),
            contains_eager(RoadmapItem.working_group),
            selectinload(RoadmapItem.sources),
        )
        .where(RoadmapItem.roadmap_id != WorkingGroup.roadmap_id)
        .order_by(RoadmapItem.reference)
    )
    if roadmap is not None:
        query = query.where(RoadmapItem.roadmap_id == roadmap.id)
    return session.scalars(query).all()


def _check_shared(chosen: Sequence[RoadmapItem]) -> None:
    """Check that each item belongs to the region."""
    for item in chosen:
        if item.is_own:
            raise LocalItemError
