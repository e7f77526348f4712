"""Imports the items of an existing roadmap from a spreadsheet, as drafts."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.exceptions import InvalidRowsError, RowProblem
from webapp.imports.item_rows import Spellings, cells, fields_of, fold, problems_of, spellings_of
from webapp.imports.models import ItemImport
from webapp.imports.reading import Table
from webapp.platform import audit
from webapp.platform.audit import Actor
from webapp.roadmap import items
from webapp.roadmap.items import ItemFields
from webapp.roadmap.models import ItemStatus, RoadmapItem
from webapp.territory import references
from webapp.territory.models import WorkingGroup


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """The rows, the column mapping, and the roadmap to import into.

    ``group`` is the default working group of rows without one.
    """

    table: Table
    columns: Mapping[str, str]
    group: WorkingGroup


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Counts of an import: rows read, items created, rows already imported."""

    read: int
    stored: int
    known: int


@dataclass(frozen=True, slots=True)
class _NewItem:
    key: str
    reference: str
    group: WorkingGroup
    fields: ItemFields


def plan_items(session: Session, *, request: Request) -> Report:
    """Return the report of :func:`import_items`, without storing anything.

    Raises
    ------
    MissingColumnError, InvalidRowsError
        As :func:`import_items`.
    """
    return _plan(session, request)[1]


def import_items(session: Session, *, request: Request, actor: Actor) -> Report:
    """Store every new row as a draft item, all or nothing.

    The key of a row is its reference, or its title when it has none. Items get new references;
    that of the file is stored in the import record.

    Raises
    ------
    MissingColumnError
        If a requested column is missing.
    InvalidRowsError
        With every row whose title, axis, date, public, territory, group or lengths are invalid.
    """
    rows, report = _plan(session, request)
    for row in rows:
        item = RoadmapItem(
            roadmap_id=row.group.roadmap_id,
            working_group_id=row.group.id,
            reference=items.next_reference(session, row.group.roadmap, row.group),
            title=row.fields.title,
            status=ItemStatus.DRAFT,
        )
        session.add(item)
        items.save(session, item=item, fields=row.fields, actor=actor)
        session.add(
            ItemImport(item_id=item.id, key=row.key, reference=row.reference, imported_at=actor.now)
        )
    if rows:
        details = f"{report.stored}/{report.read}"
        audit.record_act(session, actor, "item.import", "roadmap", details)
    session.flush()
    return report


def _plan(session: Session, request: Request) -> tuple[list[_NewItem], Report]:
    columns = {field: column for field, column in request.columns.items() if column}
    request.table.checked().require(*columns.values())
    groups = _groups(session, request.group)
    known = spellings_of(references.read(session))
    problems = [p for row in request.table.rows for p in problems_of(row, columns, known)]
    problems += [*_unknown_groups(request.table, columns, groups)]
    problems += [*_repeated(request.table, columns)]
    if problems:
        raise InvalidRowsError(tuple(sorted(problems, key=lambda problem: problem.line)))
    values = [cells(row, columns) for row in request.table.rows]
    read = list(_keyed(values, groups, request.group, known))
    stored = _known(session, read, request.group.roadmap_id)
    new_items = [row for row in read if row.key not in stored]
    return new_items, Report(
        read=len(read), stored=len(new_items), known=len(read) - len(new_items)
    )


def _groups(session: Session, default: WorkingGroup) -> dict[str, WorkingGroup]:
    """Return the working groups of the roadmap by folded name, slug and initials."""
    found = session.scalars(
        select(WorkingGroup).where(WorkingGroup.roadmap_id == default.roadmap_id)
    ).all()
    return {fold(name): g for g in found for name in (g.slug, g.name, g.initial)}


def _unknown_groups(
    table: Table, columns: Mapping[str, str], groups: Mapping[str, WorkingGroup]
) -> Iterator[RowProblem]:
    for row in table.rows:
        name = cells(row, columns)["group"]
        if name and fold(name) not in groups:
            yield RowProblem(row.line, "working_group", name)


def _repeated(table: Table, columns: Mapping[str, str]) -> Iterator[RowProblem]:
    seen: set[str] = set()
    for row in table.rows:
        reference = cells(row, columns)["reference"]
        if fold(reference) in seen:
            yield RowProblem(row.line, "repeated_reference", reference)
        elif fold(reference):
            seen.add(fold(reference))


def _keyed(
    read: Sequence[Mapping[str, str]],
    groups: Mapping[str, WorkingGroup],
    default: WorkingGroup,
    known: Spellings,
) -> Iterator[_NewItem]:
    seen: Counter[str] = Counter()
    for values in read:
        group = groups.get(fold(values["group"]), default)
        kind = "reference" if fold(values["reference"]) else "title"
        name = fold(values[kind]) or values[kind]
        seen[name] += 1
        content = f"{group.roadmap_id}\0{kind}\0{name}\0{seen[name]}"
        key = hashlib.sha256(content.encode()).hexdigest()
        yield _NewItem(key, values["reference"], group, fields_of(values, known))


def _known(session: Session, rows: Sequence[_NewItem], roadmap_id: int) -> set[str]:
    """Return the keys already imported, or equal to an item reference of this roadmap."""
    known = set(session.scalars(select(ItemImport.key)))
    borne = select(RoadmapItem.reference).where(RoadmapItem.roadmap_id == roadmap_id)
    ours = {fold(reference) for reference in session.scalars(borne)}
    return known | {row.key for row in rows if fold(row.reference) in ours}
