"""Errors of business rules."""

from datetime import timedelta

from webapp.exceptions.base import RuleError


class EmptyTextError(RuleError):
    """A required text is empty."""


class EmptySheetError(RuleError):
    """No question of a questionnaire is answered."""


class TextTooLongError(RuleError):
    """A text exceeds its maximum length.

    Attributes
    ----------
    length : int
        Length of the text, in characters.
    limit : int
        Maximum length.
    """

    def __init__(self, length: int, limit: int) -> None:
        super().__init__(length, limit)
        self.length = length
        self.limit = limit


class IdempotencyError(RuleError):
    """An idempotency key was reused with another text."""


class SlipUnknownError(RuleError):
    """No printed slip has this mark."""


class SlipUsedError(RuleError):
    """The slip was keyed in already."""


class SlipElsewhereError(RuleError):
    """The slip was printed for another workshop.

    Attributes
    ----------
    workshop : str
        Title of that workshop.
    """

    def __init__(self, workshop: str) -> None:
        super().__init__(workshop)
        self.workshop = workshop


class WorkshopClosedError(RuleError):
    """The workshop does not accept contributions now.

    Attributes
    ----------
    code : str
        Code of the workshop.
    state : str
        Its current state.
    """

    def __init__(self, code: str, state: str) -> None:
        super().__init__(code, state)
        self.code = code
        self.state = state


class WorkshopHeardError(RuleError):
    """The working group of a workshop cannot change once it has contributions."""


class SelectionError(RuleError):
    """The selection of a review action is empty, or a split would leave nothing."""


class TitleRequiredError(RuleError):
    """A group keeps the machine's title: a person chooses or writes one to accept it."""


class FeedsItemError(RuleError):
    """A group that is the source of an item cannot be reopened, dissolved or merged away."""


class LastSourceError(RuleError):
    """An adopted item would have no visible source left.

    Attributes
    ----------
    reference : str
        Reference of the item.
    """

    def __init__(self, reference: str) -> None:
        super().__init__(reference)
        self.reference = reference


class ReasonRequiredError(RuleError):
    """The decision requires a reason."""


class NothingMaskedError(RuleError):
    """A masking would hide nothing, or these words are not in the text.

    Attributes
    ----------
    words : str
        The words that are not in the text, or an empty string.
    """

    def __init__(self, words: str = "") -> None:
        super().__init__(words)
        self.words = words


class RulingError(RuleError):
    """One of the decisions of a meeting is refused, so that none is recorded.

    Attributes
    ----------
    reference : str
        Reference of the item.
    cause : RuleError
        Why its decision is refused.
    """

    def __init__(self, reference: str, cause: RuleError) -> None:
        super().__init__(reference, cause)
        self.reference = reference
        self.cause = cause


class IncompleteItemError(RuleError):
    """A roadmap item lacks fields required by the requested state.

    Attributes
    ----------
    missing : tuple of str
        Names of the empty fields.
    """

    def __init__(self, missing: tuple[str, ...]) -> None:
        super().__init__(missing)
        self.missing = missing


class NothingToAnalyseError(RuleError):
    """The working group has no published contribution."""


class AnalysisRunningError(RuleError):
    """An analysis of this working group is already queued or running."""


class AnalysisOvertakenError(RuleError):
    """An analysis run gave up: review actions invalidated its input at every attempt."""


class ConfirmationError(RuleError):
    """The words that confirm a publication do not name the version to come.

    Attributes
    ----------
    number : int
        The number of that version.
    """

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


class PublicationChangedError(RuleError):
    """What would be published has changed since it was read.

    Attributes
    ----------
    changed : tuple of str
        References of the items, or the key of the rest of the roadmap.
    """

    def __init__(self, changed: tuple[str, ...]) -> None:
        super().__init__(changed)
        self.changed = changed


class NothingToPublishError(RuleError):
    """The roadmap has no item beyond the draft state."""


class ConflictError(RuleError):
    """The object was changed by someone else since it was read (optimistic locking).

    Attributes
    ----------
    current : object
        The stored value, shown beside the refused one.
    author : str
        Name of the author of the last change, or an empty string.
    """

    def __init__(self, current: object, author: str = "") -> None:
        super().__init__(current, author)
        self.current = current
        self.author = author


class DateOrderError(RuleError):
    """A date is out of order: an end before its start, or already past."""


class DuplicateError(RuleError):
    """An object with this name already exists."""


class AccountExistsError(DuplicateError):
    """The email address already has an account."""


class WeakPasswordError(RuleError):
    """A new password does not satisfy the policy.

    Attributes
    ----------
    problem : str
        Problem code: length, common, known, demonstration.
    """

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


class SignInRefusedError(RuleError):
    """Wrong email address or password, or inactive account."""


class CodeRefusedError(RuleError):
    """A second-factor code is wrong, expired or already used."""


class MailNotSentError(RuleError):
    """The mail server does not answer or refused the message, or none is configured."""


class ProviderDownError(RuleError):
    """The identity provider does not answer."""


class ProviderRefusedError(RuleError):
    """The answer of the identity provider is invalid, or matches no account.

    Attributes
    ----------
    problem : str
        Problem code: answer, signature, state, address, account.
    """

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


class LinkOverError(RuleError):
    """A password link is used, revoked, expired or unknown."""


class LastAdministratorError(RuleError):
    """The last active administrator, or one's own account, cannot be deactivated or demoted."""


class TooManyAttemptsError(RuleError):
    """Sign-in to an account is throttled after failed attempts.

    Attributes
    ----------
    wait : timedelta
        Delay before the next attempt.
    """

    def __init__(self, wait: timedelta) -> None:
        super().__init__(wait)
        self.wait = wait


class BusyError(RuleError):
    """Too many passwords are being verified: this one was not."""


class NotOpenError(RuleError):
    """Support points or a questionnaire are not open."""


class NoPointLeftError(RuleError):
    """A device has no support point left.

    Attributes
    ----------
    points : int
        Support points per device.
    """

    def __init__(self, points: int) -> None:
        super().__init__(points)
        self.points = points


class TooFastError(RuleError):
    """A device exceeds its rate limit; the client must retry later."""


class MeasuredError(RuleError):
    """An indicator with measurements cannot be removed."""


class MeetingClosedError(RuleError):
    """The minutes of the meeting are closed and cannot change."""


class NotEmptyError(RuleError):
    """The instance already has data, so a roadmap cannot be restored into it."""


class CodeFormError(RuleError):
    """The code of an axis or a territory is malformed.

    Attributes
    ----------
    code : str
        The submitted code.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class UnlistedError(RuleError):
    """A code is unknown in its reference list, or retired.

    Attributes
    ----------
    kind : str
        The list.
    code : str
        The submitted code.
    """

    def __init__(self, kind: str, code: str) -> None:
        super().__init__(kind, code)
        self.kind = kind
        self.code = code


class DelayError(RuleError):
    """A retention period is out of range.

    Attributes
    ----------
    name : str
        The retention period.
    least, most : int
        Its range.
    """

    def __init__(self, name: str, least: int, most: int) -> None:
        super().__init__(name, least, most)
        self.name = name
        self.least = least
        self.most = most
