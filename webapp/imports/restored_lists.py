"""Restores the reference lists of a document, and maps its names to codes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from webapp.exceptions import RefusedRoadmapError, RuleError
from webapp.platform.audit import Actor
from webapp.platform.text_cleaning import folded
from webapp.publishing.documents.content import RoadmapDocument
from webapp.territory import reference_edits, references
from webapp.territory.models import SHIPPED, ReferenceKind, Territory
from webapp.territory.references import Entry
from webapp.territory.shipped_references import Listed


@dataclass(frozen=True, slots=True, kw_only=True)
class Codes:
    """Codes of reference entries, by their name in the document."""

    strands: Mapping[str, str]
    measures: Mapping[str, str]
    publics: Mapping[str, str]
    territories: Mapping[str, str]


def restore_lists(session: Session, *, document: RoadmapDocument, actor: Actor) -> Codes:
    """Replace the lists by those of ``document``, and return the codes of its names.

    A list absent from the document is reset to its default.

    Raises
    ------
    RefusedRoadmapError
        If an entry does not fit the database.
    """
    for kind in ReferenceKind:
        listed = [entry for entry in document.lists if entry.kind.value == kind.value]
        if not listed and kind is ReferenceKind.MEASURE:
            continue
        _check(kind, listed)
        entries = [Entry(code=e.code, name=e.name, retired=e.retired) for e in listed] or [
            Entry(code=code, name=name) for code, name in SHIPPED[kind].items()
        ]
        reference_edits.adopt(session, kind=kind, entries=entries, actor=actor)
    found = references.read(session)
    by_name = {
        kind: {name: code for code, name in found.names(kind).items()} for kind in ReferenceKind
    }
    return Codes(
        strands={found.strand(code): code for code in found.names(ReferenceKind.STRAND)},
        measures=by_name[ReferenceKind.MEASURE],
        publics=by_name[ReferenceKind.PUBLIC],
        territories=by_name[ReferenceKind.TERRITORY],
    )


def _check(kind: ReferenceKind, listed: Sequence[Listed]) -> None:
    coded = kind in reference_edits.CODED
    try:
        names = {folded(reference_edits.checked_name(kind, entry.name)) for entry in listed}
        codes = {folded(reference_edits.checked_name(kind, entry.code)) for entry in listed}
    except RuleError as error:
        raise RefusedRoadmapError("values") from error
    retired_territories = {
        entry.code for entry in listed if entry.retired and kind is ReferenceKind.TERRITORY
    }
    fits = len(names) == len(codes) == len(listed) and Territory.REGION not in retired_territories
    if not fits or (coded and not all(reference_edits.is_code(entry.code) for entry in listed)):
        raise RefusedRoadmapError("values")
