"""Parses and validates one row of a table of items."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from webapp.exceptions import RowProblem
from webapp.imports.reading import Row
from webapp.platform import text_cleaning
from webapp.review.models import MAX_TITLE_LENGTH
from webapp.roadmap.items import ItemFields
from webapp.roadmap.models import Priority
from webapp.territory.models import ReferenceKind
from webapp.territory.references import Lists

_MAX_LINE, _MAX_TEXT, _MAX_REFERENCE = 200, 5_000, 60
# Usual headers of each field; that of our own workbook comes first, that of our open CSV last.
USUAL: Mapping[str, tuple[str, ...]] = {
    "title": ("intitulé", "titre", "action", "fiche action", "fiche", "nom", "title"),
    "reference": ("référence", "réf", "numéro", "n°", "reference"),
    "group": ("groupe de travail", "groupe", "group"),
    "strand": ("axe", "axe du pacte", "strand"),
    "measure": ("mesure du pacte", "mesure", "measure"),
    "finding": ("constat", "contexte", "finding"),
    "objective": ("objectif", "objectifs", "objective"),
    "description": ("description", "description de l’action", "contenu"),
    "lead": ("pilote", "porteur", "responsable", "lead"),
    "partners": ("partenaires", "partenaire", "partners"),
    "publics": ("publics", "public", "public visé", "publics visés"),
    "territories": ("territoires", "territoire", "territories"),
    "due_date": ("échéance", "date", "date limite", "due_date"),
    "resources": ("moyens", "ressources", "resources"),
    "priority": ("priorité", "priority"),
}
_PRIORITIES = {"haute": Priority.HIGH, "moyenne": Priority.MEDIUM, "basse": Priority.LOW}
_TEXTS = ("finding", "objective", "description", "partners", "resources")
_FRENCH_DAYS = ("%d/%m/%Y", "%d/%m/%Y %H:%M", "%d-%m-%Y", "%d.%m.%Y")
_LISTED = re.compile(r"[|;,\n]")
_LINES = re.compile(r"[|;\n]")
_STRAND = re.compile(r"(?:axe\s*)?(\w+)(?:\s*[-–—:.].*)?")


@dataclass(frozen=True, slots=True)
class Spellings:
    """Codes of the active reference entries, by folded spelling."""

    strands: Mapping[str, str]
    publics: Mapping[str, str]
    territories: Mapping[str, str]

    def strand(self, text: str) -> str | None:
        """Return the axis named by a cell: « Axe 3 », « 3 – … » or its title."""
        numbered = _STRAND.fullmatch(text.strip().lower())
        found = self.strands.get(fold(numbered[1])) if numbered else None
        return found or self.strands.get(fold(text))


def spellings_of(lists: Lists) -> Spellings:
    """Return the spellings of ``lists``: names, their singulars, and codes."""

    def spelt(kind: ReferenceKind) -> dict[str, str]:
        offered = lists.offered(kind)
        singulars = {fold(name.removesuffix("s")): code for code, name in offered.items()}
        names = {fold(name): code for code, name in offered.items()}
        return singulars | {fold(code): code for code in offered} | names

    return Spellings(
        strands=spelt(ReferenceKind.STRAND),
        publics=spelt(ReferenceKind.PUBLIC),
        territories=spelt(ReferenceKind.TERRITORY),
    )


def guess_columns(columns: Sequence[str]) -> dict[str, str]:
    """Guess the column of each field; empty when none matches."""
    named = {fold(column): column for column in columns if column}
    found = {
        field: next((named[fold(name)] for name in names if fold(name) in named), "")
        for field, names in USUAL.items()
    }
    return found | {"title": found["title"] or next(iter(named.values()), "")}


def field_named(name: str) -> str | None:
    """Return the field with the French name ``name``, or None."""
    return next((f for f, names in USUAL.items() if fold(name) in map(fold, names)), None)


def fold(text: str) -> str:
    """Return ``text`` without case, accents and punctuation, for comparison.

    Examples
    --------
    >>> fold("  Échéance (prévue)")
    'echeance prevue'
    """
    return " ".join(re.sub(r"[^a-z0-9]+", " ", text_cleaning.folded(text)).split())


def cells(row: Row, columns: Mapping[str, str]) -> dict[str, str]:
    """Return the cell of each field; empty for fields without column."""
    return {field: row.get(columns[field]) if field in columns else "" for field in USUAL}


def fields_of(values: Mapping[str, str], known: Spellings) -> ItemFields:
    """Return the fields of an item, from valid cells."""
    return ItemFields(
        title=values["title"],
        strand=known.strand(values["strand"]),
        measure=values["measure"],
        finding=values["finding"],
        objective=values["objective"],
        description=values["description"],
        lead=values["lead"],
        partners=_parts(values["partners"], _LINES),
        publics=_codes(values["publics"], known.publics),
        territories=_codes(values["territories"], known.territories),
        due_date=_day(values["due_date"]),
        resources=values["resources"],
        priority=_priority(values["priority"]) or Priority.NONE,
    )


def problems_of(row: Row, columns: Mapping[str, str], known: Spellings) -> Iterator[RowProblem]:
    """Yield the problems of one row, except those of its working group."""
    values = cells(row, columns)
    if not text_cleaning.clean(values["title"]):
        yield RowProblem(row.line, "missing_title")
    yield from _lengths(row.line, values, columns)
    readings = (("strand", known.strand), ("due_date", _day), ("priority", _priority))
    for name, read in readings:
        if values[name] and read(values[name]) is None:
            yield RowProblem(row.line, name, values[name])
    for name, problem, spelt in (
        ("territories", "territory", known.territories),
        ("publics", "public", known.publics),
    ):
        for part in _parts(values[name], _LISTED):
            if fold(part) not in spelt:
                yield RowProblem(row.line, problem, part)


def _lengths(
    line: int, values: Mapping[str, str], columns: Mapping[str, str]
) -> Iterator[RowProblem]:
    limits = {
        "title": MAX_TITLE_LENGTH,
        "measure": _MAX_LINE,
        "lead": _MAX_LINE,
        "reference": _MAX_REFERENCE,
    }
    for name, limit in limits.items():
        if len(values[name]) > limit:
            yield RowProblem(line, f"long_{name}", str(limit))
    for partner in _parts(values["partners"], _LINES):
        if len(partner) > _MAX_LINE:
            yield RowProblem(line, "long_partner", f"{partner[:60]}…")
    for name in _TEXTS:
        if len(values[name]) > _MAX_TEXT:
            yield RowProblem(line, "long_text", columns[name])


def _priority(text: str) -> Priority | None:
    return _PRIORITIES.get(fold(text))


def _day(text: str) -> date | None:
    """Parse an ISO date or ``30/06/2025``."""
    for form in ("%Y-%m-%d", "%Y-%m-%d %H:%M:%S", *_FRENCH_DAYS):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None


def _parts(text: str, separator: re.Pattern[str]) -> tuple[str, ...]:
    found = (part.strip() for part in separator.split(text))
    return tuple(dict.fromkeys(part for part in found if part))


def _codes(text: str, known: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(known[fold(part)] for part in _parts(text, _LISTED)))
