"""Roadmap items: promotion of accepted clusters, sources, fields, references."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from dataclasses import fields as dataclass_fields
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import QueryableAttribute, Session, selectinload

from webapp.exceptions import (
    ClusterNotAcceptedError,
    EmptyTextError,
    FeedsItemError,
    ItemSubmittedError,
    LocalItemError,
    NotFoundError,
)
from webapp.platform import audit, text_cleaning
from webapp.platform.audit import Actor
from webapp.platform.models import Base
from webapp.review import alignments, clusters
from webapp.review.models import MAX_TITLE_LENGTH, Cluster, ClusterStatus
from webapp.roadmap import amendments, organisations, transitions
from webapp.roadmap.models import ItemSource, ItemStatus, Priority, RoadmapItem
from webapp.territory import references
from webapp.territory.locking import lock_working_group
from webapp.territory.models import ReferenceKind, Roadmap, WorkingGroup

P = TypeVar("P", bound=Base)


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemFields:
    """Editable fields of an item."""

    title: str
    strand: str | None = None
    measure: str = ""
    finding: str = ""
    objective: str = ""
    description: str = ""
    lead: str = ""
    partners: tuple[str, ...] = ()
    publics: tuple[str, ...] = ()
    territories: tuple[str, ...] = ()
    due_date: date | None = None
    resources: str = ""
    priority: Priority = Priority.NONE


def promote(session: Session, *, cluster: Cluster, actor: Actor) -> RoadmapItem:
    """Create a draft item from an accepted cluster, or return its existing item.

    Raises
    ------
    ClusterNotAcceptedError
        If the group is not accepted.
    """
    if cluster.status is not ClusterStatus.ACCEPTED:
        raise ClusterNotAcceptedError
    group = cluster.working_group
    lock_working_group(
        session, group_id=group.id
    )  # serialises references, and allows one item per cluster
    known = session.scalar(
        select(RoadmapItem).join(ItemSource).where(ItemSource.cluster_id == cluster.id)
    )
    if known is not None:
        return known
    suggested = alignments.prefill(session, cluster=cluster)
    item = RoadmapItem(
        roadmap_id=group.roadmap_id,
        working_group_id=group.id,
        reference=next_reference(session, group.roadmap, group),
        title=cluster.title,
        # What the machine wrote may hold two opposed people in one sentence.
        finding=cluster.summary if cluster.summary_by_human else "",
        strand=suggested.strand,
        measure=suggested.measure,
        publics=suggested.publics,
        territories=_territories(session, cluster),
        changed_by_id=actor.id,
    )
    item.sources.append(ItemSource(cluster_id=cluster.id))
    session.add(item)
    session.flush()
    clusters.record_promotion(session, cluster=cluster, reference=item.reference, actor=actor)
    transitions.record(session, item, None, actor)
    audit.record_act(session, actor, "item.promote", f"item:{item.reference}")
    return item


def add_source(session: Session, *, item: RoadmapItem, cluster: Cluster, actor: Actor) -> None:
    """Add an accepted cluster, with its later members, to the sources of a draft item.

    Raises
    ------
    ClusterNotAcceptedError, ItemSubmittedError
        If the group is not accepted, or the item is past its draft.
    FeedsItemError
        If an item answers the group already.
    LocalItemError
        If the item is a local roadmap's own: it takes regional items up, not what feeds them.
    """
    if item.is_own:
        raise LocalItemError
    if cluster.status is not ClusterStatus.ACCEPTED:
        raise ClusterNotAcceptedError
    if item.status is not ItemStatus.DRAFT:
        raise ItemSubmittedError(item.reference)
    lock_working_group(session, group_id=cluster.working_group_id)
    if clusters.feeds_item(session, cluster):
        raise FeedsItemError
    item.sources.append(ItemSource(cluster_id=cluster.id))
    item.changed_by_id = actor.id
    session.flush()
    clusters.record_promotion(session, cluster=cluster, reference=item.reference, actor=actor)
    audit.record_act(session, actor, "item.source", f"item:{item.reference}")


def list_drafts(session: Session, *, group_id: int) -> Sequence[RoadmapItem]:
    """Return the draft items of a working group, by reference."""
    return session.scalars(
        select(RoadmapItem)
        .join(RoadmapItem.working_group)
        .where(
            RoadmapItem.working_group_id == group_id,
            RoadmapItem.roadmap_id == WorkingGroup.roadmap_id,
            RoadmapItem.status == ItemStatus.DRAFT,
        )
        .order_by(RoadmapItem.reference)
    ).all()


def save(
    session: Session, *, item: RoadmapItem, fields: ItemFields, actor: Actor, reason: str = ""
) -> None:
    """Update the fields of an item; a change to a decided item has a public ``reason``.

    Raises
    ------
    DecidedItemError
        If the item is decided, and ``actor`` may not change what was decided.
    ReasonRequiredError
        If a field of a decided item changes without a reason.
    EmptyTextError
        If the title is empty.
    IncompleteItemError
        If a field required by the current status would be empty.
    UnlistedError
        If a newly chosen axis, measure, public or territory is not in its list.
    ConflictError
        If somebody changed the item since it was read.
    """
    amendments.check_editable(session, item=item, actor=actor)
    transitions.check_version(item, actor)
    if not text_cleaning.clean(fields.title):
        raise EmptyTextError
    fields = _listed(session, item, fields)
    lead = organisations.settle(session, [fields.lead], actor)
    partners = organisations.settle(session, fields.partners, actor)
    # Checked before the database constraint, for a message that names the fields.
    with session.no_autoflush:
        before = fields_of(item)
        item.lead, item.partners = "".join(lead), partners
        _write_fields(item, fields)
        if item.status is not ItemStatus.DRAFT:
            transitions.check_complete(item)
        changed = _changed(before, fields_of(item)) if item.is_decided else ()
        amended = amendments.record(item, changed=changed, reason=reason, actor=actor)
    item.changed_by_id = actor.id
    session.flush()
    subject = f"item:{item.reference}"
    audit.record_act(session, actor, "item.amend" if amended else "item.save", subject)


def fields_of(item: RoadmapItem, **changes: object) -> ItemFields:
    """Return the fields of an item, updated with ``changes``."""
    stored = {field.name: getattr(item, field.name) for field in dataclass_fields(ItemFields)}
    return ItemFields(**stored | changes)


def draft(
    session: Session, *, roadmap: Roadmap, group: WorkingGroup, title: str, actor: Actor
) -> RoadmapItem:
    """Create a draft item of a working group in ``roadmap``, with the next reference.

    Raises
    ------
    EmptyTextError
        If the title is empty.
    """
    lock_working_group(session, group_id=group.id)
    title = " ".join(text_cleaning.clean(title).split())[:MAX_TITLE_LENGTH]
    if not title:
        raise EmptyTextError
    made = RoadmapItem(
        roadmap_id=roadmap.id,
        working_group_id=group.id,
        reference=next_reference(session, roadmap, group),
        title=title,
        changed_by_id=actor.id,
    )
    session.add(made)
    session.flush()
    transitions.record(session, made, None, actor)
    return made


def list_items(
    session: Session, *, roadmap_id: int, load: Iterable[QueryableAttribute[Any]] = ()
) -> Sequence[RoadmapItem]:
    """Return the items of a roadmap, by reference, with the relations of ``load``."""
    return session.scalars(
        select(RoadmapItem)
        .options(*map(selectinload, load))
        .where(RoadmapItem.roadmap_id == roadmap_id)
        .order_by(RoadmapItem.reference)
    ).all()


def list_current(
    session: Session, *, roadmap_id: int, load: Iterable[QueryableAttribute[Any]] = ()
) -> Sequence[RoadmapItem]:
    """Return the items of a roadmap as :func:`list_items`, without those merged into another."""
    loaded = (*load, RoadmapItem.merge)
    found = list_items(session, roadmap_id=roadmap_id, load=loaded)
    return [item for item in found if item.merge is None]


def get_item(session: Session, *, public_id: str) -> RoadmapItem:
    """Return an item by its public identifier.

    Raises
    ------
    NotFoundError
        If there is none.
    """
    item = session.scalar(select(RoadmapItem).where(RoadmapItem.public_id == public_id))
    if item is None:
        raise NotFoundError(public_id)
    return item


def items_by_cluster(session: Session, *, group_id: int) -> dict[int, RoadmapItem]:
    """Return the items fed by the clusters of a working group, by cluster id."""
    rows = session.execute(
        select(ItemSource.cluster_id, RoadmapItem)
        .join(ItemSource.item)
        .where(RoadmapItem.working_group_id == group_id, ItemSource.cluster_id.is_not(None))
    )
    return {cluster_id: item for cluster_id, item in rows if cluster_id is not None}


def read_sources(
    session: Session, *, group_id: int
) -> tuple[dict[int, RoadmapItem], list[RoadmapItem]]:
    """Return the items by cluster and the drafts of a working group, in one query."""
    rows = session.execute(
        select(RoadmapItem, ItemSource.cluster_id, WorkingGroup.roadmap_id)
        .join(RoadmapItem.working_group)
        .outerjoin(ItemSource, ItemSource.item_id == RoadmapItem.id)
        .where(RoadmapItem.working_group_id == group_id)
        .order_by(RoadmapItem.reference, ItemSource.id)
    ).all()
    by_cluster = {cluster_id: item for item, cluster_id, _ in rows if cluster_id is not None}
    drafts = {
        item.id: item
        for item, _, roadmap_id in rows
        if item.status is ItemStatus.DRAFT and item.roadmap_id == roadmap_id
    }
    return by_cluster, list(drafts.values())


def find_part(parts: Iterable[P], row: int | None) -> P:
    """Return the part with this primary key.

    Raises
    ------
    NotFoundError
        If there is none.
    """
    found = next((part for part in parts if getattr(part, "id", None) == row), None)
    if found is None:
        raise NotFoundError(str(row))
    return found


def record_part(session: Session, item: RoadmapItem, action: str, actor: Actor) -> None:
    """Record in the audit log a change to a milestone, indicator, budget line or link."""
    session.flush()
    audit.record_act(session, actor, action, f"item:{item.reference}")


def next_reference(session: Session, roadmap: Roadmap, group: WorkingGroup) -> str:
    """Return the next item reference of a working group in ``roadmap``."""
    stem = f"{roadmap.code}-{group.initial}-"
    taken = session.scalars(
        select(RoadmapItem.reference).where(RoadmapItem.reference.startswith(stem, autoescape=True))
    )
    numbers = [int(end) for reference in taken if (end := reference.removeprefix(stem)).isdecimal()]
    return f"{stem}{max(numbers, default=0) + 1:03d}"


def _changed(before: ItemFields, after: ItemFields) -> tuple[str, ...]:
    """Return the names of the fields that differ."""
    names = (field.name for field in dataclass_fields(ItemFields))
    return tuple(name for name in names if getattr(before, name) != getattr(after, name))


def _territories(session: Session, cluster: Cluster) -> tuple[str, ...]:
    found = {m.excerpt.contribution.territory for m in clusters.confirmed(cluster)}
    offered = references.read(session).offered(ReferenceKind.TERRITORY)
    return tuple(sorted(territory for territory in found if territory in offered))


def _listed(session: Session, item: RoadmapItem, fields: ItemFields) -> ItemFields:
    """Check ``fields`` against the reference lists, allowing the item's current values."""
    for kind, codes, held in (
        (ReferenceKind.STRAND, (fields.strand,), (item.strand,)),
        (ReferenceKind.PUBLIC, fields.publics, item.publics or ()),
        (ReferenceKind.TERRITORY, fields.territories, item.territories or ()),
    ):
        references.check(session, kind=kind, codes=codes, current=held)
    typed, known = text_cleaning.clean(fields.measure), item.measure or ""
    return replace(fields, measure=references.measure_of(session, typed=typed, current=known))


def _write_fields(item: RoadmapItem, fields: ItemFields) -> None:
    for name in ("measure", "finding", "objective", "description", "resources"):
        setattr(item, name, text_cleaning.clean(getattr(fields, name)))
    item.title = " ".join(text_cleaning.clean(fields.title).split())[:MAX_TITLE_LENGTH]
    item.strand, item.due_date = fields.strand, fields.due_date
    for name in ("publics", "territories"):
        # Boxes come in the order of their list: the same ones ticked again are no change.
        if sorted(getattr(fields, name)) != sorted(getattr(item, name) or ()):
            setattr(item, name, getattr(fields, name))
    item.priority = fields.priority
