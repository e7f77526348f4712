"""Builds the method chapter: participation, method, ledger."""

from webapp.platform import french
from webapp.publishing.documents.content import LedgerLine, Participation, RoadmapDocument
from webapp.publishing.documents.item_sheet import provenance
from webapp.publishing.documents.narrative_types import Entry, Grid, Making

HEADING = "Comment cette feuille de route a été faite"
SECTIONS = ("Participation", "Méthode", "Registre")
_LEDGER_HEADER = (
    "Atelier",
    "Reçues",
    "Regroupées",
    "Isolées",
    "Écartées",
    "Retirées",
    "En attente",
)
_REPRODUCIBLE = (
    "Les regroupements sont proposés par une analyse automatique exécutée sur place, puis revus "
    "par des animateurs. Avec les mêmes contributions et les mêmes réglages, elle donne le même "
    "résultat."
)
_NO_CONTRIBUTION = "Cette feuille de route ne s’appuie sur aucune contribution recueillie ici."
_FINGERPRINT = 12


def method_chapter(document: RoadmapDocument) -> Making:
    """Return the method chapter of ``document``."""
    return Making(
        anchor="methode",
        heading=HEADING,
        sections=tuple(
            Entry(level=2, anchor=f"methode-{rank}", text=text)
            for rank, text in enumerate(SECTIONS, 1)
        ),
        participation=_participation(document.participation),
        method=_method(document),
        runs=_runs(document),
        ledger=_ledger(document),
        ledger_sentence=_ledger_sentence(document),
    )


def _participation(figures: Participation) -> tuple[str, ...]:
    if not figures.provenance.contributions:
        return (_NO_CONTRIBUTION,)
    sentences = [
        f"Cette feuille de route s’appuie sur{french.NBSP}: {provenance(figures.provenance)}"
    ]
    if figures.people is not None:
        people = french.counted(figures.people, "personne a participé", "personnes ont participé")
        sentences.append(f"{people} à la consultation.")
    if figures.started_on and figures.ended_on:
        first, last = french.long_date(figures.started_on), french.long_date(figures.ended_on)
        when = f"le {first}" if first == last else f"du {first} au {last}"
        sentences.append(f"Les contributions ont été recueillies {when}.")
    sentences.append(
        "Le nombre de personnes concernées n’est pas publié lorsqu’il est inférieur à 5, "
        "afin que nul ne puisse être reconnu."
    )
    return tuple(sentences)


def _method(document: RoadmapDocument) -> tuple[str, ...]:
    sentences = document.method.sentences
    if not document.method.runs:
        return sentences or ("Aucune analyse automatique n’a été employée.",)
    return (*sentences, _REPRODUCIBLE)


def _runs(document: RoadmapDocument) -> Grid:
    return Grid(
        caption="Analyses",
        header=(
            "Groupe de travail",
            "Analyse",
            "Textes",
            "Groupes",
            "Encodeur",
            "Graine",
            "Empreinte",
        ),
        rows=tuple(
            (
                run.working_group,
                run.run,
                french.number(run.texts),
                french.number(run.groups),
                run.encoder,
                str(run.seed),
                run.fingerprint[:_FINGERPRINT],
            )
            for run in document.method.runs
        ),
        widths=(17, 16, 9, 12, 18, 11, 17),
    )


def _ledger(document: RoadmapDocument) -> Grid:
    lines = tuple(
        _ledger_row(f"{line.workshop_title} ({line.workshop_code})", line)
        for line in document.ledger.lines
    )
    return Grid(
        caption="Registre des contributions",
        header=_LEDGER_HEADER,
        rows=lines,
        widths=(24, 12, 16, 12, 12, 12, 12),
        total=_ledger_row("Ensemble", document.ledger.total) if lines else (),
    )


def _ledger_row(title: str, line: LedgerLine) -> tuple[str, ...]:
    counts = (
        line.received,
        line.grouped,
        line.isolated,
        line.set_aside,
        line.withdrawn,
        line.pending,
    )
    return (title, *(french.number(count) for count in counts))


def _ledger_sentence(document: RoadmapDocument) -> str:
    total = document.ledger.total
    if not document.ledger.lines:
        return "Aucune contribution n’a été reçue."
    sums = " + ".join(_ledger_row("", total)[2:])
    if document.ledger.closes:
        return (
            f"Chaque contribution reçue est comptée une fois et une seule{french.NBSP}: "
            f"{sums} = {french.number(total.received)}."
        )
    received = french.counted(total.received, "contribution reçue", "contributions reçues")
    accounted = french.number(total.accounted)
    return f"Le registre ne se ferme pas{french.NBSP}: {sums} = {accounted}, pour {received}."
