"""Calendar of the items: due dates and milestones by quarter, with the present day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from webapp.roadmap import progress
from webapp.roadmap.models import ItemStatus, Milestone, RoadmapItem

_MONTHS = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """A dated line: the due date of an item, or one of its milestones; late or met."""

    on: date
    item: RoadmapItem
    milestone: Milestone | None = None
    late: bool = False
    met: bool = False


@dataclass(frozen=True, slots=True)
class Quarter:
    """Three months: those before today, today's if it is among them, those that come."""

    year: int
    number: int
    past: Sequence[Entry]
    coming: Sequence[Entry]
    is_present: bool

    @property
    def late(self) -> int:
        """How many entries are late."""
        return sum(entry.late for entry in self.past)


def read(
    items: Iterable[RoadmapItem], *, today: date
) -> tuple[Sequence[Quarter], Sequence[Quarter]]:
    """Return the quarters that have an entry before the present one, then it and those after."""
    entries = sorted(
        (entry for item in items for entry in _entries(item, today)),
        key=lambda entry: (entry.on, entry.item.reference, entry.milestone is None),
    )
    present = _quarter(today)
    keys = sorted({present, *(_quarter(entry.on) for entry in entries)})
    quarters = [
        Quarter(
            *key,
            past=[e for e in entries if _quarter(e.on) == key and e.on < today],
            coming=[e for e in entries if _quarter(e.on) == key and e.on >= today],
            is_present=key == present,
        )
        for key in keys
    ]
    place = keys.index(present)
    return quarters[:place], quarters[place:]


def _entries(item: RoadmapItem, today: date) -> Iterable[Entry]:
    for step in item.milestones:
        # Milestones of an item that is done or abandoned are late for nobody.
        late = progress.is_milestone_late(step, item, today)
        yield Entry(step.due_date, item, step, late, met=step.done_on is not None)
    if item.due_date is not None:
        met = item.status is ItemStatus.DONE
        yield Entry(item.due_date, item, None, progress.is_late(item, today), met)


def _quarter(day: date) -> tuple[int, int]:
    """Return the year and the quarter, from 1 to 4."""
    return day.year, (day.month - 1) // _MONTHS + 1
