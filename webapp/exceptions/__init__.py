"""What can go wrong, in terms of the domain.

* SemaillesError
  * ConfigurationError
  * NotFoundError
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
    * DocumentModelError
    * UnusableModelError

They carry data, no sentence and no status: ``wording`` and ``error_pages`` choose those.
"""

from webapp.exceptions.base import (
    ConfigurationError,
    ForbiddenError,
    NotFoundError,
    RuleError,
    SchemaError,
    SemaillesError,
)
from webapp.exceptions.documents import (
    DocumentError,
    DocumentModelError,
    UnknownFormatError,
    UnusableModelError,
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
    DuplicateError,
    EmptyTextError,
    FeedsItemError,
    IdempotencyError,
    IncompleteItemError,
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
    "MissingColumnError",
    "NoPointLeftError",
    "NotEmptyError",
    "NotFoundError",
    "NotOpenError",
    "NothingToAnalyseError",
    "NothingToPublishError",
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
    "WeakPasswordError",
    "WorkshopClosedError",
]
