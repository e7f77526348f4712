"""Edits of the reference lists: add, rename, reorder, retire, restore.

Entries are never deleted, since rows refer to their codes.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.exceptions import (
    CodeFormError,
    DuplicateError,
    EmptyTextError,
    NotFoundError,
    RetirementError,
    TextTooLongError,
)
from webapp.platform import audit
from webapp.platform.audit import Actor
from webapp.platform.jobs import Job, enqueue_on_commit
from webapp.platform.text_cleaning import clean, folded
from webapp.territory import references
from webapp.territory.models import MAX_NAME_LENGTH, Reference, ReferenceKind, Territory
from webapp.territory.references import Entry

# Axes and territories have a short code, used in titles, charts and item references.
CODED = frozenset({ReferenceKind.STRAND, ReferenceKind.TERRITORY})
# The name of a territory becomes the name of its local roadmap, hence a shorter limit.
MAX_LENGTHS = dict.fromkeys(ReferenceKind, MAX_NAME_LENGTH) | {ReferenceKind.TERRITORY: 120}
_CODE = re.compile(r"[0-9A-Za-z]{1,4}")


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryFields:
    """Submitted values of an entry; the code, for axes and territories, is immutable."""

    name: str
    code: str = ""
    strand: str = ""


def list_entries(session: Session, *, kind: ReferenceKind) -> Sequence[Reference]:
    """Return one list in order, retired entries included."""
    return session.scalars(
        select(Reference).where(Reference.kind == kind).order_by(Reference.position, Reference.id)
    ).all()


def get_entry(session: Session, *, public_id: str) -> Reference:
    """Return one entry of any list.

    Raises
    ------
    NotFoundError
        If there is none.
    """
    entry = session.scalar(select(Reference).where(Reference.public_id == public_id))
    if entry is None:
        raise NotFoundError(public_id)
    return entry


def add(session: Session, *, kind: ReferenceKind, fields: EntryFields, actor: Actor) -> Reference:
    """Add an entry at the end of its list.

    Raises
    ------
    EmptyTextError
        If it has no name.
    TextTooLongError
        If its name is too long.
    CodeFormError
        If it is an axis or a territory, and its code is not one to four letters or digits.
    DuplicateError
        If an entry of the list, retired or not, has this name or code as its name or code.
    UnlistedError
        If the axis of a measure is unknown or retired.
    """
    listed = list_entries(session, kind=kind)
    name = checked_name(kind, fields.name)
    code = _code_for(kind, fields.code, name)
    if {folded(name), folded(code)} & _taken_spellings(listed):
        raise DuplicateError
    references.check(session, kind=ReferenceKind.STRAND, codes=[fields.strand])
    last = max((entry.position for entry in listed), default=0)
    entry = Reference(kind=kind, code=code, name=name, position=last + 1, strand=fields.strand)
    session.add(entry)
    session.flush()
    _record(session, "reference.add", entry, name, actor)
    enqueue_on_commit(session, Job.ALIGN_GROUPS)
    return entry


def rename(session: Session, *, entry: Reference, fields: EntryFields, actor: Actor) -> None:
    """Rename an entry, on every page and in future documents; its code does not change.

    Raises
    ------
    EmptyTextError, TextTooLongError
        If the name is empty or too long.
    DuplicateError
        If another entry of the list has it.
    UnlistedError
        If the axis of a measure changes to an unknown or retired one.
    """
    name, former = checked_name(entry.kind, fields.name), entry.name
    others = [other for other in list_entries(session, kind=entry.kind) if other is not entry]
    if folded(name) in _taken_spellings(others):
        raise DuplicateError
    kind, current = ReferenceKind.STRAND, [entry.strand]
    references.check(session, kind=kind, codes=[fields.strand], current=current)
    if (name, fields.strand) == (former, entry.strand):
        return
    entry.name, entry.strand = name, fields.strand
    session.flush()
    _record(session, "reference.rename", entry, f"{former} → {name}", actor)
    enqueue_on_commit(session, Job.ALIGN_GROUPS)


def move(session: Session, *, entry: Reference, up: bool, actor: Actor) -> None:
    """Swap an entry with the one before or after it; no effect at the ends of the list."""
    listed = list(list_entries(session, kind=entry.kind))
    place = listed.index(entry)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(listed):
        return
    listed[place], listed[other] = listed[other], listed[place]
    reorder(session, entries=listed)
    _record(session, "reference.move", entry, entry.name, actor)


def reorder(session: Session, *, entries: Iterable[Reference]) -> None:
    """Set the positions of the entries of a list to the given order."""
    for position, entry in enumerate(entries, start=1):
        entry.position = position
    session.flush()


def set_retired(session: Session, *, entry: Reference, retired: bool, actor: Actor) -> None:
    """Retire or restore an entry; rows that refer to it keep it.

    Raises
    ------
    RetirementError
        If it is the region itself, of which every indicator tells something.
    """
    if retired and is_permanent(entry):
        raise RetirementError
    if entry.retired is retired:
        return
    entry.retired = retired
    session.flush()
    _record(
        session, "reference.retire" if retired else "reference.restore", entry, entry.name, actor
    )
    enqueue_on_commit(session, Job.ALIGN_GROUPS)


def is_permanent(entry: Reference) -> bool:
    """Whether an entry cannot be retired."""
    return entry.kind is ReferenceKind.TERRITORY and entry.code == Territory.REGION


def adopt(session: Session, *, kind: ReferenceKind, entries: Sequence[Entry], actor: Actor) -> None:
    """Update a list to ``entries``, in their order, read from a file or a document.

    Entries of the list that are not among them are placed after.

    Raises
    ------
    RetirementError
        If they retire the region itself.
    """
    known = {entry.code: entry for entry in list_entries(session, kind=kind)}
    wanted = {target.code: target for target in entries}
    changed = [e for code, e in known.items() if code in wanted and e.name != wanted[code].name]
    for entry in changed:  # unique names: two entries may have swapped theirs
        entry.name = entry.public_id
    session.flush()
    for target in entries:
        entry = known.get(target.code) or Reference(
            kind=kind, code=target.code, retired=target.retired
        )
        entry.name, entry.strand = target.name, target.strand or entry.strand or ""
        session.add(entry)
        session.flush()
        if target.code not in known or entry in changed:
            _record(
                session,
                "reference.rename" if entry in changed else "reference.add",
                entry,
                target.name,
                actor,
            )
        known[target.code] = entry
        set_retired(session, entry=entry, retired=target.retired, actor=actor)
    reorder(session, entries=[*(known[code] for code in wanted), *_missing_from(known, wanted)])


def _missing_from(known: dict[str, Reference], wanted: dict[str, Entry]) -> list[Reference]:
    return [entry for code, entry in known.items() if code not in wanted]


def checked_name(kind: ReferenceKind, typed: str) -> str:
    """Return a name normalised for storage.

    Raises
    ------
    EmptyTextError, TextTooLongError
        If it is empty or too long.
    """
    name = " ".join(clean(typed).split())
    if not name:
        raise EmptyTextError
    if len(name) > MAX_LENGTHS[kind]:
        raise TextTooLongError(len(name), MAX_LENGTHS[kind])
    return name


def is_code(code: str) -> bool:
    """Whether ``code`` is a valid code of an axis or a territory.

    Examples
    --------
    >>> is_code("2A"), is_code("Corse")
    (True, False)
    """
    return _CODE.fullmatch(code) is not None


def _taken_spellings(entries: Iterable[Reference]) -> set[str]:
    return {folded(text) for entry in entries for text in (entry.name, entry.code)}


def _code_for(kind: ReferenceKind, typed: str, name: str) -> str:
    """Return the code of a new entry; kinds without codes use the name."""
    if kind not in CODED:
        return name
    code = clean(typed).upper()
    if not is_code(code):
        raise CodeFormError(code)
    return code


def _record(session: Session, action: str, entry: Reference, details: str, actor: Actor) -> None:
    description = f"{entry.kind} {entry.code} : {details}"
    audit.record_act(session, actor, action, f"reference:{entry.public_id}", description)
