"""French labels of fields and French text of values, for comparisons and schemas.

Driven by the names and types of fields: a new field only needs a label here.
"""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from webapp.platform import french
from webapp.publishing.documents.content import Channel, ChapterBasis, ItemStatus
from webapp.publishing.documents.priorities import Priority
from webapp.publishing.documents.state_names import CHANNEL, PRIORITY, STATUS
from webapp.vocabulary.labels import LABELS as LABELS_OF_VALUES

LABELS: Final = {
    "amount": "Montant en euros",
    "amendments": "Changements après décision",
    "as_of": "Arrêtée au",
    "baseline": "Valeur de départ",
    "basis": "Chapitres par",
    "body": "Instance",
    "budget": "Budget",
    "changed": "Ce qui change",
    "channel": "Canal",
    "closes": "Les comptes tombent juste",
    "chapters": "Chapitres",
    "cluster": "Regroupement",
    "code": "Code",
    "concerned": "Personnes concernées",
    "contributions": "Propositions",
    "decisions": "Décisions",
    "description": "Description",
    "done_on": "Franchi le",
    "draft": "Projet",
    "due_date": "Échéance",
    "encoder": "Encodeur",
    "ended_on": "Fin",
    "finding": "Constat",
    "fingerprint": "Empreinte",
    "funder": "Financeur",
    "grouped": "Regroupées",
    "groups": "Groupes",
    "in_force": "En vigueur",
    "indicator": "Indicateur",
    "indicators": "Indicateurs",
    "introduction": "Introduction",
    "isolated": "Isolées",
    "item_reference": "Référence de la fiche",
    "items": "Fiches action",
    "kind": "Nature",
    "lead": "Pilote",
    "ledger": "Registre",
    "lines": "Lignes",
    "links": "En lien avec",
    "lists": "Listes de référence",
    "masked": "Mots masqués",
    "measure": "Mesure du Pacte",
    "measurements": "Mesures",
    "method": "Méthode",
    "milestones": "Calendrier",
    "name": "Nom",
    "number": "Numéro",
    "objective": "Objectif",
    "on": "Date",
    "page": "Page",
    "pages": "Nombre de pages",
    "participation": "Participation",
    "partners": "Partenaires",
    "pending": "En attente",
    "people": "Participants",
    "period": "Période",
    "priority": "Priorité",
    "provenance": "Provenance",
    "published_at": "Publiée le",
    "publics": "Publics",
    "purpose": "Objet",
    "reason": "Raison",
    "received": "Reçues",
    "reference": "Référence",
    "region": "Région",
    "resources": "Moyens",
    "retired": "Retiré",
    "run": "Analyse",
    "runs": "Analyses",
    "seed": "Graine",
    "sentences": "Phrases",
    "set_aside": "Écartées",
    "sha256": "Empreinte SHA-256",
    "signatory": "Signataire",
    "source": "Source",
    "sources": "Sources",
    "started_on": "Début",
    "status": "État",
    "strand": "Axe",
    "table": "Table",
    "tables": "Tables",
    "target": "Cible",
    "territories": "Territoires",
    "territory": "Territoire",
    "text": "Texte",
    "texts": "Textes",
    "title": "Intitulé",
    "total": "Total",
    "unit": "Unité",
    "url": "Adresse",
    "value": "Valeur",
    "version": "Version",
    "versions": "Versions",
    "withdrawal_reason": "Raison du retrait",
    "withdrawn": "Retirées",
    "withdrawn_at": "Retirée le",
    "words": "Propos",
    "working_group": "Groupe de travail",
    "workshop_code": "Code de l’atelier",
    "workshop_title": "Atelier",
    "workshops": "Ateliers",
    "year": "Année",
}
_BASIS: Final = {basis: LABELS_OF_VALUES["chapter_basis"][basis] for basis in ChapterBasis}


def label(name: str) -> str:
    """Return the label of a field, derived from its name when missing."""
    return LABELS.get(name, name.replace("_", " ").capitalize())


def text_of(value: object) -> str:
    """Return ``value`` as one line of French text; empty when it is empty.

    Examples
    --------
    >>> text_of(ItemStatus.DONE), text_of(True), text_of(("a", "b")), text_of(None)
    ('Réalisée', 'oui', 'a, b', '')
    """
    if isinstance(value, tuple):
        return ", ".join(filter(None, map(text_of, value)))
    return next(
        (format_value(value) for kind, format_value in FORMATTERS if isinstance(value, kind)), ""
    )


# Ordered by specificity: enums before str, bool before int, datetime before date.
FORMATTERS: Final[tuple[tuple[type, Callable[..., str]], ...]] = (
    (ItemStatus, STATUS.__getitem__),
    (Priority, PRIORITY.__getitem__),
    (Channel, CHANNEL.__getitem__),
    (ChapterBasis, _BASIS.__getitem__),
    (str, str),
    (bool, lambda flag: "oui" if flag else "non"),
    (int, french.number),
    (Decimal, french.number),
    (datetime, french.long_instant),
    (date, french.long_date),
)
