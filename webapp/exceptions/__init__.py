"""What can go wrong, in terms of the domain.

* SemaillesError
  * ConfigurationError
  * NotFoundError
  * ParameterError
  * ForbiddenError
  * SchemaError
  * RuleError
    * EmptyTextError
    * TextTooLongError
    * IdempotencyError
    * WorkshopClosedError
    * TransitionError
    * SelectionError
    * FeedsItemError
    * LastSourceError
    * ReasonRequiredError
    * IncompleteItemError
    * NothingToAnalyseError
    * AnalysisRunningError
    * AnalysisOvertakenError
    * NothingToPublishError
    * ConflictError
    * DuplicateError
    * WeakPasswordError
    * NotOpenError
    * NoPointLeftError
    * TooFastError
    * DateOrderError
    * MeasuredError
    * MeetingClosedError
    * NotEmptyError
  * ImportFileError
    * EncodingError
    * MissingColumnError
    * UnreadableFileError
      * UnknownSchemaError
    * InvalidRowsError
    * RefusedRoadmapError
  * DocumentError
    * UnknownFormatError
    * VersionWithdrawnError
    * DocumentModelError
    * UnusableModelError

They carry data, no sentence and no status: ``wording`` and ``error_pages`` choose those.
"""

from webapp.exceptions.base import (
    ConfigurationError,
    ForbiddenError,
    NotFoundError,
    ParameterError,
    RuleError,
    SchemaError,
    SemaillesError,
)
from webapp.exceptions.documents import (
    DocumentError,
    DocumentModelError,
    UnknownFormatError,
    UnusableModelError,
    VersionWithdrawnError,
)
from webapp.exceptions.files import (
    EncodingError,
    ImportFileError,
    InvalidRowsError,
    MissingColumnError,
    RefusedRoadmapError,
    RowProblem,
    UnknownSchemaError,
    UnreadableFileError,
)
from webapp.exceptions.rules import (
    AnalysisOvertakenError,
    AnalysisRunningError,
    ConflictError,
    DateOrderError,
    DuplicateError,
    EmptyTextError,
    FeedsItemError,
    IdempotencyError,
    IncompleteItemError,
    LastSourceError,
    MeasuredError,
    MeetingClosedError,
    NoPointLeftError,
    NotEmptyError,
    NothingToAnalyseError,
    NothingToPublishError,
    NotOpenError,
    ReasonRequiredError,
    SelectionError,
    TextTooLongError,
    TooFastError,
    TransitionError,
    WeakPasswordError,
    WorkshopClosedError,
)

__all__ = [
    "AnalysisOvertakenError",
    "AnalysisRunningError",
    "ConfigurationError",
    "ConflictError",
    "DateOrderError",
    "DocumentError",
    "DocumentModelError",
    "DuplicateError",
    "EmptyTextError",
    "EncodingError",
    "FeedsItemError",
    "ForbiddenError",
    "IdempotencyError",
    "ImportFileError",
    "IncompleteItemError",
    "InvalidRowsError",
    "LastSourceError",
    "MeasuredError",
    "MeetingClosedError",
    "MissingColumnError",
    "NoPointLeftError",
    "NotEmptyError",
    "NotFoundError",
    "NotOpenError",
    "NothingToAnalyseError",
    "NothingToPublishError",
    "ParameterError",
    "ReasonRequiredError",
    "RefusedRoadmapError",
    "RowProblem",
    "RuleError",
    "SchemaError",
    "SelectionError",
    "SemaillesError",
    "TextTooLongError",
    "TooFastError",
    "TransitionError",
    "UnknownFormatError",
    "UnknownSchemaError",
    "UnreadableFileError",
    "UnusableModelError",
    "VersionWithdrawnError",
    "WeakPasswordError",
    "WorkshopClosedError",
]
