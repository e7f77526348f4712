"""Builds the narrative of a roadmap: cover, method, chapters, annex, table of contents."""

from datetime import UTC

from webapp.platform import french
from webapp.platform.file_text import cleaned, paragraphs
from webapp.publishing.documents.content import Chapter, Item, RoadmapDocument, Source
from webapp.publishing.documents.item_sheet import heading, sheet
from webapp.publishing.documents.method import method_chapter
from webapp.publishing.documents.narrative_types import (
    Annex,
    Entry,
    Grid,
    Making,
    Narrative,
    Part,
    SourceGroup,
)
from webapp.publishing.documents.state_names import CHANNEL

ANNEX_HEADING = "Annexe – Les propositions à l’origine de chaque fiche"

UNTITLED = "Autres fiches action"


def build_narrative(document: RoadmapDocument) -> Narrative:
    """Return the narrative of ``document``, with normalised text."""
    document = cleaned(document)
    first, annex = method_chapter(document), _annex(document)
    parts = tuple(_part(rank, chapter) for rank, chapter in enumerate(document.chapters, 1))
    draft, verb = (" – projet", "État") if document.draft else ("", "Arrêtée")
    return Narrative(
        title=document.title,
        region=document.region,
        period=document.period,
        version=f"Version{french.NBSP}{document.version}{draft}",
        dated=f"{verb} au {french.long_instant(document.as_of)} (heure de Paris)",
        day=french.long_date(french.paris_date(document.as_of)),
        instant=f"{document.as_of.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        sha256=document.sha256,
        signatory=document.signatory,
        draft=document.draft,
        contents=_contents(first, parts, annex),
        making=first,
        parts=parts,
        annex=annex,
    )


def _part(rank: int, chapter: Chapter) -> Part:
    return Part(
        anchor=f"chapitre-{rank}",
        heading=chapter.title or UNTITLED,
        introduction=paragraphs(chapter.introduction),
        sheets=tuple(
            sheet(item, place=f"{rank}-{place}") for place, item in enumerate(chapter.items, 1)
        ),
    )


def _contents(first: Making, parts: tuple[Part, ...], annex: Annex) -> tuple[Entry, ...]:
    lines = [Entry(level=1, anchor=first.anchor, text=first.heading), *first.sections]
    for part in parts:
        lines.append(Entry(level=1, anchor=part.anchor, text=part.heading))
        lines.extend(
            Entry(level=2, anchor=fiche.anchor, text=fiche.heading) for fiche in part.sheets
        )
    lines.append(Entry(level=1, anchor=annex.anchor, text=annex.heading))
    return tuple(lines)


def _annex(document: RoadmapDocument) -> Annex:
    groups = tuple(
        _source_group(f"sources-{rank}-{place}", item)
        for rank, chapter in enumerate(document.chapters, 1)
        for place, item in enumerate(chapter.items, 1)
        if item.sources
    )
    introduction = (
        "Chaque ligne porte une référence stable, l’atelier et la table où elle a été dite, et les "
        "mots de la personne, masqués s’il le fallait pour la protéger."
        if groups
        else "Aucune source n’est rattachée à cette feuille de route."
    )
    return Annex(anchor="annexe", heading=ANNEX_HEADING, introduction=introduction, groups=groups)


def _source_group(anchor: str, item: Item) -> SourceGroup:
    return SourceGroup(
        anchor=anchor,
        heading=heading(item),
        grid=Grid(
            caption=f"Sources de {item.reference or item.title}",
            header=("Référence", "Atelier et table", "Propos"),
            rows=tuple((src.reference, origin(src), src.words) for src in item.sources),
            widths=(16, 28, 56),
        ),
    )


def origin(source: Source) -> str:
    """Return the workshop, table and channel of ``source``."""
    table = f", table {source.table}" if source.table else ""
    masked = " – texte masqué" if source.masked else ""
    workshop = f"{source.workshop_title} ({source.workshop_code})"
    return f"{workshop}{table}, {CHANNEL[source.channel]}{masked}"
