"""Says each record of a list in French sentences, for the comparison of versions.

Two records that differ in any field have different lines, so that no change is left out.
"""

from collections.abc import Iterable
from functools import singledispatch
from typing import Final

from webapp.platform import french
from webapp.publishing.documents import labels
from webapp.publishing.documents.content import (
    Amendment,
    AnalysisFigures,
    BudgetLine,
    Decision,
    Indicator,
    Ledger,
    LedgerLine,
    Link,
    Method,
    Milestone,
    Participation,
    Provenance,
    Source,
)
from webapp.publishing.documents.item_sheet import (
    budget_lines,
    indicator_rows,
    link_line,
    provenance,
)
from webapp.publishing.documents.state_names import CHANNEL

_COUNTS: Final = (
    ("received", "reçue", "reçues"),
    ("grouped", "regroupée", "regroupées"),
    ("isolated", "isolée", "isolées"),
    ("set_aside", "écartée", "écartées"),
    ("withdrawn", "retirée", "retirées"),
    ("pending", "en attente", "en attente"),
)


@singledispatch
def lines_of(value: object) -> tuple[str, ...]:
    """Return the lines that say ``value``: one for a text, and those of each element of a list."""
    text = labels.text_of(value)
    return (text,) if text else ()


@lines_of.register
def _list(value: tuple) -> tuple[str, ...]:  # type: ignore[type-arg] # a class at run time
    return tuple(line for element in value for line in lines_of(element))


@lines_of.register
def _milestone(value: Milestone) -> tuple[str, ...]:
    parts = (
        value.title,
        value.due_date and f"pour le {french.long_date(value.due_date)}",
        value.done_on and f"franchi le {french.long_date(value.done_on)}",
    )
    return (_joined(parts),)


@lines_of.register
def _indicator(value: Indicator) -> tuple[str, ...]:
    said = tuple(
        french.colon(value.title, f"{stage.lower()} de {reading}")
        + (f" ({circumstances})" if circumstances else "")
        for stage, reading, circumstances in indicator_rows(value)
    )
    return said or (_joined((value.title, value.unit and f"en {value.unit}", "à renseigner")),)


@lines_of.register
def _decision(value: Decision) -> tuple[str, ...]:
    return (french.colon(f"{value.body}, {french.long_date(value.on)}", value.text),)


@lines_of.register
def _amendment(value: Amendment) -> tuple[str, ...]:
    changed = f"Changée le {french.long_date(value.on)} ({', '.join(value.changed)})"
    return (french.colon(changed, value.reason),)


@lines_of.register
def _budget_line(value: BudgetLine) -> tuple[str, ...]:
    return budget_lines((value,))


@lines_of.register
def _link(value: Link) -> tuple[str, ...]:
    return (link_line(value),)


@lines_of.register
def _source(value: Source) -> tuple[str, ...]:
    place = (
        f"atelier {value.workshop_title} ({value.workshop_code})",
        value.table and f"table {value.table}",
        CHANNEL[value.channel],
        "masquée" if value.masked else "",
        value.cluster and f"dans {value.cluster}",
    )
    words = f"«{french.NBSP}{value.words}{french.NBSP}»"
    return (f"{value.reference}, {words}, {_joined(place)}",)


@lines_of.register
def _provenance(value: Provenance) -> tuple[str, ...]:
    return (provenance(value),)


@lines_of.register
def _participation(value: Participation) -> tuple[str, ...]:
    people = value.people
    parts = (
        people is not None and french.counted(people, "participant", "participants"),
        value.started_on and f"du {french.long_date(value.started_on)}",
        value.ended_on and f"au {french.long_date(value.ended_on)}",
    )
    said = _joined(parts)
    return (*lines_of(value.provenance), *((said,) if said else ()))


@lines_of.register
def _method(value: Method) -> tuple[str, ...]:
    return (*value.sentences, *lines_of(value.runs))


@lines_of.register
def _run(value: AnalysisFigures) -> tuple[str, ...]:
    figures = (
        french.counted(value.texts, "texte", "textes"),
        french.counted(value.groups, "regroupement", "regroupements"),
        f"modèle {value.encoder}, graine {value.seed}, empreinte {value.fingerprint}",
    )
    run = f"Analyse {value.run} du groupe {value.working_group}"
    return (french.colon(run, _joined(figures)),)


@lines_of.register
def _ledger(value: Ledger) -> tuple[str, ...]:
    return lines_of(value.lines)


@lines_of.register
def _ledger_line(value: LedgerLine) -> tuple[str, ...]:
    workshop = f"{value.workshop_title} ({value.workshop_code})"
    counts = (french.counted(getattr(value, name), one, many) for name, one, many in _COUNTS)
    return (french.colon(workshop, _joined(counts)),)


def _joined(parts: Iterable[object]) -> str:
    return ", ".join(str(part) for part in parts if part)
