"""Edits on several items at once: chapter order, common fields, merges and splits."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.exceptions import ItemSubmittedError, LocalItemError, SelectionError
from webapp.platform import audit
from webapp.platform.audit import Actor
from webapp.roadmap import items, transitions
from webapp.roadmap.models import ItemMerge, ItemSource, ItemStatus, Priority, RoadmapItem
from webapp.territory.locking import lock_working_group
from webapp.territory.models import Roadmap


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Field values set on several items; None leaves a field unchanged."""

    strand: str | None = None
    lead: str | None = None
    due_date: date | None = None
    priority: Priority | None = None


def choose_basis(session: Session, *, roadmap: Roadmap, by_group: bool, actor: Actor) -> None:
    """Set whether chapters follow the working groups or the axes of the Pacte."""
    roadmap.by_group = by_group
    session.flush()
    basis = "group" if by_group else "strand"
    audit.record_act(session, actor, "roadmap.basis", f"roadmap:{roadmap.slug}", basis)


def save_many(
    session: Session,
    *,
    chosen: Sequence[RoadmapItem],
    batch: Batch,
    actor: Actor,
    reason: str = "",
) -> int:
    """Set the same axis, lead, date or priority on several items, all or none.

    Raises
    ------
    DecidedItemError, ReasonRequiredError
        As :func:`webapp.roadmap.items.save`: ``reason`` is told for each decided item.
    SelectionError
        If no item is selected, or no field is set.
    IncompleteItemError
        If an item would lack what its state requires.
    LocalItemError
        If an item is a local roadmap's own.
    """
    changes = {name: v for name in Batch.__slots__ if (v := getattr(batch, name)) is not None}
    if not chosen or not changes:
        raise SelectionError
    _check_regional(chosen)
    for item in chosen:
        fields = items.fields_of(item, **changes)
        items.save(session, item=item, fields=fields, actor=actor, reason=reason)
    return len(chosen)


def merge(
    session: Session, *, chosen: Sequence[RoadmapItem], reason: str, actor: Actor
) -> RoadmapItem:
    """Merge items: the first one gets the sources of the others, which are abandoned.

    The others keep their text, and a link to the item that got their sources.

    Parameters
    ----------
    session : Session
        The session.
    chosen : sequence of RoadmapItem
        At least two items of one working group, none of them adopted.
    reason : str
        The public reason of the abandonment.
    actor : Actor
        The author and the instant.

    Raises
    ------
    SelectionError
        If fewer than two are chosen, or they belong to several working groups.
    ItemSubmittedError
        If one is past its submission.
    LocalItemError
        If an item is a local roadmap's own.
    """
    _check_regional(chosen)
    if len(chosen) < 2 or len({item.working_group_id for item in chosen}) > 1:  # noqa: PLR2004 - two make a pair
        raise SelectionError
    for item in chosen:
        if item.is_decided:
            raise ItemSubmittedError(item.reference)
    first, *others = chosen
    lock_working_group(session, group_id=first.working_group_id)
    existing = {(source.cluster_id, source.excerpt_id) for source in first.sources}
    for other in others:
        transitions.set_status(
            session,
            item=other,
            status=ItemStatus.ABANDONED,
            actor=actor,
            reason=reason,
        )
        _move_sources(session, other, first, existing)
        session.add(ItemMerge(item_id=other.id, into_id=first.id))
    first.changed_by_id = actor.id
    session.flush()
    for item in chosen:
        session.expire(item, ["sources"])
    audit.record_act(session, actor, "item.merge", f"item:{first.reference}")
    return first


def split(
    session: Session, *, item: RoadmapItem, leaving: Collection[int], title: str, actor: Actor
) -> RoadmapItem:
    """Move some sources of an item to a new draft item; at least one stays.

    Parameters
    ----------
    session : Session
        The session.
    item : RoadmapItem
        An item that is not adopted.
    leaving : collection of int
        Ids of the sources that move.
    title : str
        Title of the new item.
    actor : Actor
        The author and the instant.

    Raises
    ------
    SelectionError
        If no source leaves, or none stays.
    ItemSubmittedError
        If the item is past its submission.
    EmptyTextError
        If the new title is empty.
    """
    if item.is_decided:
        raise ItemSubmittedError(item.reference)
    moving = [source for source in item.sources if source.id in leaving]
    if not moving or len(moving) == len(item.sources):
        raise SelectionError
    roadmap, group = item.roadmap, item.working_group
    made = items.draft(session, roadmap=roadmap, group=group, title=title, actor=actor)
    made.strand = item.strand
    for source in moving:
        source.item_id = made.id
    item.changed_by_id = actor.id
    session.flush()
    session.expire(item, ["sources"])
    session.expire(made, ["sources"])
    audit.record_act(session, actor, "item.split", f"item:{made.reference}")
    return made


def merged_into(session: Session, *, item: RoadmapItem) -> RoadmapItem | None:
    """Return the item that got the sources of ``item`` in a merge."""
    return session.scalar(
        select(RoadmapItem)
        .join(ItemMerge, ItemMerge.into_id == RoadmapItem.id)
        .where(ItemMerge.item_id == item.id)
    )


def _check_regional(chosen: Iterable[RoadmapItem]) -> None:
    """Check that no item of ``chosen`` belongs to a local roadmap."""
    for item in chosen:
        if item.is_own:
            raise LocalItemError


def _move_sources(
    session: Session,
    source_item: RoadmapItem,
    target_item: RoadmapItem,
    existing: set[tuple[int | None, int | None]],
) -> None:
    for source in list(source_item.sources):
        origin = (source.cluster_id, source.excerpt_id)
        if origin in existing:
            session.delete(source)
            continue
        existing.add(origin)
        session.add(
            ItemSource(
                item_id=target_item.id, cluster_id=source.cluster_id, excerpt_id=source.excerpt_id
            )
        )
        session.delete(source)
