"""Documents that cannot be produced."""

from datetime import datetime

from webapp.exceptions.base import SemaillesError


class DocumentError(SemaillesError):
    """A document cannot be produced."""


class UnknownFormatError(DocumentError):
    """No renderer has this name.

    Attributes
    ----------
    name : str
        The format that was asked for.
    known : tuple of str
        The formats that there are.
    """

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        super().__init__(name, known)
        self.name = name
        self.known = known


class VersionWithdrawnError(DocumentError):
    """The version was published, then withdrawn: what it said is no longer given.

    Attributes
    ----------
    number : int
        The version.
    withdrawn_at : datetime
        When it was withdrawn.
    reason : str
        Why.
    """

    def __init__(self, number: int, withdrawn_at: datetime, reason: str) -> None:
        super().__init__(number, withdrawn_at, reason)
        self.number = number
        self.withdrawn_at = withdrawn_at
        self.reason = reason


class DocumentModelError(DocumentError):
    """A document model uses names that the roadmap does not have, or what a model may not do.

    Attributes
    ----------
    unknown : tuple of str
        These names.
    """

    def __init__(self, unknown: tuple[str, ...]) -> None:
        super().__init__(unknown)
        self.unknown = unknown


class UnusableModelError(DocumentError):
    """A file cannot be a document model; the one in use stays.

    Attributes
    ----------
    problem : str
        A word for what is wrong: kind, large, bomb, macro, object, link, entity, picture, tags.
    """

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem
