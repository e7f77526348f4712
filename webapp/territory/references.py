"""Reading of the reference lists, and validation of the codes that rows refer to.

Rows store codes, pages show names. Edits of the lists are in ``reference_edits``.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.exceptions import UnlistedError
from webapp.platform.text_cleaning import folded
from webapp.territory.models import Reference, ReferenceKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of a list."""

    code: str
    name: str
    retired: bool = False
    strand: str = ""


@dataclass(frozen=True, slots=True)
class Lists:
    """The four lists, in their edited order."""

    entries: Mapping[ReferenceKind, Mapping[str, Entry]]

    def names(self, kind: ReferenceKind) -> dict[str, str]:
        """Return the names of a list by code, retired entries included."""
        return {code: entry.name for code, entry in self.entries[kind].items()}

    def retired(self, kind: ReferenceKind) -> frozenset[str]:
        """Return the retired codes."""
        return frozenset(code for code, entry in self.entries[kind].items() if entry.retired)

    def offered(self, kind: ReferenceKind) -> dict[str, str]:
        """Return the names of the active entries by code."""
        return {code: e.name for code, e in self.entries[kind].items() if not e.retired}

    def name(self, kind: ReferenceKind, code: str) -> str:
        """Return the name of a code; an unknown code is returned unchanged."""
        entry = self.entries[kind].get(code)
        return entry.name if entry else code

    def strand(self, code: str | None) -> str:
        """Return the title of an axis, as used for chapters."""
        return f"Axe {code} – {self.name(ReferenceKind.STRAND, code)}" if code else ""

    def territory(self, code: str | None) -> str:
        """Return the name of a territory."""
        return self.name(ReferenceKind.TERRITORY, code) if code else ""

    def sorted(self, kind: ReferenceKind, codes: Iterable[str]) -> tuple[str, ...]:
        """Return the distinct ``codes`` in list order, unknown ones last."""
        wanted = set(codes)
        known = [code for code in self.entries[kind] if code in wanted]
        return (*known, *sorted(wanted.difference(known)))

    def spellings(self, kind: ReferenceKind) -> dict[str, str]:
        """Return the active codes by accepted spelling: name or code, folded."""
        offered = self.offered(kind)
        codes = {folded(code): code for code in offered}
        return codes | {folded(name): code for code, name in offered.items()}


def read(session: Session) -> Lists:
    """Return the four lists."""
    entries: dict[ReferenceKind, dict[str, Entry]] = {kind: {} for kind in ReferenceKind}
    columns = (Reference.code, Reference.name, Reference.retired, Reference.strand)
    rows = session.execute(
        select(Reference.kind, *columns).order_by(Reference.position, Reference.id)
    )
    for kind, code, name, retired, strand in rows:
        entries[kind][code] = Entry(code=code, name=name, retired=retired, strand=strand)
    return Lists(entries)


def check(
    session: Session,
    *,
    kind: ReferenceKind,
    codes: Iterable[str | None],
    current: Collection[str | None] = (),
) -> None:
    """Check that ``codes`` are active; ``current`` ones are always accepted.

    Raises
    ------
    UnlistedError
        On the first code that is unknown or retired.
    """
    chosen = [code for code in codes if code and code not in current]
    offered = read(session).offered(kind) if chosen else {}
    for code in chosen:
        if code not in offered:
            raise UnlistedError(kind, code)


def check_known(session: Session, *, kind: ReferenceKind, code: str) -> None:
    """Check that a list has ``code``, active or retired.

    Raises
    ------
    UnlistedError
        If it does not.
    """
    query = select(Reference.id).where(Reference.kind == kind, Reference.code == code)
    if session.scalar(query) is None:
        raise UnlistedError(kind, code)


def measure_of(session: Session, *, typed: str, current: str = "") -> str:
    """Return the code of the measure named ``typed``, or ``typed`` if it is not listed.

    Raises
    ------
    UnlistedError
        If it is retired and the row did not already have it.
    """
    entries = read(session).entries[ReferenceKind.MEASURE]
    named = {folded(entry.name): entry for entry in entries.values()}
    entry = named.get(folded(typed)) or entries.get(typed)
    if entry is None or entry.code == current:
        return typed if entry is None else entry.code
    if entry.retired:
        raise UnlistedError(ReferenceKind.MEASURE, entry.name)
    return entry.code
