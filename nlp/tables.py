"""Columns of CSV files, in the encodings that spreadsheets write."""

import csv
import io
from pathlib import Path

_ENCODINGS = ("utf-8-sig", "cp1252")
_DELIMITERS = ",;\t"
_LONGEST_FIELD = 10_000_000


class TableError(ValueError):
    """A file cannot be read as a table with the columns asked for."""


def read_columns(path: str, columns: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Read some columns of a CSV file; rows whose first column is blank are left out.

    Parameters
    ----------
    path : str
        A CSV file, separated by commas, semicolons or tabs, in UTF-8 or Windows-1252.
    columns : tuple of str
        Names in the header.

    Returns
    -------
    tuple of tuple of str
        One tuple per row, in the order of ``columns``.

    Raises
    ------
    TableError
        If the file, a column or every row is missing.
    """
    text = _decode(path)
    csv.field_size_limit(_LONGEST_FIELD)
    header = text.split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=header.count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    names = tuple(reader.fieldnames or ())
    for column in columns:
        if column not in names:
            raise TableError(f"{path}: no column {column!r}; columns are: {', '.join(names)}")
    rows = [tuple(row[column] or "" for column in columns) for row in reader]
    kept = tuple(row for row in rows if row[0].strip())
    if not kept:
        raise TableError(f"{path}: no row with a text in column {columns[0]!r}")
    return kept


def _decode(path: str) -> str:
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise TableError(f"{path}: {error.strerror}") from error
    for encoding in _ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise TableError(f"{path}: neither UTF-8 nor Windows-1252; save it as UTF-8")
