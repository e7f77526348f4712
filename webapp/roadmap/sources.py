"""Checks that every adopted item keeps at least one shown source."""

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import select, union
from sqlalchemy.orm import Session, joinedload

from webapp.collection.models import SHOWN, Contribution, Excerpt, ModerationDecision
from webapp.exceptions import LastSourceError
from webapp.review.models import Cluster, ClusterMember, Placement
from webapp.roadmap.models import ItemSource, ItemStatus, RoadmapItem

ADOPTED = frozenset({ItemStatus.ADOPTED, ItemStatus.IN_PROGRESS, ItemStatus.DONE})


def check_remain(session: Session, *, leaving: Collection[Excerpt]) -> None:
    """Check that every adopted item keeps a source once ``leaving`` are hidden.

    Raises
    ------
    LastSourceError
        With the reference of the first item that would keep none.
    """
    hidden = {excerpt.id for excerpt in leaving}
    answering = _answering(session, hidden)
    shown = _shown(session, answering)
    for item in answering:
        if shown[item.id] and shown[item.id] <= hidden:
            raise LastSourceError(item.reference)


def answered(session: Session, *, excerpt_ids: Collection[int]) -> Sequence[RoadmapItem]:
    """Return the adopted items that have one of these excerpts as a source, and a source left."""
    answering = _answering(session, excerpt_ids)
    shown = _shown(session, answering)
    return [item for item in answering if shown[item.id]]


def check_kept(session: Session, *, items: Sequence[RoadmapItem]) -> None:
    """Check that each of ``items`` has a source left.

    Raises
    ------
    LastSourceError
        With the reference of the first that has none.
    """
    shown = _shown(session, items)
    for item in items:
        if not shown[item.id]:
            raise LastSourceError(item.reference)


def without_sources(session: Session, *, items: Iterable[RoadmapItem]) -> frozenset[int]:
    """Return the ids of the adopted ``items`` that have lost every source.

    Only a withdrawal by its author can remove the last source. Items of local roadmaps have no
    sources and are ignored.
    """
    adopted = [item for item in items if item.status in ADOPTED and not item.is_own]
    return frozenset(item_id for item_id, shown in _shown(session, adopted).items() if not shown)


def load_sources(session: Session, *, item: RoadmapItem) -> Sequence[ItemSource]:
    """Return the sources of ``item`` with all that its page shows of them."""
    member = joinedload(ItemSource.cluster).selectinload(Cluster.members)
    excerpts = (member.joinedload(ClusterMember.excerpt), joinedload(ItemSource.excerpt))
    words = (e.joinedload(Excerpt.contribution).joinedload(Contribution.decision) for e in excerpts)
    return session.scalars(
        select(ItemSource)
        .options(*words)
        .where(ItemSource.item_id == item.id)
        .order_by(ItemSource.id)
    ).all()


def _answering(session: Session, excerpt_ids: Collection[int]) -> Sequence[RoadmapItem]:
    """Return the adopted items fed by one of these excerpts, directly or through its cluster."""
    groups = select(ClusterMember.cluster_id).where(ClusterMember.excerpt_id.in_(excerpt_ids))
    answers = ItemSource.cluster_id.in_(groups) | ItemSource.excerpt_id.in_(excerpt_ids)
    return session.scalars(
        select(RoadmapItem)
        .where(RoadmapItem.status.in_(ADOPTED), RoadmapItem.sources.any(answers))
        .order_by(RoadmapItem.reference)
    ).all()


def _shown(session: Session, items: Collection[RoadmapItem]) -> dict[int, set[int]]:
    """Return the shown source excerpts of each of ``items``, by item id."""
    found: dict[int, set[int]] = {item.id: set() for item in items}
    if not found:
        return found
    grouped = (
        select(ItemSource.item_id, ClusterMember.excerpt_id)
        .join(ClusterMember, ClusterMember.cluster_id == ItemSource.cluster_id)
        .where(ClusterMember.placed_by != Placement.SUGGESTED)
    )
    direct = select(ItemSource.item_id, ItemSource.excerpt_id).where(
        ItemSource.excerpt_id.is_not(None)
    )
    own = ItemSource.item_id.in_(list(found))
    source = union(grouped.where(own), direct.where(own)).subquery()
    rows = session.execute(
        select(source.c.item_id, Excerpt.id)
        .join(Excerpt, Excerpt.id == source.c.excerpt_id)
        .join(Excerpt.contribution)
        .join(Contribution.decision)
        .where(~Excerpt.dropped, ModerationDecision.kind.in_(SHOWN))
    )
    for item_id, excerpt_id in rows:
        found[item_id].add(excerpt_id)
    return found
