"""Builds the sheet (*fiche action*) of one item: labelled lines, tables, provenance."""

from decimal import Decimal

from webapp.platform import french
from webapp.platform.file_text import paragraphs
from webapp.publishing.documents.content import (
    BudgetLine,
    Decision,
    Indicator,
    Item,
    Link,
    Milestone,
    Provenance,
    Reading,
)
from webapp.publishing.documents.narrative_types import Field, Grid, Sheet
from webapp.publishing.documents.state_names import PRIORITY, STATUS

TO_BE_SPECIFIED = "À préciser"
_NO_SOURCE = "Aucune proposition publiée n’est à l’origine de cette fiche."


def sheet(item: Item, *, place: str) -> Sheet:
    """Return the sheet of ``item``; ``place`` is its rank, such as « 2-7 »."""
    return Sheet(
        anchor=f"fiche-{place}",
        reference=item.reference,
        title=item.title,
        heading=heading(item),
        status=STATUS[item.status],
        fields=_fields(item),
        milestones=_milestones(item.milestones),
        indicators=_indicators(item.indicators),
        decisions=_decisions(decided(item)),
        provenance=provenance(item.provenance) if item.provenance.contributions else _NO_SOURCE,
        sources=f"sources-{place}" if item.sources else "",
    )


def decided(item: Item) -> tuple[Decision, ...]:
    """Return what was decided about ``item``, its later changes included, oldest first."""
    changes = (
        Decision(
            on=change.on,
            body="Commissaire",
            text=french.colon(f"Fiche changée ({', '.join(change.changed)})", change.reason),
        )
        for change in item.amendments
    )
    return tuple(sorted((*item.decisions, *changes), key=lambda act: act.on))


def heading(item: Item) -> str:
    """Return the heading of an item, also used in the table of contents and the annex."""
    return f"{item.reference} – {item.title}" if item.reference else item.title


def provenance(counts: Provenance) -> str:
    """Return the sentence describing the provenance of an item."""
    concerned = (
        french.counted(counts.concerned, "personne concernée", "personnes concernées")
        if counts.concerned is not None
        else "personnes concernées en nombre inconnu ou inférieur à 5"
    )
    parts = (
        french.counted(counts.contributions, "proposition", "propositions"),
        french.counted(counts.tables, "table", "tables"),
        french.counted(counts.workshops, "atelier", "ateliers"),
        french.counted(counts.territories, "territoire", "territoires"),
        concerned,
    )
    return f"{', '.join(parts)}."


def indicator_rows(indicator: Indicator) -> tuple[tuple[str, str, str], ...]:
    """Return (stage, value with unit, date and source) for each reading of ``indicator``."""
    stages = (
        ("Valeur de départ", indicator.baseline),
        ("Cible", indicator.target),
        *(("Mesure", reading) for reading in indicator.measurements),
    )
    return tuple(
        (stage, measure(reading.value, indicator.unit), _circumstances(reading))
        for stage, reading in stages
        if reading is not None
    )


def measure(value: Decimal, unit: str) -> str:
    """Return a value and its unit, joined by a non-breaking space."""
    return f"{french.number(value)}{french.NBSP}{unit}" if unit else french.number(value)


def _circumstances(reading: Reading) -> str:
    parts = (french.short_date(reading.on), reading.territory, reading.source)
    return ", ".join(part for part in parts if part)


def _fields(item: Item) -> tuple[Field, ...]:
    # Required lines are shown even when empty; the others only when filled.
    required = (
        ("Axe", item.strand),
        ("Constat", item.finding),
        ("Objectif", item.objective),
    )
    facts = (
        ("Mesure du Pacte", item.measure),
        ("Priorité", PRIORITY[item.priority] if item.priority else ""),
        ("Description", item.description),
        ("Pilote", item.lead or TO_BE_SPECIFIED),
        ("Partenaires", ", ".join(item.partners)),
        ("Publics", ", ".join(item.publics)),
        ("Territoires", ", ".join(item.territories)),
        ("Échéance", french.long_date(item.due_date) if item.due_date else TO_BE_SPECIFIED),
        ("Moyens", item.resources),
        ("Budget", "\n".join(budget_lines(item.budget))),
        ("En lien avec", "\n".join(link_line(link) for link in item.links)),
    )
    state = ("État", STATUS[item.status])
    lines = (state, *((name, text or TO_BE_SPECIFIED) for name, text in required), *facts)
    return tuple(Field(label=name, paragraphs=paragraphs(text)) for name, text in lines if text)


def _milestones(milestones: tuple[Milestone, ...]) -> Grid:
    return Grid(
        caption="Calendrier",
        header=("Jalon", "Échéance", "Franchi le"),
        rows=tuple(
            (step.title, french.short_date(step.due_date), french.short_date(step.done_on))
            for step in milestones
        ),
        widths=(60, 20, 20),
    )


def _indicators(indicators: tuple[Indicator, ...]) -> Grid:
    return Grid(
        caption="Indicateurs",
        header=("Indicateur", "Étape", "Valeur", "Date, territoire, source"),
        rows=tuple(
            (indicator.title, *row)
            for indicator in indicators
            for row in indicator_rows(indicator) or (("À renseigner", "", ""),)
        ),
        widths=(32, 20, 18, 30),
    )


def link_line(link: Link) -> str:
    """Return a link of an item with its address."""
    line = f"{link.title} ({link.kind})"
    return french.colon(line, link.url) if link.url else line


def euros(amount: int) -> str:
    """Return an amount in euros, joined to its sign by a non-breaking space."""
    return f"{french.number(amount)}{french.NBSP}€"


def budget_lines(lines: tuple[BudgetLine, ...]) -> tuple[str, ...]:
    """Return the budget lines, then their total when there are several."""
    formatted = tuple(
        french.colon(f"{line.year}, {line.funder}", euros(line.amount))
        + (f" ({line.purpose})" if line.purpose else "")
        for line in lines
    )
    total = french.colon("Ensemble", euros(sum(line.amount for line in lines)))
    return (*formatted, total) if len(formatted) > 1 else formatted


def _decisions(decisions: tuple[Decision, ...]) -> Grid:
    return Grid(
        caption="Décisions",
        header=("Date", "Instance", "Décision"),
        rows=tuple((french.short_date(act.on), act.body, act.text) for act in decisions),
        widths=(16, 20, 64),
    )
