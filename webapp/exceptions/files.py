"""Errors of file imports."""

from dataclasses import dataclass

from webapp.exceptions.base import SemaillesError


class ImportFileError(SemaillesError):
    """A file cannot be imported; nothing was stored."""


class EncodingError(ImportFileError):
    """The bytes are no text in an encoding that is read."""


class MissingColumnError(ImportFileError):
    """A requested column is not in the header.

    Attributes
    ----------
    column : str
        The missing column.
    present : tuple of str
        The columns of the file.
    """

    def __init__(self, column: str, present: tuple[str, ...]) -> None:
        super().__init__(column, present)
        self.column = column
        self.present = present


class UnreadableFileError(ImportFileError):
    """The file is not of the type of its extension, or is too large."""


class EmptyTableError(UnreadableFileError):
    """The file has no row below its header."""


class ForeignFileError(UnreadableFileError):
    """The file is of a kind that is not read.

    Attributes
    ----------
    kind : str
        Kind of the file: xls, pdf, rtf, html, xml.
    """

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


class UncertainLayoutError(ImportFileError):
    """The layout of a file was guessed, and must be chosen before its import.

    Attributes
    ----------
    questions : tuple of tuple of str
        Code and guessed value of each choice: encoding, header, first_line, sheet, text.
    """

    def __init__(self, questions: tuple[tuple[str, str], ...]) -> None:
        super().__init__(questions)
        self.questions = questions


class UnknownSchemaError(UnreadableFileError):
    """The JSON export of a roadmap has a schema version that this release cannot read."""


class RefusedRoadmapError(ImportFileError):
    """The JSON export of a roadmap cannot be restored.

    Attributes
    ----------
    problem : str
        Problem code: large, json, altered, draft, values.
    """

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A row that cannot be imported: line number, problem code, value."""

    line: int
    problem: str
    value: str = ""


class InvalidRowsError(ImportFileError):
    """Some rows cannot be imported.

    Attributes
    ----------
    problems : tuple of RowProblem
        Every invalid row.
    """

    def __init__(self, problems: tuple[RowProblem, ...]) -> None:
        super().__init__(problems)
        self.problems = problems
