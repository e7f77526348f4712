"""Rules of the domain that forbid something."""

from datetime import timedelta

from webapp.exceptions.base import RuleError


class EmptyTextError(RuleError):
    """A contribution without a word."""


class TextTooLongError(RuleError):
    """A text over its limit.

    Attributes
    ----------
    length : int
        Characters received.
    limit : int
        Characters allowed.
    """

    def __init__(self, length: int, limit: int) -> None:
        super().__init__(length, limit)
        self.length = length
        self.limit = limit


class IdempotencyError(RuleError):
    """The same idempotency key came with another text."""


class WorkshopClosedError(RuleError):
    """The workshop does not accept contributions now.

    Attributes
    ----------
    code : str
        Code of the workshop.
    state : str
        Its present state.
    """

    def __init__(self, code: str, state: str) -> None:
        super().__init__(code, state)
        self.code = code
        self.state = state


class WorkshopHeardError(RuleError):
    """A workshop that has received contributions stays in its working group."""


class SelectionError(RuleError):
    """An act needs at least one thing picked, and a split at least one left."""


class FeedsItemError(RuleError):
    """A group that an item answers keeps its members accepted: it cannot vanish into another."""


class LastSourceError(RuleError):
    """An adopted item would keep no source that people may read.

    Attributes
    ----------
    reference : str
        The item.
    """

    def __init__(self, reference: str) -> None:
        super().__init__(reference)
        self.reference = reference


class ReasonRequiredError(RuleError):
    """Setting aside and masking need a reason."""


class IncompleteItemError(RuleError):
    """A roadmap item lacks fields that its next state requires.

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
    """People acted during every attempt of a run; their decisions stand, the run gave up."""


class NothingToPublishError(RuleError):
    """The roadmap has no item beyond the draft state."""


class ConflictError(RuleError):
    """Someone else changed the object since it was read.

    Attributes
    ----------
    current : object
        The state now stored, to be shown beside what was refused.
    author : str
        Name of the person who made the last change, or an empty string.
    """

    def __init__(self, current: object, author: str = "") -> None:
        super().__init__(current, author)
        self.current = current
        self.author = author


class DateOrderError(RuleError):
    """An end that does not follow its start, or that is past already."""


class DuplicateError(RuleError):
    """An object with this name exists already."""


class AccountExistsError(DuplicateError):
    """The address has an account already."""


class WeakPasswordError(RuleError):
    """A password that nobody may choose.

    Attributes
    ----------
    problem : str
        A word for why: length, common, known, demonstration.
    """

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


class SignInRefusedError(RuleError):
    """An address and a password that open nothing, or no longer."""


class CodeRefusedError(RuleError):
    """A code of a second factor that is wrong, too old, or was used."""


class ProviderDownError(RuleError):
    """The provider that recognises people does not answer."""


class ProviderRefusedError(RuleError):
    """What the provider said of somebody opens nothing.

    Attributes
    ----------
    problem : str
        A word for why: answer, signature, state, address, account.
    """

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


class LinkOverError(RuleError):
    """A link to choose a password was used, revoked, is too old, or never was."""


class LastAdministratorError(RuleError):
    """Nobody closes their own account, nor the one of the last who administers."""


class TooManyAttemptsError(RuleError):
    """Too many attempts on one account failed.

    Attributes
    ----------
    wait : timedelta
        How long before the next one.
    """

    def __init__(self, wait: timedelta) -> None:
        super().__init__(wait)
        self.wait = wait


class BusyError(RuleError):
    """Too many passwords are being checked: this one was not looked at."""


class NotOpenError(RuleError):
    """Support points, or a questionnaire, take no answer now."""


class NoPointLeftError(RuleError):
    """A device has given all of its support points.

    Attributes
    ----------
    points : int
        How many each device has.
    """

    def __init__(self, points: int) -> None:
        super().__init__(points)
        self.points = points


class TooFastError(RuleError):
    """One device sends faster than a person writes; what it sends is to be sent again later."""


class MeasuredError(RuleError):
    """An indicator that was measured does not vanish."""


class MeetingClosedError(RuleError):
    """The minutes of this meeting are agreed: a later meeting decides otherwise."""


class NotEmptyError(RuleError):
    """The instance holds a roadmap, items or workshops: another roadmap will not be mixed in."""


class CodeFormError(RuleError):
    """A code that an axis or a territory cannot bear.

    Attributes
    ----------
    code : str
        What was typed.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class UnlistedError(RuleError):
    """A code that its reference list does not have, or no longer offers.

    Attributes
    ----------
    kind : str
        Which list.
    code : str
        What was chosen.
    """

    def __init__(self, kind: str, code: str) -> None:
        super().__init__(kind, code)
        self.kind = kind
        self.code = code


class DelayError(RuleError):
    """A delay that is shorter or longer than it may be.

    Attributes
    ----------
    name : str
        Which delay.
    least, most : int
        What it may be.
    """

    def __init__(self, name: str, least: int, most: int) -> None:
        super().__init__(name, least, most)
        self.name = name
        self.least = least
        self.most = most
