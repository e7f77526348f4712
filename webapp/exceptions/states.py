"""Acts that the state of their object forbids; each rule has its own exception."""

from webapp.exceptions.base import RuleError


class StateError(RuleError):
    """The object is not in a state that allows the act."""


class TransitionError(StateError):
    """The state that was asked for cannot follow the present one.

    Attributes
    ----------
    noun : str
        Kind of the object: the family of its states in ``vocabulary.labels``.
    source, target : str
        Values of the state machine of the object.
    """

    def __init__(self, noun: str, source: str, target: str) -> None:
        super().__init__(noun, source, target)
        self.noun = noun
        self.source = source
        self.target = target


class WithdrawnError(StateError):
    """The contribution was withdrawn."""


class ErasedError(StateError):
    """The words of the contribution were erased."""


class ArchivedError(StateError):
    """The workshop is archived: its contributions no longer change."""


class AlreadyModeratedError(StateError):
    """The note was moderated: its table can no longer take it back."""


class NotPublishedError(StateError):
    """The contribution is masked or not shown, so that it cannot be split."""


class ModeratedSinceError(StateError):
    """The contribution was moderated since the act that would be undone or redone."""


class SurveyOpenedError(StateError):
    """The survey is no longer a draft: its questions no longer change."""


class ClusterDissolvedError(StateError):
    """A cluster of the act was dissolved."""


class ClusterNotAcceptedError(StateError):
    """The cluster is not accepted, so that no item can answer it."""


class IrreversibleActError(StateError):
    """The act cannot be undone: it changed nothing, or it is not of a kind that is undone."""


class AlreadyUndoneError(StateError):
    """The act was already undone, or redone."""


class ItemSubmittedError(StateError):
    """The item is past the state in which its sources may be rearranged.

    Attributes
    ----------
    reference : str
        The reference of the item.
    """

    def __init__(self, reference: str) -> None:
        super().__init__(reference)
        self.reference = reference


class DecidedItemError(StateError):
    """The fields of a decided item change only by those who may adopt it.

    Attributes
    ----------
    reference : str
        The reference of the item.
    """

    def __init__(self, reference: str) -> None:
        super().__init__(reference)
        self.reference = reference


class ItemNotSubmittedError(StateError):
    """The committee decides only on submitted items.

    Attributes
    ----------
    reference : str
        The reference of the item.
    """

    def __init__(self, reference: str) -> None:
        super().__init__(reference)
        self.reference = reference


class MeetingAheadError(StateError):
    """The meeting has not been held yet, so that its minutes cannot be frozen."""


class PointDecidedError(StateError):
    """The committee decided on this point of the agenda."""


class LocalItemError(StateError):
    """The item belongs to a local roadmap: the act is for regional items."""


class RetirementError(StateError):
    """The entry of a reference list must stay: the region itself, or an axis or a public here."""


class RunOverError(StateError):
    """Nothing is left of the run to take back: replaced, taken back, or taken over by people."""


class NoQuestionError(StateError):
    """The survey asks nothing, so that it cannot open."""
