"""Documents that cannot be produced."""

from webapp.exceptions.base import SemaillesError


class DocumentError(SemaillesError):
    """A document cannot be produced."""


class UnknownFormatError(DocumentError):
    """No renderer has this name.

    Attributes
    ----------
    name : str
        The format that was asked for.
    """

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class DocumentModelError(DocumentError):
    """A document model uses names that the roadmap does not have.

    Attributes
    ----------
    unknown : tuple of str
        These names.
    """

    def __init__(self, unknown: tuple[str, ...]) -> None:
        super().__init__(unknown)
        self.unknown = unknown
