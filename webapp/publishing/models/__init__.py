"""Tables of the publishing room."""

from webapp.publishing.models.exports import Export, ExportFile
from webapp.publishing.models.reactions import Reaction, ReactionWindow
from webapp.publishing.models.templates import DocumentModel, FormerModel
from webapp.publishing.models.versions import RoadmapVersion, VersionWithdrawal

__all__ = [
    "DocumentModel",
    "Export",
    "ExportFile",
    "FormerModel",
    "Reaction",
    "ReactionWindow",
    "RoadmapVersion",
    "VersionWithdrawal",
]
