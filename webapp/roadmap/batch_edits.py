"""Arranging a roadmap: its order, many items at once, items put together or taken apart."""

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

# A committee decided on the others as they stand: their sources stay with them.
OPEN = frozenset({ItemStatus.DRAFT, ItemStatus.SUBMITTED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What many items get at once; what is None stays as it is."""

    strand: str | None = None
    lead: str | None = None
    due_date: date | None = None
    priority: Priority | None = None


def choose_basis(session: Session, *, roadmap: Roadmap, by_group: bool, actor: Actor) -> None:
    """Have the chapters follow the working groups, or the axes of the Pacte."""
    roadmap.by_group = by_group
    session.flush()
    basis = "group" if by_group else "strand"
    audit.record_act(session, actor, "roadmap.basis", f"roadmap:{roadmap.slug}", basis)


def save_many(
    session: Session, *, chosen: Sequence[RoadmapItem], batch: Batch, actor: Actor
) -> int:
    """Give the same axis, lead, date or priority to many items, or to none of them.

    Raises
    ------
    SelectionError
        If nothing is chosen, or nothing is to be changed.
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
        items.save(session, item=item, fields=fields, actor=actor)
    return len(chosen)


def merge(
    session: Session, *, chosen: Sequence[RoadmapItem], reason: str, actor: Actor
) -> RoadmapItem:
    """Put items together: the first one answers what the others answered, they are abandoned.

    Nothing is lost: the others keep their words, and say which item took over their sources.

    Parameters
    ----------
    session : Session
        The session.
    chosen : sequence of RoadmapItem
        Two items at least, of one working group, none of them adopted.
    reason : str
        What people read of the others.
    actor : Actor
        Who does it.

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
        if item.status not in OPEN:
            raise ItemSubmittedError(item.reference)
    first, *others = chosen
    lock_working_group(session, group_id=first.working_group_id)
    held = {(source.cluster_id, source.excerpt_id) for source in first.sources}
    for other in others:
        transitions.set_status(
            session,
            item=other,
            status=ItemStatus.ABANDONED,
            actor=actor,
            reason=reason,
        )
        _hand_over(session, other, first, held)
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
    """Make a draft of its own from some sources of an item, which keeps at least one.

    Parameters
    ----------
    session : Session
        The session.
    item : RoadmapItem
        An item that no committee adopted.
    leaving : collection of int
        Rows of the sources that leave.
    title : str
        Of the new item.
    actor : Actor
        Who does it.

    Raises
    ------
    SelectionError
        If no source leaves, or none stays.
    ItemSubmittedError
        If the item is past its submission.
    EmptyTextError
        If the new item has no title.
    """
    if item.status not in OPEN:
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
    """Return the item that took over the sources of ``item``."""
    return session.scalar(
        select(RoadmapItem)
        .join(ItemMerge, ItemMerge.into_id == RoadmapItem.id)
        .where(ItemMerge.item_id == item.id)
    )


def _check_regional(chosen: Iterable[RoadmapItem]) -> None:
    """Make sure that no local roadmap wrote one of ``chosen`` for itself."""
    for item in chosen:
        if item.is_own:
            raise LocalItemError


def _hand_over(
    session: Session,
    giver: RoadmapItem,
    taker: RoadmapItem,
    held: set[tuple[int | None, int | None]],
) -> None:
    for source in list(giver.sources):
        origin = (source.cluster_id, source.excerpt_id)
        if origin in held:
            session.delete(source)
            continue
        held.add(origin)
        session.add(
            ItemSource(item_id=taker.id, cluster_id=source.cluster_id, excerpt_id=source.excerpt_id)
        )
        session.delete(source)
