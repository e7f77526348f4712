"""Tables. Importing this package registers them all on ``Base.metadata``."""

from webapp.models.alignments import AlignmentTarget, ClusterAlignment, TargetKind
from webapp.models.analyses import AnalysisRun, ChangeKind, RunChange, RunState, TextVector
from webapp.models.audit import AuditEntry, AuditHead
from webapp.models.base import Base
from webapp.models.clusters import (
    MAX_TITLE_LENGTH,
    Cluster,
    ClusterMember,
    ClusterPartition,
    ClusterStatus,
    ClusterTension,
    Placement,
)
from webapp.models.conferences import Conference
from webapp.models.contributions import (
    MAX_BODY_LENGTH,
    MAX_LABEL_LENGTH,
    MAX_REASON_LENGTH,
    SHOWN,
    Channel,
    Concerned,
    Contribution,
    ContributionKind,
    DecisionKind,
    Excerpt,
    ModerationDecision,
)
from webapp.models.devices import DeviceMark, PausedDevice
from webapp.models.document_models import DocumentModel
from webapp.models.endorsements import Endorsement
from webapp.models.exports import Export, ExportFile
from webapp.models.imports import ImportDraft, ItemImport
from webapp.models.items import NEXT_STATUSES, Indicator, ItemSource, ItemStatus, RoadmapItem
from webapp.models.reactions import Reaction, ReactionWindow
from webapp.models.references import (
    PUBLICS,
    STRAND_TITLES,
    TERRITORY_NAMES,
    Strand,
    Territory,
)
from webapp.models.reviews import (
    Act,
    EditedField,
    ReviewAction,
    ReviewEdit,
    ReviewMove,
    ReviewUndo,
)
from webapp.models.roadmaps import Roadmap, RoadmapVersion
from webapp.models.surveys import (
    QuestionKind,
    Survey,
    SurveyAnswer,
    SurveyQuestion,
    SurveyState,
)
from webapp.models.tables import TableEntry, TableLink
from webapp.models.users import Membership, Role, User
from webapp.models.working_groups import WorkingGroup
from webapp.models.workshops import NEXT_STATES, Prompt, Workshop, WorkshopKind, WorkshopState

__all__ = [
    "MAX_BODY_LENGTH",
    "MAX_LABEL_LENGTH",
    "MAX_REASON_LENGTH",
    "MAX_TITLE_LENGTH",
    "NEXT_STATES",
    "NEXT_STATUSES",
    "PUBLICS",
    "SHOWN",
    "STRAND_TITLES",
    "TERRITORY_NAMES",
    "Act",
    "AlignmentTarget",
    "AnalysisRun",
    "AuditEntry",
    "AuditHead",
    "Base",
    "ChangeKind",
    "Channel",
    "Cluster",
    "ClusterAlignment",
    "ClusterMember",
    "ClusterPartition",
    "ClusterStatus",
    "ClusterTension",
    "Concerned",
    "Conference",
    "Contribution",
    "ContributionKind",
    "DecisionKind",
    "DeviceMark",
    "DocumentModel",
    "EditedField",
    "Endorsement",
    "Excerpt",
    "Export",
    "ExportFile",
    "ImportDraft",
    "Indicator",
    "ItemImport",
    "ItemSource",
    "ItemStatus",
    "Membership",
    "ModerationDecision",
    "PausedDevice",
    "Placement",
    "Prompt",
    "QuestionKind",
    "Reaction",
    "ReactionWindow",
    "ReviewAction",
    "ReviewEdit",
    "ReviewMove",
    "ReviewUndo",
    "Roadmap",
    "RoadmapItem",
    "RoadmapVersion",
    "Role",
    "RunChange",
    "RunState",
    "Strand",
    "Survey",
    "SurveyAnswer",
    "SurveyQuestion",
    "SurveyState",
    "TableEntry",
    "TableLink",
    "TargetKind",
    "Territory",
    "TextVector",
    "User",
    "WorkingGroup",
    "Workshop",
    "WorkshopKind",
    "WorkshopState",
]
