"""Generic tables for exports: typed columns and rows of values.

A column has a machine name, a title, and a function that reads its value from a record: a text, a
number, a date, or None for an empty cell.
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
    """Header of a column: machine name, title, data type, width in characters."""

    name: str
    title: str
    kind: str
    width: int


@dataclass(frozen=True, slots=True)
class Column(Head, Generic[R]):
    """A column: its header, and the function that reads its value from a record."""

    read: Callable[[R], Value]


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet: title, columns, and rows of values in column order."""

    title: str
    columns: tuple[Head, ...]
    rows: tuple[tuple[Value, ...], ...]
