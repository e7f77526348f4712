"""Tables of the review room."""

from webapp.review.models.alignments import ClusterAlignment
from webapp.review.models.analyses import AnalysisRun, ChangeKind, RunChange, RunState, TextVector
from webapp.review.models.clusters import (
    MAX_TITLE_LENGTH,
    Cluster,
    ClusterMember,
    ClusterPartition,
    ClusterStatus,
    ExcerptTension,
    Placement,
)
from webapp.review.models.history import (
    Act,
    EditedField,
    ReviewAction,
    ReviewDecision,
    ReviewEdit,
    ReviewMove,
    ReviewUndo,
)
from webapp.review.models.triage import ExcerptPairs, TriageClaim

__all__ = [
    "MAX_TITLE_LENGTH",
    "Act",
    "AnalysisRun",
    "ChangeKind",
    "Cluster",
    "ClusterAlignment",
    "ClusterMember",
    "ClusterPartition",
    "ClusterStatus",
    "EditedField",
    "ExcerptPairs",
    "ExcerptTension",
    "Placement",
    "ReviewAction",
    "ReviewDecision",
    "ReviewEdit",
    "ReviewMove",
    "ReviewUndo",
    "RunChange",
    "RunState",
    "TextVector",
    "TriageClaim",
]
