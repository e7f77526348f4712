"""Imports reference lists from a table, all or nothing."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from sqlalchemy.orm import Session

from webapp.exceptions import InvalidRowsError, MissingColumnError, RowProblem
from webapp.imports.item_rows import fold
from webapp.imports.reading import Row, Table
from webapp.platform import audit
from webapp.platform.audit import Actor
from webapp.platform.jobs import Job, enqueue_on_commit
from webapp.territory import reference_edits, references
from webapp.territory.models import ReferenceKind, Territory
from webapp.territory.references import Entry, Lists

MAX_ENTRIES = 500  # forms show the whole list
# Accepted headers of each column; the first one is shown on screen.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "kind": ("liste", "nature", "type", "kind"),
    "code": ("code", "numéro"),
    "name": ("nom", "intitulé", "libellé", "name"),
    "order": ("ordre", "rang", "position", "order"),
    "retired": ("retirée", "retiré", "retired"),
    "strand": ("axe", "strand"),
}
_KINDS = {
    **dict.fromkeys(("axe", "axes", "strand"), ReferenceKind.STRAND),
    **dict.fromkeys(("mesure", "mesures", "measure"), ReferenceKind.MEASURE),
    **dict.fromkeys(("territoire", "territoires", "territory"), ReferenceKind.TERRITORY),
    **dict.fromkeys(("public", "publics"), ReferenceKind.PUBLIC),
}
_ANSWERS = dict.fromkeys(("oui", "x", "1", "vrai", "true", "retiree", "retire"), True) | (
    dict.fromkeys(("non", "0", "faux", "false", "proposee"), False)
)
_ORDER = re.compile(r"[0-9]{1,6}")


class Effect(StrEnum):
    """Effect of a line on its list."""

    ADDED = "added"
    RENAMED = "renamed"
    RETIRED = "retired"
    RESTORED = "restored"
    MOVED = "moved"
    KNOWN = "known"


@dataclass(frozen=True, slots=True, kw_only=True)
class LinePlan:
    """One line and its effect; ``previous`` is the name that it replaces."""

    line: int
    kind: ReferenceKind
    entry: Entry
    effect: Effect
    previous: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Plan of an import: the effect of each line, and the resulting lists."""

    lines: tuple[LinePlan, ...]
    lists: Mapping[ReferenceKind, Sequence[Entry]]

    def count(self, *effects: Effect) -> int:
        """Return the number of lines with one of these effects."""
        return sum(line.effect in effects for line in self.lines)


@dataclass(slots=True)
class _Draft:
    """A list after the lines read so far."""

    entries: dict[str, Entry]
    orders: dict[str, int] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    named: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Index the entries by code and by folded name."""
        for entry in self.entries.values():
            self.write(entry)

    def write(self, entry: Entry) -> None:
        """Replace an entry, or append it."""
        self.entries[entry.code] = entry
        self.named |= {fold(entry.code): entry.code, fold(entry.name): entry.code}

    def ordered(self) -> list[Entry]:
        """Return the entries in order, applying the requested positions."""
        listed = [entry for code, entry in self.entries.items() if code not in self.orders]
        for code, place in sorted(self.orders.items(), key=lambda pair: pair[1]):
            listed.insert(max(place - 1, 0), self.entries[code])
        return listed


def plan_lists(session: Session, *, table: Table, default: ReferenceKind | None) -> Plan:
    """Return the plan of :func:`import_lists`, without storing anything.

    Raises
    ------
    MissingColumnError
        If there is no column of names, or neither a column nor ``default`` gives the list.
    InvalidRowsError
        With every line whose list, code, name, order, axis or retirement is invalid.
    """
    columns = _columns(table.checked(), default)
    found = references.read(session)
    drafts = {kind: _Draft(dict(found.entries[kind])) for kind in ReferenceKind}
    problems: list[RowProblem] = []
    lines: list[LinePlan] = []
    for row in table.rows:
        values = {name: row.get(column) for name, column in columns.items()}
        kind = _KINDS.get(fold(values["kind"])) if values.get("kind") else default
        if kind is None:
            problems.append(RowProblem(row.line, "list", values.get("kind", "")))
            continue
        wrong = list(_problems(row, kind, values, drafts, found))
        problems += wrong
        if not wrong:
            lines.append(_read(row, kind, values, drafts[kind], found))
    problems += _repeated(lines, drafts)
    if problems:
        raise InvalidRowsError(tuple(sorted(problems, key=lambda problem: problem.line)))
    kinds = dict.fromkeys(line.kind for line in lines)
    lists = {kind: drafts[kind].ordered() for kind in kinds}
    moved = {kind: _moved(list(found.entries[kind]), entries) for kind, entries in lists.items()}
    return Plan(
        lines=tuple(
            replace(line, effect=Effect.MOVED)
            if line.effect is Effect.KNOWN and line.entry.code in moved[line.kind]
            else line
            for line in lines
        ),
        lists=lists,
    )


def import_lists(
    session: Session, *, table: Table, default: ReferenceKind | None, actor: Actor
) -> Plan:
    """Add and update the entries of a table, all or none.

    An entry is identified by its code, or by its name when the line has no code; other entries are
    unchanged. Idempotent.

    Raises
    ------
    MissingColumnError, InvalidRowsError
        As :func:`plan_lists`.
    """
    plan = plan_lists(session, table=table, default=default)
    for kind, entries in plan.lists.items():
        reference_edits.adopt(session, kind=kind, entries=entries, actor=actor)
    changed = len(plan.lines) - plan.count(Effect.KNOWN)
    audit.record_act(
        session, actor, "reference.import", "reference", f"{changed}/{len(plan.lines)}"
    )
    enqueue_on_commit(session, Job.ALIGN_GROUPS)
    return plan


def _moved(before: Sequence[str], after: Sequence[Entry]) -> set[str]:
    """Return the codes of the existing entries whose position changes."""
    known = [entry.code for entry in after if entry.code in before]
    return {code for code, previous in zip(known, before, strict=True) if code != previous}


def _columns(table: Table, default: ReferenceKind | None) -> dict[str, str]:
    named = {fold(column): column for column in table.columns if column}
    columns = {
        name: column
        for name, words in COLUMNS.items()
        if (column := next((named[fold(w)] for w in words if fold(w) in named), ""))
    }
    if "name" not in columns:
        raise MissingColumnError("nom", table.columns)
    if "kind" not in columns and default is None:
        raise MissingColumnError("liste", table.columns)
    return columns


def _by_code(kind: ReferenceKind, values: Mapping[str, str], draft: _Draft) -> Entry | None:
    code = values.get("code", "")
    return draft.entries.get(code.upper() if kind in reference_edits.CODED else code)


def _known(kind: ReferenceKind, values: Mapping[str, str], draft: _Draft) -> Entry | None:
    """Return the existing entry of a line, by code or else by name."""
    named = _by_code(kind, values, draft)
    if named or (values.get("code") and kind in reference_edits.CODED):
        return named
    return draft.entries.get(draft.named.get(fold(values["name"]), ""))


def _problems(
    row: Row,
    kind: ReferenceKind,
    values: Mapping[str, str],
    drafts: Mapping[ReferenceKind, _Draft],
    found: Lists,
) -> Iterator[RowProblem]:
    draft, entry = drafts[kind], _known(kind, values, drafts[kind])
    code, limit = values.get("code", ""), reference_edits.MAX_LENGTHS[kind]
    if not values["name"]:
        yield RowProblem(row.line, "missing_name")
    elif len(values["name"]) > limit:
        yield RowProblem(row.line, "long_name", str(limit))
    if entry is None and kind in reference_edits.CODED and not reference_edits.is_code(code):
        yield RowProblem(row.line, "entry_code" if code else "missing_code", code)
    if entry is None and len(draft.entries) >= MAX_ENTRIES:
        yield RowProblem(row.line, "too_many_entries", str(MAX_ENTRIES))
    yield from _cell_problems(row, kind, values, entry, found)


def _cell_problems(
    row: Row,
    kind: ReferenceKind,
    values: Mapping[str, str],
    entry: Entry | None,
    found: Lists,
) -> Iterator[RowProblem]:
    if values.get("order") and not _ORDER.fullmatch(values["order"].removesuffix(".0")):
        yield RowProblem(row.line, "order", values["order"])
    retired = _answer(values)
    if values.get("retired") and retired is None:
        yield RowProblem(row.line, "retired", values["retired"])
    if retired and kind is ReferenceKind.TERRITORY and entry and entry.code == Territory.REGION:
        yield RowProblem(row.line, "region_stays", entry.name)
    if kind is ReferenceKind.MEASURE and values.get("strand") and not _strand(values, found):
        yield RowProblem(row.line, "strand", values["strand"])


def _answer(values: Mapping[str, str]) -> bool | None:
    return _ANSWERS.get(fold(values.get("retired", "")))


def _strand(values: Mapping[str, str], found: Lists) -> str:
    spellings = found.spellings(ReferenceKind.STRAND)
    folded = {fold(text): code for text, code in spellings.items()}
    return folded.get(fold(values.get("strand", "")).removeprefix("axe "), "")


def _read(
    row: Row, kind: ReferenceKind, values: Mapping[str, str], draft: _Draft, found: Lists
) -> LinePlan:
    """Apply a valid line to the draft of its list, and return its effect."""
    previous, name = _known(kind, values, draft), " ".join(values["name"].split())
    code = values.get("code", "").upper() if kind in reference_edits.CODED else name
    entry = previous or Entry(code=code, name=name)
    retired = _answer(values)
    entry = replace(
        entry,
        name=name if previous is None or _by_code(kind, values, draft) else previous.name,
        retired=entry.retired if retired is None else retired,
        strand=_strand(values, found) or entry.strand,
    )
    draft.write(entry)
    if values.get("order"):
        draft.orders[entry.code] = int(values["order"].removesuffix(".0"))
    return LinePlan(
        line=row.line,
        kind=kind,
        entry=entry,
        effect=_effect(previous, entry),
        previous=previous.name if previous else "",
    )


def _effect(previous: Entry | None, entry: Entry) -> Effect:
    if previous is None:
        return Effect.ADDED
    if previous.name != entry.name:
        return Effect.RENAMED
    if previous.retired is not entry.retired:
        return Effect.RETIRED if entry.retired else Effect.RESTORED
    return Effect.KNOWN


def _repeated(
    lines: Sequence[LinePlan], drafts: Mapping[ReferenceKind, _Draft]
) -> Iterator[RowProblem]:
    """Yield the lines that repeat an entry, or give it the name of another."""
    for line in lines:
        draft = drafts[line.kind]
        if line.entry.code in draft.seen:
            yield RowProblem(line.line, "repeated_entry", line.entry.name)
        draft.seen.add(line.entry.code)
    counted = {
        kind: Counter(text for e in draft.entries.values() for text in {fold(e.name), fold(e.code)})
        for kind, draft in drafts.items()
    }
    for line in lines:
        if counted[line.kind][fold(line.entry.name)] > 1:
            yield RowProblem(line.line, "taken_name", line.entry.name)
