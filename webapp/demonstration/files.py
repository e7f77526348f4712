"""Reads the demonstration files: programme, contributions and reference themes."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from webapp.collection.contributions import Details
from webapp.collection.models import Channel, Concerned, ContributionKind, DecisionKind
from webapp.imports.reading import Row, Table, read_table
from webapp.roadmap.indicators import IndicatorFields
from webapp.roadmap.items import ItemFields

STARTED_ON = date(2023, 11, 7)
FOLDER = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceContribution:
    """One contribution, with its moderation decision and its theme."""

    key: str
    workshop: str
    minute: int
    body: str
    details: Details
    decision: DecisionKind
    reason: str
    masked_body: str
    theme: str

    @property
    def is_late(self) -> bool:
        """Whether it was keyed in from paper the next day, after the first analysis."""
        return self.details.channel is Channel.PAPER and self.minute % 5 == 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """A reference theme and, for the largest ones, its item."""

    slug: str
    fields: ItemFields
    indicator: IndicatorFields
    is_item: bool


def read_programme() -> Table:
    """Return the workshops and stands."""
    return _read("programme.csv")


def read_contributions(group: str) -> tuple[SourceContribution, ...]:
    """Return the contributions of one working group, in file order."""
    rows = _read(f"contributions-{group}.csv").rows
    return tuple(
        _contribution(f"demo-{group}-{number}", row) for number, row in enumerate(rows, start=1)
    )


def read_themes(group: str) -> dict[str, Theme]:
    """Return the reference themes of one working group, by slug."""
    return {row.get("theme"): _theme(row) for row in _read(f"themes-{group}.csv").rows}


def _read(name: str) -> Table:
    return read_table((FOLDER / name).read_bytes(), name=name)


def _contribution(key: str, row: Row) -> SourceContribution:
    kind, territory = row.get("kind"), row.get("territory")
    return SourceContribution(
        key=key,
        workshop=row.get("workshop"),
        minute=int(row.get("minute") or 0),
        body=row.get("body"),
        details=Details(
            channel=Channel(row.get("channel")),
            kind=ContributionKind(kind) if kind else None,
            table_label=row.get("table"),
            sheet=row.get("sheet"),
            people=int(row.get("people") or 1),
            concerned=Concerned(row.get("concerned") or Concerned.UNKNOWN),
            territory=territory or None,
            language=row.get("language") or "fr",
        ),
        decision=DecisionKind(row.get("decision")),
        reason=row.get("reason"),
        masked_body=row.get("masked_body"),
        theme=row.get("theme"),
    )


def _theme(row: Row) -> Theme:
    strand, due = row.get("strand"), row.get("due_date")
    return Theme(
        slug=row.get("theme"),
        is_item=bool(row.get("finding")),
        fields=ItemFields(
            title=row.get("title"),
            strand=strand or None,
            measure=row.get("measure"),
            finding=row.get("finding"),
            objective=row.get("objective"),
            description=row.get("description"),
            lead=row.get("lead"),
            partners=_list(row.get("partners")),
            publics=_list(row.get("publics")),
            territories=_list(row.get("territories")),
            due_date=date.fromisoformat(due) if due else None,
            resources=row.get("resources"),
        ),
        indicator=IndicatorFields(
            name=row.get("indicator"),
            unit=row.get("unit"),
            baseline=_number(row.get("baseline")),
            baseline_on=STARTED_ON,
            target=_number(row.get("target")),
            target_on=date.fromisoformat(due) if due else None,
        ),
    )


def _list(cell: str) -> tuple[str, ...]:
    return tuple(part for raw in cell.split(";") if (part := raw.strip()))


def _number(cell: str) -> float | None:
    return float(cell.replace(",", ".")) if cell else None
