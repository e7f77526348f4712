"""Domain errors.

* SemaillesError
  * ConfigurationError
  * NotFoundError
    * AmbiguousCodeError
    * SlipNotKeyedError
    * EmptyInstanceError
  * ParameterError
  * ForbiddenError
  * UndeclaredRouteError
  * SchemaError
  * RuleError
    * EmptyTextError
    * EmptySheetError
    * TextTooLongError
    * IdempotencyError
    * SlipUnknownError
    * SlipUsedError
    * SlipElsewhereError
    * WorkshopClosedError
    * WorkshopHeardError
    * StateError
      * TransitionError
      * WithdrawnError
      * ErasedError
      * ArchivedError
      * AlreadyModeratedError
      * NotPublishedError
      * ModeratedSinceError
      * SurveyOpenedError
      * ClusterDissolvedError
      * ClusterNotAcceptedError
      * IrreversibleActError
      * AlreadyUndoneError
      * ItemSubmittedError
      * DecidedItemError
      * ItemNotSubmittedError
      * MeetingAheadError
      * PointDecidedError
      * LocalItemError
      * RetirementError
      * RunOverError
      * NoQuestionError
    * SelectionError
    * FeedsItemError
    * LastSourceError
    * ReasonRequiredError
    * NothingMaskedError
    * RulingError
    * IncompleteItemError
    * NothingToAnalyseError
    * AnalysisRunningError
    * AnalysisOvertakenError
    * ConfirmationError
    * PublicationChangedError
    * NothingToPublishError
    * ConflictError
    * DuplicateError
      * AccountExistsError
    * WeakPasswordError
    * SignInRefusedError
    * CodeRefusedError
    * MailNotSentError
    * ProviderDownError
    * ProviderRefusedError
    * LinkOverError
    * LastAdministratorError
    * TooManyAttemptsError
    * BusyError
    * NotOpenError
    * NoPointLeftError
    * TitleRequiredError
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
      * EmptyTableError
      * ForeignFileError
      * UnknownSchemaError
    * UncertainLayoutError
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
    AmbiguousCodeError,
    ConfigurationError,
    EmptyInstanceError,
    ForbiddenError,
    NotFoundError,
    ParameterError,
    RuleError,
    SchemaError,
    SemaillesError,
    SlipNotKeyedError,
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
    EmptyTableError,
    EncodingError,
    ForeignFileError,
    ImportFileError,
    InvalidRowsError,
    MissingColumnError,
    RefusedRoadmapError,
    RowProblem,
    UncertainLayoutError,
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
    ConfirmationError,
    ConflictError,
    DateOrderError,
    DelayError,
    DuplicateError,
    EmptySheetError,
    EmptyTextError,
    FeedsItemError,
    IdempotencyError,
    IncompleteItemError,
    LastAdministratorError,
    LastSourceError,
    LinkOverError,
    MailNotSentError,
    MeasuredError,
    MeetingClosedError,
    NoPointLeftError,
    NotEmptyError,
    NothingMaskedError,
    NothingToAnalyseError,
    NothingToPublishError,
    NotOpenError,
    ProviderDownError,
    ProviderRefusedError,
    PublicationChangedError,
    ReasonRequiredError,
    RulingError,
    SelectionError,
    SignInRefusedError,
    SlipElsewhereError,
    SlipUnknownError,
    SlipUsedError,
    TextTooLongError,
    TitleRequiredError,
    TooFastError,
    TooManyAttemptsError,
    UnlistedError,
    WeakPasswordError,
    WorkshopClosedError,
    WorkshopHeardError,
)
from webapp.exceptions.states import (
    AlreadyModeratedError,
    AlreadyUndoneError,
    ArchivedError,
    ClusterDissolvedError,
    ClusterNotAcceptedError,
    DecidedItemError,
    ErasedError,
    IrreversibleActError,
    ItemNotSubmittedError,
    ItemSubmittedError,
    LocalItemError,
    MeetingAheadError,
    ModeratedSinceError,
    NoQuestionError,
    NotPublishedError,
    PointDecidedError,
    RetirementError,
    RunOverError,
    StateError,
    SurveyOpenedError,
    TransitionError,
    WithdrawnError,
)

__all__ = [
    "AccountExistsError",
    "AlreadyModeratedError",
    "AlreadyUndoneError",
    "AmbiguousCodeError",
    "AnalysisOvertakenError",
    "AnalysisRunningError",
    "ArchivedError",
    "BusyError",
    "ClusterDissolvedError",
    "ClusterNotAcceptedError",
    "CodeFormError",
    "CodeRefusedError",
    "ConfigurationError",
    "ConfirmationError",
    "ConflictError",
    "DateOrderError",
    "DecidedItemError",
    "DelayError",
    "DocumentError",
    "DocumentModelError",
    "DuplicateError",
    "EmptyInstanceError",
    "EmptySheetError",
    "EmptyTableError",
    "EmptyTextError",
    "EncodingError",
    "ErasedError",
    "FeedsItemError",
    "ForbiddenError",
    "ForeignFileError",
    "IdempotencyError",
    "ImportFileError",
    "IncompleteItemError",
    "InvalidRowsError",
    "IrreversibleActError",
    "ItemNotSubmittedError",
    "ItemSubmittedError",
    "LastAdministratorError",
    "LastSourceError",
    "LinkOverError",
    "LocalItemError",
    "MailNotSentError",
    "MeasuredError",
    "MeetingAheadError",
    "MeetingClosedError",
    "MissingColumnError",
    "ModeratedSinceError",
    "NoPointLeftError",
    "NoQuestionError",
    "NotEmptyError",
    "NotFoundError",
    "NotOpenError",
    "NotPublishedError",
    "NothingMaskedError",
    "NothingToAnalyseError",
    "NothingToPublishError",
    "ParameterError",
    "PointDecidedError",
    "ProviderDownError",
    "ProviderRefusedError",
    "PublicationChangedError",
    "ReasonRequiredError",
    "RefusedRoadmapError",
    "RetirementError",
    "RowProblem",
    "RuleError",
    "RulingError",
    "RunOverError",
    "SchemaError",
    "SelectionError",
    "SemaillesError",
    "SignInRefusedError",
    "SlipElsewhereError",
    "SlipNotKeyedError",
    "SlipUnknownError",
    "SlipUsedError",
    "StateError",
    "SurveyOpenedError",
    "TextTooLongError",
    "TitleRequiredError",
    "TooFastError",
    "TooManyAttemptsError",
    "TransitionError",
    "UncertainLayoutError",
    "UndeclaredRouteError",
    "UnknownFormatError",
    "UnknownSchemaError",
    "UnlistedError",
    "UnreadableFileError",
    "UnusableModelError",
    "VersionWithdrawnError",
    "WeakPasswordError",
    "WithdrawnError",
    "WorkshopClosedError",
    "WorkshopHeardError",
]
