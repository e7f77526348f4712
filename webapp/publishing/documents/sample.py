"""Sample roadmaps, full and empty, on which templates are checked."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Final

from webapp.publishing.documents.content import (
    AnalysisFigures,
    BudgetLine,
    Chapter,
    Decision,
    Indicator,
    Item,
    ItemStatus,
    Ledger,
    LedgerLine,
    Link,
    Method,
    Milestone,
    Participation,
    Provenance,
    Reading,
    RoadmapDocument,
    Source,
)
from webapp.publishing.documents.json_file import sealed
from webapp.publishing.documents.priorities import Priority

_DAY: Final = date(2024, 6, 3)
_AS_OF: Final = datetime(2024, 6, 3, 9, 0, tzinfo=UTC)


def documents() -> tuple[RoadmapDocument, ...]:
    """Return a draft, a published version and an empty roadmap."""
    return (_document(draft=True), _document(draft=False), _empty())


def _document(*, draft: bool) -> RoadmapDocument:
    counts = Provenance(contributions=12, tables=5, workshops=3, territories=2, concerned=7)
    run = AnalysisFigures(
        working_group="Groupe de travail", run="A-1", fingerprint="0" * 64, encoder="hybrid", seed=0
    )
    return sealed(
        RoadmapDocument(
            title="Feuille de route d’essai",
            region="Région",
            period="2024–2027",
            version=1,
            as_of=_AS_OF,
            draft=draft,
            signatory="La personne qui signe",
            participation=Participation(
                provenance=counts, people=12, started_on=_DAY, ended_on=_DAY
            ),
            method=Method(sentences=("Une phrase de méthode.",), runs=(run,)),
            ledger=Ledger(
                lines=(
                    LedgerLine(
                        workshop_code="ABCDEF", workshop_title="Atelier", received=2, grouped=2
                    ),
                )
            ),
            chapters=(
                Chapter(title="Axe", introduction="Une introduction.", items=(_item(counts),)),
                Chapter(title="Axe sans fiche"),
            ),
        )
    )


def _item(counts: Provenance) -> Item:
    reading = Reading(value=Decimal("12.5"), on=_DAY, source="INSEE", territory="Sarthe")
    return Item(
        reference="52-T-001",
        title="Une fiche action d’essai",
        strand="Axe",
        status=ItemStatus.ADOPTED,
        finding="Un constat.",
        objective="Un objectif.",
        description="Une description.",
        lead="Un pilote",
        partners=("Un partenaire",),
        publics=("tous",),
        measure="Une mesure du Pacte",
        priority=Priority.HIGH,
        budget=(BudgetLine(year=2024, funder="Un financeur", amount=12_000, purpose="Un objet"),),
        links=(Link(kind="pacte local", title="Un pacte", url="https://example.org"),),
        territories=("Sarthe",),
        due_date=_DAY,
        resources="Des moyens.",
        milestones=(Milestone(title="Une étape", due_date=_DAY, done_on=_DAY),),
        indicators=(
            Indicator(
                title="Un indicateur",
                unit="%",
                baseline=reading,
                target=reading,
                measurements=(reading,),
            ),
        ),
        decisions=(Decision(on=_DAY, body="COPIL", text="Adoptée."),),
        sources=(
            Source(
                reference="ABCDEF-00001",
                workshop_code="ABCDEF",
                workshop_title="Atelier",
                words="Des mots.",
                table="1",
                masked=True,
            ),
        ),
        provenance=counts,
    )


def _empty() -> RoadmapDocument:
    return RoadmapDocument(title="", region="", period="", version=1, as_of=_AS_OF)
