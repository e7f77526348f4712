"""Checks that every adopted item keeps at least one shown source."""

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.collection.models import SHOWN, Contribution, Excerpt, ModerationDecision
from webapp.exceptions import LastSourceError
from webapp.review.models import ClusterMember, Placement
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
    for item in _answering(session, hidden):
        shown = _shown(session, item)
        if shown and shown <= hidden:
            raise LastSourceError(item.reference)


def answered(session: Session, *, excerpt_ids: Collection[int]) -> Sequence[RoadmapItem]:
    """Return the adopted items that have one of these excerpts as a source, and a source left."""
    return [item for item in _answering(session, excerpt_ids) if _shown(session, item)]


def check_kept(session: Session, *, items: Iterable[RoadmapItem]) -> None:
    """Check that each of ``items`` has a source left.

    Raises
    ------
    LastSourceError
        With the reference of the first that has none.
    """
    for item in items:
        if not _shown(session, item):
            raise LastSourceError(item.reference)


def without_sources(session: Session, *, items: Iterable[RoadmapItem]) -> frozenset[int]:
    """Return the ids of the adopted ``items`` that have lost every source.

    Only a withdrawal by its author can remove the last source. Items of local roadmaps have no
    sources and are ignored.
    """
    adopted = [item for item in items if item.status in ADOPTED and not item.is_own]
    return frozenset(item.id for item in adopted if not _shown(session, item))


def _answering(session: Session, excerpt_ids: Collection[int]) -> Iterable[RoadmapItem]:
    """Return the adopted items fed by one of these excerpts, directly or through its cluster."""
    groups = select(ClusterMember.cluster_id).where(ClusterMember.excerpt_id.in_(excerpt_ids))
    answers = ItemSource.cluster_id.in_(groups) | ItemSource.excerpt_id.in_(excerpt_ids)
    return session.scalars(
        select(RoadmapItem)
        .where(RoadmapItem.status.in_(ADOPTED), RoadmapItem.sources.any(answers))
        .order_by(RoadmapItem.reference)
    ).all()


def _shown(session: Session, item: RoadmapItem) -> set[int]:
    """Return the shown source excerpts of ``item``."""
    grouped = (
        select(ClusterMember.excerpt_id)
        .join(ItemSource, ItemSource.cluster_id == ClusterMember.cluster_id)
        .where(ItemSource.item_id == item.id, ClusterMember.placed_by != Placement.SUGGESTED)
    )
    direct = select(ItemSource.excerpt_id).where(
        ItemSource.item_id == item.id, ItemSource.excerpt_id.is_not(None)
    )
    return set(
        session.scalars(
            select(Excerpt.id)
            .join(Excerpt.contribution)
            .join(Contribution.decision)
            .where(
                Excerpt.id.in_(grouped) | Excerpt.id.in_(direct),
                ~Excerpt.dropped,
                ModerationDecision.kind.in_(SHOWN),
            )
        )
    )
