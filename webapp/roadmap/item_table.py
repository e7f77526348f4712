"""The table of the commissioner's desk as CSV for French Excel."""

from collections.abc import Callable, Collection, Iterable
from datetime import date

from webapp import wording
from webapp.platform import csv_excel
from webapp.platform.tables import Column, Head, Table
from webapp.roadmap import progress, transitions
from webapp.roadmap.models import Priority, RoadmapItem
from webapp.vocabulary.labels import LABELS, label

_TITLE = "Fiches action"
_LATE = Head("late", "En retard", "string", 12)
_MISSING = Head("missing", "Il manque", "string", 40)


def export_items(
    items: Iterable[RoadmapItem],
    *,
    today: date,
    unsourced: Collection[int],
    strand_name: Callable[[str | None], str],
) -> bytes:
    """Return ``items`` in their order, with the columns of the table.

    Parameters
    ----------
    items : iterable of RoadmapItem
        The items that the table shows.
    today : date
        The day on which lateness is told.
    unsourced : collection of int
        Ids of the adopted items without a visible source.
    strand_name : callable
        Gives the title of an axis from its code.

    Returns
    -------
    bytes
        The file.
    """
    columns = (
        *_PLAIN,
        Column("strand", "Axe", "string", 40, lambda i: strand_name(i.strand)),
    )
    heads = (*columns, _LATE, _MISSING)
    rows = (
        (
            *(column.read(item) for column in columns),
            label("waiting", "late") if progress.is_late(item, today) else None,
            missing_words(item, unsourced),
        )
        for item in items
    )
    return csv_excel.write(Table(_TITLE, heads, tuple(rows)))


def missing_words(item: RoadmapItem, unsourced: Collection[int]) -> str:
    """Return what ``item`` lacks, in words; nothing if it lacks nothing."""
    missing = transitions.missing_fields(item)
    if missing:
        return wording.missing(missing)
    return "sans source visible" if item.id in unsourced else ""


def _priority(item: RoadmapItem) -> str | None:
    ranks = LABELS["priority_choice"]
    return None if item.priority is Priority.NONE else ranks[str(int(item.priority))].lower()


_PLAIN: tuple[Column[RoadmapItem], ...] = (
    Column("reference", "Référence", "string", 12, lambda item: item.reference),
    Column("title", "Intitulé", "string", 60, lambda item: item.title),
    Column("group", "Groupe de travail", "string", 30, lambda item: item.working_group.name),
    Column("priority", "Priorité", "string", 10, _priority),
    Column("lead", "Pilote", "string", 30, lambda item: item.lead),
    Column("due_date", "Échéance", "date", 12, lambda item: item.due_date),
    Column("status", "État", "string", 14, lambda item: label("item", item.status)),
)
