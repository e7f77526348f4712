"""Columns of CSV files, in the encodings that spreadsheets write.

The web application reads more (workbooks, other encodings, choices): see its own reader. The rules
for separators, quotation marks and repeated headers are the same.
"""

import codecs
import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path

_DELIMITERS = (";", ",", "\t", "|")
_ONE_COLUMN = "\x1f"  # the unit separator of ASCII, which no text holds
_LONGEST_FIELD = 10_000_000
_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?\r?(?:\n|\Z)')
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class TableError(ValueError):
    """A file cannot be read as a table with the columns asked for."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """The rows read with one separator, their lines, and the line of a quoting error or 0."""

    rows: list[list[str]]
    lines: list[int]
    broken: int

    def misfit(self) -> int:
        """Return the line of the first row with more cells than the header, or 0."""
        width = len(self.rows[0])
        found = zip(self.lines, self.rows, strict=True)
        return next((line for line, row in found if any(row[width:])), 0)

    def rank(self, columns: tuple[str, ...]) -> tuple[float, ...]:
        """Order of preference: the columns asked for, no misfit, the same width everywhere."""
        if not self.rows:
            return (False, False, 0.0, 0)
        width = len(self.rows[0])
        same = sum(len(row) == width for row in self.rows) / len(self.rows)
        clean = not self.broken and not self.misfit()
        return (set(columns) <= set(self.rows[0]), clean, same, width)


def read_columns(path: str, columns: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Read some columns of a CSV file; rows whose first column is blank are left out.

    Parameters
    ----------
    path : str
        A CSV file, separated by commas, semicolons, tabs or bars, in UTF-8, UTF-16 with a byte
        order mark, or Windows-1252.
    columns : tuple of str
        Names in the header; a repeated one is « texte », then « texte (2) ».

    Returns
    -------
    tuple of tuple of str
        One tuple per row, in the order of ``columns``.

    Raises
    ------
    TableError
        If the file, a column or every row is missing, or if a line cannot be read whole.
    """
    read = _read(_decode(path), columns)
    wrong = read.broken or (read.misfit() if read.rows else 0)
    if wrong:
        raise TableError(f"{path}, line {wrong}: misplaced quotation mark, or extra cells")
    names = _unique(read.rows[0] if read.rows else [])
    for column in columns:
        if column not in names:
            raise TableError(f"{path}: no column {column!r}; columns are: {', '.join(names)}")
    places = [names.index(column) for column in columns]
    rows = [tuple("".join(row[at : at + 1]) for at in places) for row in read.rows[1:]]
    kept = tuple(row for row in rows if row[0].strip())
    if not kept:
        raise TableError(f"{path}: no row with a text in column {columns[0]!r}")
    return kept


def _read(text: str, columns: tuple[str, ...]) -> _Reading:
    """Read with the announced separator, or the one that gives rows of one width."""
    announced = _SEPARATOR_LINE.match(text)
    if announced:
        return _split(text[announced.end() :], announced[1], skipped=1)
    readings = [_split(text, sign) for sign in (*_DELIMITERS, _ONE_COLUMN)]
    wide = [read for read in readings[:-1] if read.rows and len(read.rows[0]) > 1]
    return max([*wide, readings[-1]], key=lambda read: read.rank(columns))


def _split(text: str, separator: str, *, skipped: int = 0) -> _Reading:
    csv.field_size_limit(_LONGEST_FIELD)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows, lines, start = [], [], 1 + skipped
    try:
        for row in reader:
            if any(row):
                rows.append(row)
                lines.append(start)
            start = reader.line_num + 1 + skipped
    except csv.Error:
        return _Reading(rows, lines, start)
    return _Reading(rows, lines, 0)


def _unique(header: list[str]) -> list[str]:
    """Name each column once: « texte », « texte (2) »."""
    names: list[str] = []
    for name in header:
        count = 1
        while (f"{name} ({count})" if count > 1 else name) in names:
            count += 1
        names.append(f"{name} ({count})" if count > 1 else name)
    return names


def _decode(path: str) -> str:
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise TableError(f"{path}: {error.strerror}") from error
    if data.startswith(_UTF16):
        return _decoded(path, data, "utf-16")
    text = data.removeprefix(codecs.BOM_UTF8).decode("utf-8", "surrogateescape")
    alone = [at for at, character in enumerate(text) if "\udc80" <= character <= "\udcff"]
    if not alone:
        return text
    # Letters of several bytes do not happen by chance in a text of single bytes.
    if sum(character > "\x7f" for character in text) > 2 * len(alone):
        line = text.count("\n", 0, alone[0]) + 1
        raise TableError(f"{path}, line {line}: a byte is not UTF-8")
    return _decoded(path, data, "cp1252")


def _decoded(path: str, data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise TableError(f"{path}: neither UTF-8 nor Windows-1252; save it as UTF-8") from error
