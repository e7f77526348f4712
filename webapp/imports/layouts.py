"""Layout of a file of rows: what was chosen, what was guessed, and what is still to be asked."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from webapp.exceptions import RowProblem

NO_HEADER = 0  # value of ``Layout.header`` for a file whose first line is already data


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Choices of a reader; an empty value is guessed.

    ``header`` is the line of the header, ``NO_HEADER`` if there is none, None to guess it.
    """

    sheet: str = ""
    header: int | None = None
    separator: str = ""
    encoding: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """A guess to confirm or a fact to tell: its code and a value."""

    code: str
    value: str = ""


class Line(NamedTuple):
    """A line of cells with its number in the file."""

    number: int
    cells: list[str]


@dataclass(slots=True, kw_only=True)
class Source:
    """Lines of a file before its header is known; ``lines`` also fills the lists as it is read."""

    lines: Iterator[Line]
    layout: Layout
    sheets: tuple[str, ...] = ()
    questions: list[Remark] = field(default_factory=list)
    notices: list[Remark] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)
