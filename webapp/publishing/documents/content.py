"""The content of a roadmap, independent of file formats.

Two invariants are enforced here for every format: a count of concerned people below
:data:`SMALL_COUNT` is removed (it could identify someone), and datetimes are aware. A source has
no field for whether its author is a concerned person.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Final, TypeVar

from webapp.platform.small_counts import SMALL_COUNT
from webapp.publishing.documents.priorities import Priority
from webapp.territory.shipped_references import Listed

T = TypeVar("T")
LATER: Final = "later"


def later(default: T) -> T:
    """Return a field added in a later version, encoded only when filled, to keep earlier hashes."""
    return field(default=default, metadata={LATER: True})


class ChapterBasis(StrEnum):
    """Basis of the chapters, chosen by the commissioner."""

    AXIS = "axis"
    GROUP = "group"


class ItemStatus(StrEnum):
    """Status of a roadmap item."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    ADOPTED = "adopted"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    ABANDONED = "abandoned"


class Channel(StrEnum):
    """Channel of a contribution."""

    PHONE = "phone"
    RAPPORTEUR = "rapporteur"
    PAPER = "paper"
    IMPORT = "import"


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Counts of origins; ``concerned`` is None when unknown, or hidden because it is small."""

    contributions: int = 0
    tables: int = 0
    workshops: int = 0
    territories: int = 0
    concerned: int | None = None

    def __post_init__(self) -> None:
        """Remove a count of concerned people that could identify someone."""
        if self.concerned is not None and self.concerned < SMALL_COUNT:
            object.__setattr__(self, "concerned", None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Participation:
    """Figures of the whole consultation; ``people`` is the attendance when it was counted."""

    provenance: Provenance = Provenance()
    people: int | None = None
    started_on: date | None = None
    ended_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnalysisFigures:
    """One run, with what is needed to reproduce it; ``fingerprint`` is the hash of its inputs."""

    working_group: str
    run: str
    fingerprint: str
    encoder: str
    seed: int
    texts: int = 0
    groups: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """Description of the method: sentences in French, and the runs."""

    sentences: tuple[str, ...] = ()
    runs: tuple[AnalysisFigures, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerLine:
    """Counts of outcomes for the contributions of one workshop."""

    workshop_code: str
    workshop_title: str
    received: int = 0
    grouped: int = 0
    isolated: int = 0
    set_aside: int = 0
    withdrawn: int = 0
    pending: int = 0

    @property
    def accounted(self) -> int:
        """Contributions whose outcome is known, or known to be pending."""
        return self.grouped + self.isolated + self.set_aside + self.withdrawn + self.pending

    @property
    def closes(self) -> bool:
        """Whether every contribution has exactly one outcome."""
        return self.received == self.accounted


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """The ledger of the consultation, by workshop."""

    lines: tuple[LedgerLine, ...] = ()

    @property
    def total(self) -> LedgerLine:
        """The sum of all lines, computed."""
        return LedgerLine(
            workshop_code="",
            workshop_title="",
            received=sum(line.received for line in self.lines),
            grouped=sum(line.grouped for line in self.lines),
            isolated=sum(line.isolated for line in self.lines),
            set_aside=sum(line.set_aside for line in self.lines),
            withdrawn=sum(line.withdrawn for line in self.lines),
            pending=sum(line.pending for line in self.lines),
        )

    @property
    def closes(self) -> bool:
        """Whether every line closes."""
        return all(line.closes for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A value of an indicator: its baseline, its target or a measurement."""

    value: Decimal
    on: date | None = None
    source: str = ""
    territory: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """An indicator of an item."""

    title: str
    unit: str = ""
    baseline: Reading | None = None
    target: Reading | None = None
    measurements: tuple[Reading, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """A dated step of an item."""

    title: str
    due_date: date | None = None
    done_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a meeting (``body``, for instance « COPIL ») decided about an item."""

    on: date
    body: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """A change to what was decided, and its reason; ``changed`` names fields in French."""

    on: date
    changed: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetLine:
    """Funding of an item in one year, in euros."""

    year: int
    funder: str
    amount: int
    purpose: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Link of an item; ``kind`` is in French (« pacte local », « démarche inspirante »)."""

    kind: str
    title: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Shown text of a contribution; ``cluster`` is the title of its cluster.

    ``reference`` is stable and public; it is not the receipt, which allows a withdrawal.
    """

    reference: str
    workshop_code: str
    workshop_title: str
    words: str
    table: str = ""
    channel: Channel = Channel.PHONE
    masked: bool = False
    cluster: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One item (*fiche action*); ``measure`` is its measure of the Pacte."""

    reference: str
    title: str
    strand: str = ""
    status: ItemStatus = ItemStatus.DRAFT
    finding: str = ""
    objective: str = ""
    description: str = ""
    lead: str = ""
    partners: tuple[str, ...] = ()
    publics: tuple[str, ...] = ()
    territories: tuple[str, ...] = ()
    due_date: date | None = None
    resources: str = ""
    milestones: tuple[Milestone, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    decisions: tuple[Decision, ...] = ()
    sources: tuple[Source, ...] = ()
    provenance: Provenance = Provenance()
    measure: str = later("")
    budget: tuple[BudgetLine, ...] = later(())
    links: tuple[Link, ...] = later(())
    priority: Priority | None = later(None)  # noqa: RUF009 - as the others: an immutable default
    amendments: tuple[Amendment, ...] = later(())


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """The items of one axis or of one working group."""

    title: str
    introduction: str = ""
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadmapDocument:
    """A roadmap frozen at ``as_of``.

    ``sha256`` is the hash of the canonical JSON with this field empty; ``json_file.sealed``
    fills it. ``signatory`` is the function of the person who signs, on the cover.

    Raises
    ------
    ValueError
        If ``as_of`` has no time zone.
    """

    title: str
    region: str
    period: str
    version: int
    as_of: datetime
    draft: bool = False
    sha256: str = ""
    signatory: str = ""
    basis: ChapterBasis = ChapterBasis.AXIS
    participation: Participation = Participation()
    method: Method = Method()
    ledger: Ledger = Ledger()
    chapters: tuple[Chapter, ...] = ()
    lists: tuple[Listed, ...] = later(())

    def __post_init__(self) -> None:
        """Refuse a naive datetime."""
        if self.as_of.utcoffset() is None:
            raise ValueError(f"naive instant: {self.as_of!r}")

    @property
    def items(self) -> tuple[Item, ...]:
        """Every item, in the order of the chapters."""
        return tuple(item for chapter in self.chapters for item in chapter.items)
