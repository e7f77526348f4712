"""The reference lists as pages, files and documents read them, and the rule of what is chosen.

Rows keep codes; people read names. How the lists are edited is in ``reference_lists``.
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
    """One line of a list."""

    code: str
    name: str
    retired: bool = False
    strand: str = ""


@dataclass(frozen=True, slots=True)
class Lists:
    """The four lists, in the order that people gave them."""

    entries: Mapping[ReferenceKind, Mapping[str, Entry]]

    def names(self, kind: ReferenceKind) -> dict[str, str]:
        """Return every name of a list by its code, retired entries among them."""
        return {code: entry.name for code, entry in self.entries[kind].items()}

    def retired(self, kind: ReferenceKind) -> frozenset[str]:
        """Return the codes that nobody is offered any more."""
        return frozenset(code for code, entry in self.entries[kind].items() if entry.retired)

    def offered(self, kind: ReferenceKind) -> dict[str, str]:
        """Return the names that may still be chosen, by their code."""
        return {code: e.name for code, e in self.entries[kind].items() if not e.retired}

    def name(self, kind: ReferenceKind, code: str) -> str:
        """Return the name of a code; one that no list has is shown as it is."""
        entry = self.entries[kind].get(code)
        return entry.name if entry else code

    def strand(self, code: str | None) -> str:
        """Return an axis as the chapters name it."""
        return f"Axe {code} – {self.name(ReferenceKind.STRAND, code)}" if code else ""

    def territory(self, code: str | None) -> str:
        """Return the name of a territory."""
        return self.name(ReferenceKind.TERRITORY, code) if code else ""

    def sorted(self, kind: ReferenceKind, codes: Iterable[str]) -> tuple[str, ...]:
        """Return ``codes`` in the order of their list, each once; unknown ones come last."""
        wanted = set(codes)
        known = [code for code in self.entries[kind] if code in wanted]
        return (*known, *sorted(wanted.difference(known)))

    def spellings(self, kind: ReferenceKind) -> dict[str, str]:
        """Return what people write for each code that may be chosen: its name, or itself."""
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
    held: Collection[str | None] = (),
) -> None:
    """Make sure that ``codes`` may be chosen; what a row ``held`` before, it may keep.

    Raises
    ------
    UnlistedError
        On the first that is in no list, or retired from it.
    """
    chosen = [code for code in codes if code and code not in held]
    offered = read(session).offered(kind) if chosen else {}
    for code in chosen:
        if code not in offered:
            raise UnlistedError(kind, code)


def check_known(session: Session, *, kind: ReferenceKind, code: str) -> None:
    """Make sure that a list has ``code``, be it retired.

    Raises
    ------
    UnlistedError
        If it does not.
    """
    query = select(Reference.id).where(Reference.kind == kind, Reference.code == code)
    if session.scalar(query) is None:
        raise UnlistedError(kind, code)


def measure_of(session: Session, *, typed: str, held: str = "") -> str:
    """Return the code of the measure that people call ``typed``; a measure may be in no list.

    Raises
    ------
    UnlistedError
        If it is retired, and no row ``held`` it.
    """
    entries = read(session).entries[ReferenceKind.MEASURE]
    named = {folded(entry.name): entry for entry in entries.values()}
    entry = named.get(folded(typed)) or entries.get(typed)
    if entry is None or entry.code == held:
        return typed if entry is None else entry.code
    if entry.retired:
        raise UnlistedError(ReferenceKind.MEASURE, entry.name)
    return entry.code
