"""Types of the narrative: prose and small tables in French, shared by ODT, DOCX, PDF and HTML.

Renderers only lay it out, so that formats have the same text. These names are also those available
in office templates: see ``docs/documents.md``.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table: its caption, its header row, its rows of texts.

    ``widths`` are shares of the page width. When there is a ``total`` row, every column but the
    first holds numbers.
    """

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    total: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A labelled line of a sheet."""

    label: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One item; ``sources`` is the anchor of its sources, if any."""

    anchor: str
    reference: str
    title: str
    heading: str
    status: str
    fields: tuple[Field, ...]
    milestones: Grid
    indicators: Grid
    decisions: Grid
    provenance: str
    sources: str

    @property
    def grids(self) -> tuple[Grid, ...]:
        """The small tables that have rows."""
        tables = (self.milestones, self.indicators, self.decisions)
        return tuple(table for table in tables if table.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One chapter."""

    anchor: str
    heading: str
    introduction: tuple[str, ...]
    sheets: tuple[Sheet, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceGroup:
    """The sources of one item, in the annex."""

    anchor: str
    heading: str
    grid: Grid


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of the table of contents; ``level`` is 1 for a chapter, 2 for an item or a section."""

    level: int
    anchor: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Making:
    """The method chapter: participation, method, ledger, in the order of ``sections``."""

    anchor: str
    heading: str
    sections: tuple[Entry, ...]
    participation: tuple[str, ...]
    method: tuple[str, ...]
    runs: Grid
    ledger: Grid
    ledger_sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Annex:
    """Every source, by item."""

    anchor: str
    heading: str
    introduction: str
    groups: tuple[SourceGroup, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrative:
    """The whole document in reading order.

    ``dated`` is a sentence with the instant in Europe/Paris, ``day`` its date, ``instant`` the ISO
    instant in UTC.
    """

    title: str
    region: str
    period: str
    version: str
    dated: str
    day: str
    instant: str
    sha256: str
    signatory: str
    draft: bool
    contents: tuple[Entry, ...]
    making: Making
    parts: tuple[Part, ...]
    annex: Annex
