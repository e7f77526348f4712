"""Tables of any records: columns with their names, rows of values.

Each column says once its name for machines, its name for people, and how to read its value, which
is a text, a number, a date, or None for an empty cell.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Generic, TypeVar

Value = str | int | Decimal | date | None
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column: names, what a machine expects below, width in characters."""

    name: str
    title: str
    kind: str
    width: int


@dataclass(frozen=True, slots=True)
class Column(Head, Generic[R]):
    """One column: its head, and how to read its value in a record."""

    read: Callable[[R], Value]


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet: its title, its columns, its rows of values in the same order."""

    title: str
    columns: tuple[Head, ...]
    rows: tuple[tuple[Value, ...], ...]
