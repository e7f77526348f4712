"""Tables of the collection room."""

from webapp.collection.models.conferences import Conference
from webapp.collection.models.contributions import (
    MAX_LABEL_LENGTH,
    MAX_PEOPLE,
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
from webapp.collection.models.devices import DeviceMark, PausedDevice, PauseDecision
from webapp.collection.models.endorsements import Endorsement
from webapp.collection.models.paper import PaperLine, PaperReading, PrintedSlip
from webapp.collection.models.stands import Inspiration, StandLink
from webapp.collection.models.surges import HeldContribution, SurgeDecision
from webapp.collection.models.surveys import (
    QuestionKind,
    SentAnswer,
    Survey,
    SurveyAnswer,
    SurveyQuestion,
    SurveyState,
)
from webapp.collection.models.tables import TableEntry, TableLink
from webapp.collection.models.workshops import (
    LISTENING,
    Prompt,
    Workshop,
    WorkshopKind,
    WorkshopState,
)

__all__ = [
    "LISTENING",
    "MAX_LABEL_LENGTH",
    "MAX_PEOPLE",
    "MAX_REASON_LENGTH",
    "SHOWN",
    "Channel",
    "Concerned",
    "Conference",
    "Contribution",
    "ContributionKind",
    "DecisionKind",
    "DeviceMark",
    "Endorsement",
    "Excerpt",
    "HeldContribution",
    "Inspiration",
    "ModerationDecision",
    "PaperLine",
    "PaperReading",
    "PauseDecision",
    "PausedDevice",
    "PrintedSlip",
    "Prompt",
    "QuestionKind",
    "Replacement",
    "SentAnswer",
    "StandLink",
    "SurgeDecision",
    "Survey",
    "SurveyAnswer",
    "SurveyQuestion",
    "SurveyState",
    "TableEntry",
    "TableLink",
    "Workshop",
    "WorkshopKind",
    "WorkshopState",
]
