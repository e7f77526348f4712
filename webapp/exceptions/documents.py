"""Errors of document generation."""

from datetime import datetime

from webapp.exceptions.base import SemaillesError


class DocumentError(SemaillesError):
    """A document cannot be generated."""


class UnknownFormatError(DocumentError):
    """No renderer has this name.

    Attributes
    ----------
    name : str
        The requested format.
    known : tuple of str
        The available formats.
    """

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        super().__init__(name, known)
        self.name = name
        self.known = known


class VersionWithdrawnError(DocumentError):
    """The version was withdrawn: its documents are no longer served.

    Attributes
    ----------
    number : int
        Number of the version.
    withdrawn_at : datetime
        When it was withdrawn.
    reason : str
        Reason of the withdrawal.
    """

    def __init__(self, number: int, withdrawn_at: datetime, reason: str) -> None:
        super().__init__(number, withdrawn_at, reason)
        self.number = number
        self.withdrawn_at = withdrawn_at
        self.reason = reason


class DocumentModelError(DocumentError):
    """A document template uses unknown names or forbidden constructs.

    Attributes
    ----------
    unknown : tuple of str
        These names and constructs.
    """

    def __init__(self, unknown: tuple[str, ...]) -> None:
        super().__init__(unknown)
        self.unknown = unknown


class UnusableModelError(DocumentError):
    """A file cannot be used as a document template; the current one is kept.

    Attributes
    ----------
    problem : str
        Problem code: kind, large, bomb, macro, object, link, entity, picture, tags.
    """

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem
