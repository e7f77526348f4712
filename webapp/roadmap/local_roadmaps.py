"""Local roadmaps: a department or the metropolis takes up regional items, and writes its own."""

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
    """What any roadmap bears on its cover: its title, its years."""

    title: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadmapFields(Heading):
    """What a local roadmap is: its heading, its territory."""

    territory: str


def list_local(session: Session) -> Sequence[Roadmap]:
    """Return the local roadmaps, in the order of their territories."""
    main = roadmaps.main_roadmap(session)
    return session.scalars(
        select(Roadmap)
        .options(selectinload(Roadmap.versions))
        .where(Roadmap.id != main.id)
        .order_by(Roadmap.region, Roadmap.id)
    ).all()


def get_local(session: Session, *, slug: str) -> Roadmap:
    """Return a local roadmap; the regional one has pages of its own.

    Raises
    ------
    NotFoundError
        If there is none of this name.
    """
    found = roadmaps.get_roadmap(session, slug=slug)
    if found.id == roadmaps.main_roadmap(session).id:
        raise NotFoundError(slug)
    return found


def list_published(session: Session) -> Sequence[Roadmap]:
    """Return the local roadmaps that were published once: what is in preparation is not public."""
    return [roadmap for roadmap in list_local(session) if roadmap.versions]


def find(session: Session, *, slug: str | None) -> Roadmap:
    """Return a local roadmap, or the regional one when nothing names it.

    Raises
    ------
    NotFoundError
        If there is none of this name.
    """
    return roadmaps.main_roadmap(session) if slug is None else get_local(session, slug=slug)


def find_public(session: Session, *, slug: str | None) -> Roadmap:
    """Return a local roadmap that was published once, or the regional one when nothing names it.

    Raises
    ------
    NotFoundError
        If there is none of this name, or if it is still in preparation.
    """
    found = find(session, slug=slug)
    if slug is not None and not found.versions:
        raise NotFoundError(slug)
    return found


def create(session: Session, *, fields: RoadmapFields, actor: Actor) -> Roadmap:
    """Make the roadmap of a territory; there is one for each.

    Raises
    ------
    EmptyTextError
        If it has no title.
    DateOrderError
        If it ends before it starts.
    UnlistedError
        If this territory is in no list, or retired.
    DuplicateError
        If this territory has one.
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
    """Change what a roadmap, local or regional, bears from its next version on.

    Raises
    ------
    EmptyTextError
        If it would have no title.
    DateOrderError
        If it would end before it starts.
    """
    roadmap.title = _title_of(heading)
    roadmap.starts_on, roadmap.ends_on = heading.starts_on, heading.ends_on
    session.flush()
    period = f"{heading.starts_on}/{heading.ends_on}"
    audit.record_act(session, actor, "roadmap.heading", f"roadmap:{roadmap.slug}", period)


def _slug_of(session: Session, name: str, code: str) -> str:
    """Return what an address calls the territory: its name, or its name and its code."""
    plain = "-".join("".join(c if c.isalnum() else " " for c in folded(name)).split())[:_MAX_STEM]
    taken = session.scalar(select(Roadmap.id).where(Roadmap.slug == plain)) is not None
    return plain if plain and not taken else f"{plain}-{code.lower()}".lstrip("-")


def _title_of(heading: Heading) -> str:
    """Return the title as it is kept, once the heading is known to be sound."""
    title = " ".join(clean(heading.title).split())[:_MAX_TITLE]
    if not title:
        raise EmptyTextError
    if heading.ends_on <= heading.starts_on:
        raise DateOrderError
    return title


def list_taken(session: Session, *, roadmap: Roadmap) -> Sequence[RoadmapItem]:
    """Return the regional items that a local roadmap takes up, in order of reference."""
    return session.scalars(
        select(RoadmapItem)
        .join(SharedItem, SharedItem.item_id == RoadmapItem.id)
        .options(joinedload(RoadmapItem.working_group))
        .where(SharedItem.roadmap_id == roadmap.id)
        .order_by(RoadmapItem.reference)
    ).all()


def list_offered(session: Session, *, roadmap: Roadmap) -> Sequence[RoadmapItem]:
    """Return the regional items that may still be taken up, nearest territory first."""
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
    """Have a local roadmap take up items; return how many it did not have.

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
    held = {item.id for item in list_taken(session, roadmap=roadmap)}
    fresh = [item for item in chosen if item.id not in held]
    for item in fresh:
        session.add(
            SharedItem(
                roadmap_id=roadmap.id,
                item_id=item.id,
                taken_at=actor.now,
                taken_by_id=actor.id,
            )
        )
    session.flush()
    for item in fresh:
        subject = f"item:{item.reference}"
        audit.record_act(session, actor, "item.take_up", subject, roadmap.slug)
    return len(fresh)


def give_back(session: Session, *, roadmap: Roadmap, item: RoadmapItem, actor: Actor) -> None:
    """Have a local roadmap leave an item; versions already published keep it.

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
    """Make a draft of the local roadmap's own, in the theme of a working group.

    It belongs to the local roadmap, so that nothing of the region lists or publishes it; the
    working group says who may write it, and where an erasure looks for words.

    Raises
    ------
    EmptyTextError
        If it has no title.
    """
    item = items.draft(session, roadmap=roadmap, group=group, title=title, actor=actor)
    item.territories = (roadmap.code,)
    session.flush()
    subject = f"item:{item.reference}"
    audit.record_act(session, actor, "item.add_own", subject, roadmap.slug)
    return item


def list_own(session: Session, *, roadmap: Roadmap | None = None) -> Sequence[RoadmapItem]:
    """Return what a local roadmap wrote for itself, or what each of them did, by reference."""
    query = (
        select(RoadmapItem)
        .join(RoadmapItem.working_group)
        .options(joinedload(RoadmapItem.roadmap), contains_eager(RoadmapItem.working_group))
        .where(RoadmapItem.roadmap_id != WorkingGroup.roadmap_id)
        .order_by(RoadmapItem.reference)
    )
    if roadmap is not None:
        query = query.where(RoadmapItem.roadmap_id == roadmap.id)
    return session.scalars(query).all()


def _check_shared(chosen: Sequence[RoadmapItem]) -> None:
    """Make sure that each item is the region's, to be taken up or given back."""
    for item in chosen:
        if item.is_own:
            raise LocalItemError
