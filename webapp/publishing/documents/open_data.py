"""Response types of the open data API.

Records are the dataclasses of ``content``, so that responses and schemas cannot differ.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from webapp.publishing.documents.content import (
    Indicator,
    Item,
    LedgerLine,
    Method,
    Participation,
    Source,
)

LICENCE: Final = {
    "name": "etalab-2.0",
    "title": "Licence Ouverte 2.0 (Etalab)",
    "path": "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadmapAnswer:
    """Metadata of a version; ``items`` is the number of items."""

    title: str
    region: str
    period: str
    version: int
    as_of: datetime
    sha256: str
    signatory: str
    participation: Participation
    method: Method
    items: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionAnswer:
    """A published version, with its withdrawal if any."""

    number: int
    published_at: datetime
    sha256: str
    in_force: bool
    withdrawn_at: datetime | None
    withdrawal_reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionsAnswer:
    """Every version, oldest first."""

    versions: tuple[VersionAnswer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemsAnswer:
    """One page of items."""

    version: int
    total: int
    page: int
    pages: int
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceEntry:
    """A source and its item."""

    item_reference: str
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcesAnswer:
    """One page of sources."""

    version: int
    total: int
    page: int
    pages: int
    sources: tuple[SourceEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorEntry:
    """An indicator and its item."""

    item_reference: str
    indicator: Indicator


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorsAnswer:
    """One page of indicators."""

    version: int
    total: int
    page: int
    pages: int
    indicators: tuple[IndicatorEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerAnswer:
    """The ledger by workshop, with totals."""

    version: int
    lines: tuple[LedgerLine, ...]
    total: LedgerLine
    closes: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Problem details (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
