"""Files that cannot be imported."""

from dataclasses import dataclass

from webapp.exceptions.base import SemaillesError


class ImportFileError(SemaillesError):
    """A file cannot be imported; nothing of it was stored."""


class EncodingError(ImportFileError):
    """The bytes are neither UTF-8 nor Windows-1252 text."""


class MissingColumnError(ImportFileError):
    """A column that was asked for is not in the header.

    Attributes
    ----------
    column : str
        The absent column.
    present : tuple of str
        The columns of the file.
    """

    def __init__(self, column: str, present: tuple[str, ...]) -> None:
        super().__init__(column, present)
        self.column = column
        self.present = present


class UnreadableFileError(ImportFileError):
    """The file is not of the kind that its name says, or is too large."""


class UnknownSchemaError(UnreadableFileError):
    """The JSON of a roadmap follows a schema that this release does not read."""


class RefusedRoadmapError(ImportFileError):
    """The JSON of a roadmap cannot come back.

    Attributes
    ----------
    problem : str
        A word for why: large, json, altered, draft, values.
    """

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class RowProblem:
    """One row that cannot be imported: its line in the file, and why."""

    line: int
    problem: str
    value: str = ""


class InvalidRowsError(ImportFileError):
    """Some rows are wrong.

    Attributes
    ----------
    problems : tuple of RowProblem
        Every row at fault.
    """

    def __init__(self, problems: tuple[RowProblem, ...]) -> None:
        super().__init__(problems)
        self.problems = problems
