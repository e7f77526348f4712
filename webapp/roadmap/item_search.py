"""The items of the commissioner's desk: what waits, filters, sorting."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from operator import itemgetter

from webapp.platform.text_cleaning import folded
from webapp.roadmap import progress, transitions
from webapp.roadmap.models import ItemStatus, Priority, RoadmapItem

NOBODY = "-"  # filter value for items that have no lead, axis or group


class Waiting(StrEnum):
    """What an item waits for from the person in charge of the roadmap."""

    LATE = "late"
    TO_DECIDE = "to_decide"
    INCOMPLETE = "incomplete"
    PROPOSED = "proposed"


class SortKey(StrEnum):
    """Sortable columns of the table."""

    REFERENCE = "reference"
    GROUP = "group"
    PRIORITY = "priority"
    STRAND = "strand"
    LEAD = "lead"
    DUE_DATE = "due_date"
    STATUS = "status"
    MISSING = "missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Criteria:
    """Filters of the desk; an empty one excludes nothing. ``NOBODY`` asks for an empty field."""

    words: str = ""
    waiting: Waiting | None = None
    status: ItemStatus | None = None
    group: str = ""
    priority: Priority | None = None
    strand: str = ""
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """A sorted column and its direction."""

    key: SortKey = SortKey.REFERENCE
    descending: bool = False


def waits_for(item: RoadmapItem, today: date) -> frozenset[Waiting]:
    """Return what ``item`` waits for.

    An item is late once its due date has passed; to decide while it is submitted; incomplete while
    it is neither done nor abandoned and lacks a required field; proposed when it is a complete
    draft, which the person in charge may submit.
    """
    incomplete = item.status not in progress.FINAL and bool(transitions.missing_fields(item))
    answers = {
        Waiting.LATE: progress.is_late(item, today),
        Waiting.TO_DECIDE: item.status is ItemStatus.SUBMITTED,
        Waiting.INCOMPLETE: incomplete,
        Waiting.PROPOSED: item.status is ItemStatus.DRAFT and not incomplete,
    }
    return frozenset(waiting for waiting, holds in answers.items() if holds)


def count_waiting(items: Iterable[RoadmapItem], today: date) -> dict[Waiting, int]:
    """Return how many items wait for each thing, those that wait for nothing left out."""
    found = [waiting for item in items for waiting in waits_for(item, today)]
    return {waiting: n for waiting in Waiting if (n := found.count(waiting))}


def choose(
    items: Iterable[RoadmapItem], criteria: Criteria, *, today: date
) -> Sequence[RoadmapItem]:
    """Return the items that meet every criterion, in the order given."""
    terms = folded(criteria.words).split()
    return [item for item in items if _matches(item, criteria, terms, today)]


def ordered(items: Iterable[RoadmapItem], order: Order) -> Sequence[RoadmapItem]:
    """Return the items sorted by a column, then by reference; empty values are always last."""
    by_reference = sorted(items, key=lambda item: item.reference)
    cells = [(_VALUES[order.key](item), item) for item in by_reference]
    filled = [(value, item) for value, item in cells if value is not None]
    # Sorting is stable in both directions: equal values stay by reference.
    filled.sort(key=itemgetter(0), reverse=order.descending)
    empty = [item for value, item in cells if value is None]
    return [*(item for _, item in filled), *empty]


def leads(items: Iterable[RoadmapItem]) -> Sequence[str]:
    """Return the leads of ``items``, in alphabetical order."""
    return sorted({item.lead for item in items if item.lead}, key=folded)


def _matches(item: RoadmapItem, criteria: Criteria, terms: list[str], today: date) -> bool:
    asked: tuple[tuple[object, Callable[[], bool]], ...] = (
        (criteria.waiting, lambda: criteria.waiting in waits_for(item, today)),
        (criteria.status, lambda: item.status is criteria.status),
        (criteria.group, lambda: item.working_group.slug == criteria.group),
        (criteria.priority, lambda: item.priority is criteria.priority),
        (criteria.strand, lambda: (item.strand or NOBODY) == criteria.strand),
        (criteria.lead, lambda: folded(item.lead or NOBODY) == folded(criteria.lead)),
        (terms, lambda: _contains(item, terms)),
    )
    return all(meets() for value, meets in asked if value)


def _contains(item: RoadmapItem, terms: list[str]) -> bool:
    """Whether the reference and the texts of ``item`` contain every word."""
    texts = (item.reference, item.title, item.measure, item.finding, item.objective)
    plain = folded("\n".join((*texts, item.description, item.lead, *item.partners)))
    return all(word in plain for word in terms)


# Values of the columns; None is an empty cell.
_VALUES: dict[SortKey, Callable[[RoadmapItem], str | int | date | None]] = {
    SortKey.REFERENCE: lambda item: item.reference,
    SortKey.GROUP: lambda item: folded(item.working_group.name),
    SortKey.PRIORITY: lambda item: None if item.priority is Priority.NONE else int(item.priority),
    SortKey.STRAND: lambda item: item.strand,
    SortKey.LEAD: lambda item: folded(item.lead) or None,
    SortKey.DUE_DATE: lambda item: item.due_date,
    SortKey.STATUS: lambda item: list(ItemStatus).index(item.status),
    SortKey.MISSING: lambda item: len(transitions.missing_fields(item)),
}
