"""Domain errors.

* SemaillesError
  * ConfigurationError
  * NotFoundError
    * EmptyInstanceError
  * ParameterError
  * ForbiddenError
  * UndeclaredRouteError
  * SchemaError
  * RuleError
    * EmptyTextError
    * TextTooLongError
    * IdempotencyError
    * WorkshopClosedError
    * WorkshopHeardError
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
      * AccountExistsError
    * WeakPasswordError
    * SignInRefusedError
    * CodeRefusedError
    * ProviderDownError
    * ProviderRefusedError
    * LinkOverError
    * LastAdministratorError
    * TooManyAttemptsError
    * BusyError
    * NotOpenError
    * NoPointLeftError
    * TooFastError
    * DateOrderError
    * MeasuredError
    * MeetingClosedError
    * NotEmptyError
    * CodeFormError
    * UnlistedError
    * DelayError
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

They carry data, without messages or HTTP statuses: ``wording`` and ``error_pages`` choose those.
"""

from webapp.exceptions.base import (
    ConfigurationError,
    EmptyInstanceError,
    ForbiddenError,
    NotFoundError,
    ParameterError,
    RuleError,
    SchemaError,
    SemaillesError,
    UndeclaredRouteError,
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
    AccountExistsError,
    AnalysisOvertakenError,
    AnalysisRunningError,
    BusyError,
    CodeFormError,
    CodeRefusedError,
    ConflictError,
    DateOrderError,
    DelayError,
    DuplicateError,
    EmptyTextError,
    FeedsItemError,
    IdempotencyError,
    IncompleteItemError,
    LastAdministratorError,
    LastSourceError,
    LinkOverError,
    MeasuredError,
    MeetingClosedError,
    NoPointLeftError,
    NotEmptyError,
    NothingToAnalyseError,
    NothingToPublishError,
    NotOpenError,
    ProviderDownError,
    ProviderRefusedError,
    ReasonRequiredError,
    SelectionError,
    SignInRefusedError,
    TextTooLongError,
    TooFastError,
    TooManyAttemptsError,
    TransitionError,
    UnlistedError,
    WeakPasswordError,
    WorkshopClosedError,
    WorkshopHeardError,
)

__all__ = [
    "AccountExistsError",
    "AnalysisOvertakenError",
    "AnalysisRunningError",
    "BusyError",
    "CodeFormError",
    "CodeRefusedError",
    "ConfigurationError",
    "ConflictError",
    "DateOrderError",
    "DelayError",
    "DocumentError",
    "DocumentModelError",
    "DuplicateError",
    "EmptyInstanceError",
    "EmptyTextError",
    "EncodingError",
    "FeedsItemError",
    "ForbiddenError",
    "IdempotencyError",
    "ImportFileError",
    "IncompleteItemError",
    "InvalidRowsError",
    "LastAdministratorError",
    "LastSourceError",
    "LinkOverError",
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
    "ProviderDownError",
    "ProviderRefusedError",
    "ReasonRequiredError",
    "RefusedRoadmapError",
    "RowProblem",
    "RuleError",
    "SchemaError",
    "SelectionError",
    "SemaillesError",
    "SignInRefusedError",
    "TextTooLongError",
    "TooFastError",
    "TooManyAttemptsError",
    "TransitionError",
    "UndeclaredRouteError",
    "UnknownFormatError",
    "UnknownSchemaError",
    "UnlistedError",
    "UnreadableFileError",
    "UnusableModelError",
    "VersionWithdrawnError",
    "WeakPasswordError",
    "WorkshopClosedError",
    "WorkshopHeardError",
]
