"""The roadmap as tables, shared by XLSX, ODS and both CSV formats.

Each column has a machine-readable name, a label, and a function that returns its value: text,
number, date, or None for an empty cell.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from webapp.platform.file_text import cleaned
from webapp.platform.tables import Column, R, Table
from webapp.publishing.documents.content import (
    BudgetLine,
    Decision,
    Indicator,
    Item,
    LedgerLine,
    Link,
    Milestone,
    Reading,
    RoadmapDocument,
    Source,
)
from webapp.publishing.documents.item_sheet import decided
from webapp.publishing.documents.state_names import CHANNEL, PRIORITY, STATUS

SEPARATOR = " | "


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source and the item it belongs to."""

    item: Item
    source: Source


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """A value of an indicator; ``stage`` is empty when the indicator has no value yet."""

    item: Item
    indicator: Indicator
    stage: str
    reading: Reading | None


def tables(document: RoadmapDocument) -> tuple[Table, ...]:
    """Return every table of ``document``, with normalised text."""
    document = cleaned(document)
    lines = document.ledger.lines
    ledger = (*lines, document.ledger.total) if lines else ()
    return (
        _table("Fiches action", ITEM_COLUMNS, document.items),
        _table("Sources", SOURCE_COLUMNS, tuple(source_rows(document))),
        _table("Registre", LEDGER_COLUMNS, ledger),
        _table("Indicateurs", READING_COLUMNS, tuple(_reading_rows(document))),
        *(table for table in _parts(document) if table.rows),
    )


def items_table(document: RoadmapDocument) -> Table:
    """Return the table of items, with normalised text."""
    return _table("Fiches action", ITEM_COLUMNS, cleaned(document).items)


def source_rows(document: RoadmapDocument) -> Iterator[SourceRow]:
    """Iterate over every source with its item."""
    return (SourceRow(item, source) for item in document.items for source in item.sources)


def _reading_rows(document: RoadmapDocument) -> Iterator[ReadingRow]:
    for item in document.items:
        for indicator in item.indicators:
            stages = (
                ("Valeur de départ", indicator.baseline),
                ("Cible", indicator.target),
                *(("Mesure", reading) for reading in indicator.measurements),
            )
            filled = tuple((stage, reading) for stage, reading in stages if reading)
            for stage, reading in filled or (("", None),):
                yield ReadingRow(item, indicator, stage, reading)


def _parts(document: RoadmapDocument) -> tuple[Table, ...]:
    """Return the tables of milestones, budget lines, decisions and links."""
    items = document.items
    return (
        _table(
            "Calendrier",
            MILESTONE_COLUMNS,
            tuple((i, step) for i in items for step in i.milestones),
        ),
        _table("Budget", BUDGET_COLUMNS, tuple((i, line) for i in items for line in i.budget)),
        _table("Décisions", DECISION_COLUMNS, tuple((i, act) for i in items for act in decided(i))),
        _table("Liens", LINK_COLUMNS, tuple((i, link) for i in items for link in i.links)),
    )


def _table(title: str, columns: tuple[Column[R], ...], records: tuple[R, ...]) -> Table:
    rows = tuple(tuple(column.read(record) for column in columns) for record in records)
    return Table(title, columns, rows)


def _priority(item: Item) -> str:
    return PRIORITY[item.priority] if item.priority else ""


def _joined(texts: tuple[str, ...]) -> str:
    return SEPARATOR.join(texts)


ITEM_COLUMNS: tuple[Column[Item], ...] = (
    Column("reference", "Référence", "string", 14, lambda i: i.reference),
    Column("title", "Intitulé", "string", 40, lambda i: i.title),
    Column("strand", "Axe", "string", 30, lambda i: i.strand),
    Column("status", "État", "string", 16, lambda i: STATUS[i.status]),
    Column("finding", "Constat", "string", 40, lambda i: i.finding),
    Column("objective", "Objectif", "string", 40, lambda i: i.objective),
    Column("description", "Description", "string", 50, lambda i: i.description),
    Column("lead", "Pilote", "string", 24, lambda i: i.lead),
    Column("partners", "Partenaires", "string", 30, lambda i: _joined(i.partners)),
    Column("publics", "Publics", "string", 24, lambda i: _joined(i.publics)),
    Column("territories", "Territoires", "string", 24, lambda i: _joined(i.territories)),
    Column("due_date", "Échéance", "date", 12, lambda i: i.due_date),
    Column("measure", "Mesure du Pacte", "string", 30, lambda i: i.measure),
    Column("priority", "Priorité", "string", 10, _priority),
    Column("resources", "Moyens", "string", 30, lambda i: i.resources),
    Column("contributions", "Propositions", "integer", 12, lambda i: i.provenance.contributions),
    Column("tables", "Tables", "integer", 8, lambda i: i.provenance.tables),
    Column("workshops", "Ateliers", "integer", 9, lambda i: i.provenance.workshops),
    Column("concerned", "Personnes concernées", "integer", 12, lambda i: i.provenance.concerned),
    Column("sources", "Sources", "integer", 9, lambda i: len(i.sources)),
)
SOURCE_COLUMNS: tuple[Column[SourceRow], ...] = (
    Column("item_reference", "Fiche", "string", 14, lambda r: r.item.reference),
    Column("reference", "Référence", "string", 16, lambda r: r.source.reference),
    Column("workshop_code", "Code de l’atelier", "string", 12, lambda r: r.source.workshop_code),
    Column("workshop_title", "Atelier", "string", 30, lambda r: r.source.workshop_title),
    Column("table", "Table", "string", 8, lambda r: r.source.table),
    Column("channel", "Canal", "string", 18, lambda r: CHANNEL[r.source.channel]),
    Column("cluster", "Regroupement", "string", 30, lambda r: r.source.cluster),
    Column("words", "Propos", "string", 80, lambda r: r.source.words),
    Column("masked", "Masqué", "string", 9, lambda r: "oui" if r.source.masked else "non"),
)
LEDGER_COLUMNS: tuple[Column[LedgerLine], ...] = (
    Column("workshop_code", "Code", "string", 12, lambda r: r.workshop_code),
    Column("workshop_title", "Atelier", "string", 40, lambda r: r.workshop_title or "Ensemble"),
    Column("received", "Reçues", "integer", 11, lambda r: r.received),
    Column("grouped", "Regroupées", "integer", 13, lambda r: r.grouped),
    Column("isolated", "Isolées", "integer", 11, lambda r: r.isolated),
    Column("set_aside", "Écartées", "integer", 11, lambda r: r.set_aside),
    Column("withdrawn", "Retirées", "integer", 11, lambda r: r.withdrawn),
    Column("pending", "En attente", "integer", 11, lambda r: r.pending),
    Column("closes", "Se ferme", "string", 10, lambda r: "oui" if r.closes else "non"),
)
READING_COLUMNS: tuple[Column[ReadingRow], ...] = (
    Column("item_reference", "Fiche", "string", 14, lambda r: r.item.reference),
    Column("indicator", "Indicateur", "string", 40, lambda r: r.indicator.title),
    Column("unit", "Unité", "string", 12, lambda r: r.indicator.unit),
    Column("stage", "Étape", "string", 16, lambda r: r.stage),
    Column("value", "Valeur", "number", 12, lambda r: r.reading.value if r.reading else None),
    Column("on", "Date", "date", 12, lambda r: r.reading.on if r.reading else None),
    Column(
        "territory", "Territoire", "string", 20, lambda r: r.reading.territory if r.reading else ""
    ),
    Column("source", "Source", "string", 24, lambda r: r.reading.source if r.reading else ""),
)
MILESTONE_COLUMNS: tuple[Column[tuple[Item, Milestone]], ...] = (
    Column("item_reference", "Fiche", "string", 14, lambda r: r[0].reference),
    Column("title", "Jalon", "string", 40, lambda r: r[1].title),
    Column("due_date", "Échéance", "date", 12, lambda r: r[1].due_date),
    Column("done_on", "Franchi le", "date", 12, lambda r: r[1].done_on),
)
BUDGET_COLUMNS: tuple[Column[tuple[Item, BudgetLine]], ...] = (
    Column("item_reference", "Fiche", "string", 14, lambda r: r[0].reference),
    Column("year", "Année", "integer", 9, lambda r: r[1].year),
    Column("funder", "Financeur", "string", 30, lambda r: r[1].funder),
    Column("purpose", "Objet", "string", 30, lambda r: r[1].purpose),
    Column("amount", "Montant (€)", "integer", 14, lambda r: r[1].amount),
)
DECISION_COLUMNS: tuple[Column[tuple[Item, Decision]], ...] = (
    Column("item_reference", "Fiche", "string", 14, lambda r: r[0].reference),
    Column("on", "Date", "date", 12, lambda r: r[1].on),
    Column("body", "Instance", "string", 14, lambda r: r[1].body),
    Column("text", "Décision", "string", 60, lambda r: r[1].text),
)
LINK_COLUMNS: tuple[Column[tuple[Item, Link]], ...] = (
    Column("item_reference", "Fiche", "string", 14, lambda r: r[0].reference),
    Column("kind", "Nature", "string", 20, lambda r: r[1].kind),
    Column("title", "Intitulé", "string", 40, lambda r: r[1].title),
    Column("url", "Adresse", "string", 40, lambda r: r[1].url),
)
