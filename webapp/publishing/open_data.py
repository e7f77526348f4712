"""Open data of a version, as paginated records."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from webapp.publishing import roadmap_search
from webapp.publishing.documents.content import RoadmapDocument
from webapp.publishing.documents.open_data import (
    IndicatorEntry,
    IndicatorsAnswer,
    ItemsAnswer,
    LedgerAnswer,
    RoadmapAnswer,
    SourceEntry,
    SourcesAnswer,
    VersionAnswer,
    VersionsAnswer,
)
from webapp.publishing.models import RoadmapVersion
from webapp.publishing.roadmap_search import Criteria
from webapp.territory.models import Roadmap

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Part:
    """Page number and page size."""

    page: int
    size: int


def describe_roadmap(document: RoadmapDocument) -> RoadmapAnswer:
    """Return the metadata of a version."""
    return RoadmapAnswer(
        title=document.title,
        region=document.region,
        period=document.period,
        version=document.version,
        as_of=document.as_of,
        sha256=document.sha256,
        signatory=document.signatory,
        participation=document.participation,
        method=document.method,
        items=len(document.items),
    )


def list_versions(roadmap: Roadmap) -> VersionsAnswer:
    """Return every version with its status."""
    return VersionsAnswer(versions=tuple(_version(v, roadmap.latest) for v in roadmap.versions))


def list_items(document: RoadmapDocument, *, criteria: Criteria, part: Part) -> ItemsAnswer:
    """Return one page of matching items, empty past the last page."""
    chapters = roadmap_search.choose(document, criteria)
    items = [item for chapter in chapters for item in chapter.items]
    return ItemsAnswer(
        version=document.version,
        total=len(items),
        page=part.page,
        pages=_pages(items, part),
        items=_part(items, part),
    )


def list_sources(document: RoadmapDocument, *, item: str, part: Part) -> SourcesAnswer:
    """Return one page of sources, of one item or of all."""
    entries = [
        SourceEntry(item_reference=found.reference, source=source)
        for found in document.items
        if item in {"", found.reference}
        for source in found.sources
    ]
    return SourcesAnswer(
        version=document.version,
        total=len(entries),
        page=part.page,
        pages=_pages(entries, part),
        sources=_part(entries, part),
    )


def list_indicators(document: RoadmapDocument, *, item: str, part: Part) -> IndicatorsAnswer:
    """Return one page of indicators, of one item or of all."""
    entries = [
        IndicatorEntry(item_reference=found.reference, indicator=indicator)
        for found in document.items
        if item in {"", found.reference}
        for indicator in found.indicators
    ]
    return IndicatorsAnswer(
        version=document.version,
        total=len(entries),
        page=part.page,
        pages=_pages(entries, part),
        indicators=_part(entries, part),
    )


def read_ledger(document: RoadmapDocument) -> LedgerAnswer:
    """Return the ledger, its total and whether it closes."""
    ledger = document.ledger
    return LedgerAnswer(
        version=document.version, lines=ledger.lines, total=ledger.total, closes=ledger.closes
    )


def _version(version: RoadmapVersion, latest: RoadmapVersion | None) -> VersionAnswer:
    withdrawal = version.withdrawal
    return VersionAnswer(
        number=version.number,
        published_at=version.published_at,
        sha256=version.sha256,
        in_force=version is latest,
        withdrawn_at=withdrawal.withdrawn_at if withdrawal else None,
        withdrawal_reason=withdrawal.reason if withdrawal else "",
    )


def _pages(values: Sequence[T], part: Part) -> int:
    return max(1, -(-len(values) // part.size))


def _part(values: Sequence[T], part: Part) -> tuple[T, ...]:
    return tuple(values[(part.page - 1) * part.size : part.page * part.size])
