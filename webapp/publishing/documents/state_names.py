"""French names of the states, priorities and channels that documents show."""

from typing import Final

from webapp.publishing.documents.content import Channel, ItemStatus
from webapp.publishing.documents.priorities import Priority

STATUS: Final = {
    ItemStatus.DRAFT: "Projet",
    ItemStatus.SUBMITTED: "Soumise au comité de pilotage",
    ItemStatus.ADOPTED: "Adoptée",
    ItemStatus.IN_PROGRESS: "En cours",
    ItemStatus.DONE: "Réalisée",
    ItemStatus.ABANDONED: "Abandonnée",
}
PRIORITY: Final = {Priority.HIGH: "Haute", Priority.MEDIUM: "Moyenne", Priority.LOW: "Basse"}
CHANNEL: Final = {
    Channel.PHONE: "téléphone",
    Channel.RAPPORTEUR: "rapporteur de table",
    Channel.PAPER: "papier",
    Channel.IMPORT: "import",
}
