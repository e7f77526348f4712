"""Tables. Importing this package registers them all on ``Base.metadata``."""

from webapp.models.account_links import AccountLink, LinkPurpose
from webapp.models.alignments import ClusterAlignment
from webapp.models.analyses import AnalysisRun, ChangeKind, RunChange, RunState, TextVector
from webapp.models.attempts import AttemptCount
from webapp.models.audit import AuditEntry, AuditHead
from webapp.models.base import Base
from webapp.models.clusters import (
    MAX_TITLE_LENGTH,
    Cluster,
    ClusterMember,
    ClusterPartition,
    ClusterStatus,
    ExcerptTension,
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
    Replacement,
)
from webapp.models.devices import DeviceMark, PausedDevice
from webapp.models.document_models import DocumentModel, FormerModel
from webapp.models.endorsements import Endorsement
from webapp.models.exports import Export, ExportFile
from webapp.models.heartbeats import Heartbeat
from webapp.models.imports import ImportDraft, ItemImport
from webapp.models.items import (
    FIRST_YEAR,
    LAST_YEAR,
    MAX_AMOUNT,
    NEXT_STATUSES,
    BudgetLine,
    Indicator,
    ItemLink,
    ItemMerge,
    ItemSource,
    ItemStatus,
    ItemTransition,
    LinkKind,
    Measurement,
    Milestone,
    Priority,
    RoadmapItem,
    SharedItem,
)
from webapp.models.maskings import MaskReading
from webapp.models.meetings import (
    AgendaPoint,
    Decision,
    MeetingState,
    SteeringMeeting,
    Verdict,
)
from webapp.models.notices import MAX_NOTICE_LENGTH, NOTICE_FIELDS, Conformity, LegalNotice
from webapp.models.organisations import Organisation, OrganisationKind
from webapp.models.paper import PaperLine, PaperReading
from webapp.models.reactions import Reaction, ReactionWindow
from webapp.models.references import (
    MAX_CODE_LENGTH,
    MAX_NAME_LENGTH,
    SHIPPED,
    Reference,
    ReferenceKind,
    Strand,
    Territory,
)
from webapp.models.retention import (
    DEFAULT_DELAYS,
    DELAYS,
    PurgeCause,
    PurgeRecord,
    RetentionPolicy,
)
from webapp.models.reviews import (
    Act,
    EditedField,
    ReviewAction,
    ReviewEdit,
    ReviewMove,
    ReviewUndo,
)
from webapp.models.roadmaps import Roadmap, RoadmapVersion, VersionWithdrawal
from webapp.models.second_factors import RecoveryCode, SecondFactor
from webapp.models.sessions import UserSession
from webapp.models.stands import Inspiration, StandLink
from webapp.models.surges import HeldContribution
from webapp.models.surveys import (
    QuestionKind,
    SentAnswer,
    Survey,
    SurveyAnswer,
    SurveyQuestion,
    SurveyState,
)
from webapp.models.tables import TableEntry, TableLink
from webapp.models.users import Membership, Role, User
from webapp.models.working_groups import WorkingGroup
from webapp.models.workshops import (
    LISTENING,
    NEXT_STATES,
    Prompt,
    Workshop,
    WorkshopKind,
    WorkshopState,
)

__all__ = [
    "DEFAULT_DELAYS",
    "DELAYS",
    "FIRST_YEAR",
    "LAST_YEAR",
    "LISTENING",
    "MAX_AMOUNT",
    "MAX_BODY_LENGTH",
    "MAX_CODE_LENGTH",
    "MAX_LABEL_LENGTH",
    "MAX_NAME_LENGTH",
    "MAX_NOTICE_LENGTH",
    "MAX_REASON_LENGTH",
    "MAX_TITLE_LENGTH",
    "NEXT_STATES",
    "NEXT_STATUSES",
    "NOTICE_FIELDS",
    "SHIPPED",
    "SHOWN",
    "AccountLink",
    "Act",
    "AgendaPoint",
    "AnalysisRun",
    "AttemptCount",
    "AuditEntry",
    "AuditHead",
    "Base",
    "BudgetLine",
    "ChangeKind",
    "Channel",
    "Cluster",
    "ClusterAlignment",
    "ClusterMember",
    "ClusterPartition",
    "ClusterStatus",
    "Concerned",
    "Conference",
    "Conformity",
    "Contribution",
    "ContributionKind",
    "Decision",
    "DecisionKind",
    "DeviceMark",
    "DocumentModel",
    "EditedField",
    "Endorsement",
    "Excerpt",
    "ExcerptTension",
    "Export",
    "ExportFile",
    "FormerModel",
    "Heartbeat",
    "HeldContribution",
    "ImportDraft",
    "Indicator",
    "Inspiration",
    "ItemImport",
    "ItemLink",
    "ItemMerge",
    "ItemSource",
    "ItemStatus",
    "ItemTransition",
    "LegalNotice",
    "LinkKind",
    "LinkPurpose",
    "MaskReading",
    "Measurement",
    "MeetingState",
    "Membership",
    "Milestone",
    "ModerationDecision",
    "Organisation",
    "OrganisationKind",
    "PaperLine",
    "PaperReading",
    "PausedDevice",
    "Placement",
    "Priority",
    "Prompt",
    "PurgeCause",
    "PurgeRecord",
    "QuestionKind",
    "Reaction",
    "ReactionWindow",
    "RecoveryCode",
    "Reference",
    "ReferenceKind",
    "Replacement",
    "RetentionPolicy",
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
    "SecondFactor",
    "SentAnswer",
    "SharedItem",
    "StandLink",
    "SteeringMeeting",
    "Strand",
    "Survey",
    "SurveyAnswer",
    "SurveyQuestion",
    "SurveyState",
    "TableEntry",
    "TableLink",
    "Territory",
    "TextVector",
    "User",
    "UserSession",
    "Verdict",
    "VersionWithdrawal",
    "WorkingGroup",
    "Workshop",
    "WorkshopKind",
    "WorkshopState",
]
