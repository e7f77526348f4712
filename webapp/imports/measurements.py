"""Parses measurements of an indicator from a table."""

from collections.abc import Mapping
from datetime import date, datetime

from webapp.exceptions import InvalidRowsError, RowProblem
from webapp.imports.reading import Row, Table
from webapp.platform import decimals
from webapp.platform.text_cleaning import folded
from webapp.roadmap.indicators import Value
from webapp.territory.models import ReferenceKind, Territory
from webapp.territory.references import Lists

COLUMNS = ("date", "valeur")
_LARGEST = 1e15


def read_values(table: Table, *, lists: Lists) -> list[Value]:
    """Return the measurements of ``table``; an empty territory means the whole region.

    Raises
    ------
    MissingColumnError
        If « date » or « valeur » is not in the header.
    InvalidRowsError
        With every row whose date, value or territory cannot be read.
    """
    table.checked().require(*COLUMNS)
    problems: list[RowProblem] = []
    places = lists.spellings(ReferenceKind.TERRITORY)
    values = [value for row in table.rows if (value := _value(row, places, problems))]
    if problems:
        raise InvalidRowsError(tuple(problems))
    return values


def _value(row: Row, places: Mapping[str, str], problems: list[RowProblem]) -> Value | None:
    on, number = _date(row.get("date")), _number(row.get("valeur"))
    territory = places.get(folded(row.get("territoire") or Territory.REGION))
    for problem, read, column in (
        ("date", on, "date"),
        ("number", number, "valeur"),
        ("territory", territory, "territoire"),
    ):
        if read is None:
            problems.append(RowProblem(row.line, problem, row.get(column)))
    if on is None or number is None or territory is None:
        return None
    return Value(on=on, value=number, territory=territory, source=row.get("source")[:200])


def _date(cell: str) -> date | None:
    for pattern in ("%Y-%m-%d", "%d/%m/%Y", "%Y-%m-%d %H:%M:%S", "%d/%m/%Y %H:%M"):
        try:
            return datetime.strptime(cell, pattern).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None


def _number(cell: str) -> float | None:
    """Parse a number; « 15 % » is 15, in an indicator whose unit is the percent."""
    value = decimals.read(cell.removesuffix("%"))
    return float(value) if value is not None and abs(value) <= _LARGEST else None
