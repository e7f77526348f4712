"""Finds the published versions that quote contributions."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload, undefer

from webapp.collection.models import Contribution, DecisionKind, Excerpt, ModerationDecision
from webapp.publishing import snapshots
from webapp.publishing.models import RoadmapVersion
from webapp.territory.models import Roadmap


def versions_quoting(session: Session, *contributions: Contribution) -> list[RoadmapVersion]:
    """Return the versions, withdrawn or not, that quote one of these contributions."""
    own = {excerpt.id for contribution in contributions for excerpt in contribution.excerpts}
    return [
        version
        for version in _versions(session)
        if any(excerpt in own for excerpt, _ in _quotations(version))
    ]


def count_hidden(session: Session, *, roadmap: Roadmap) -> dict[int, int]:
    """Return, by version not withdrawn, the number of quotations that may no longer be shown.

    Text masked since counts, as the version still shows the original.
    """
    rows = session.execute(
        select(Excerpt.id, Excerpt.contribution_id, ModerationDecision.masked_body)
        .join(
            ModerationDecision,
            (ModerationDecision.contribution_id == Excerpt.contribution_id)
            & ModerationDecision.is_current,
        )
        .where(ModerationDecision.kind != DecisionKind.PUBLISHED)
    )
    hidden = {excerpt: (contribution_id, masked) for excerpt, contribution_id, masked in rows}
    counts = {
        version.number: len(
            {
                hidden[excerpt][0]
                for excerpt, quoted in _quotations(version)
                if excerpt in hidden and quoted != hidden[excerpt][1]
            }
        )
        for version in _versions(session, roadmap)
        if version.withdrawal is None
    }
    return {number: count for number, count in counts.items() if count}


def _versions(session: Session, roadmap: Roadmap | None = None) -> Sequence[RoadmapVersion]:
    """Return the versions of one roadmap, or of all of them, with their content."""
    query = (
        select(RoadmapVersion)
        .options(selectinload(RoadmapVersion.roadmap), undefer(RoadmapVersion.content))
        .order_by(RoadmapVersion.roadmap_id, RoadmapVersion.number)
    )
    if roadmap is not None:
        query = query.where(RoadmapVersion.roadmap_id == roadmap.id)
    return session.scalars(query).all()


def _quotations(version: RoadmapVersion) -> set[tuple[int, str]]:
    """Return the ids of the quoted excerpts, parsed from their references, with the quoted text."""
    return {
        (int(source.reference.rpartition("-")[2]), source.words)
        for item in snapshots.document_of(version).items
        for source in item.sources
        if source.reference.rpartition("-")[2].isdecimal()
    }
