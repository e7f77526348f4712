"""Reads CSV files and XLSX workbooks into rows of text with line numbers."""

import csv
import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from webapp.exceptions import EncodingError, MissingColumnError, UnreadableFileError
from webapp.platform import text_cleaning

MAX_UNPACKED_BYTES = 64 * 1024 * 1024
# An import is one transaction, which holds the write lock.
MAX_ROWS = 20_000
MAX_COLUMNS = 500
MAX_CELLS = 1_000_000
_MAX_RATIO = 200
_ZIP_MAGIC = b"PK\x03\x04"
_DELIMITERS = ",;\t"
_MAX_FIELD = 1_000_000
# Exceptions of openpyxl and zipfile on a damaged workbook.
_BROKEN_WORKBOOK = (
    InvalidFileException,
    AttributeError,
    LookupError,
    OSError,
    SyntaxError,  # base class of the errors of both XML parsers
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its line number in the file, and its cells by column."""

    line: int
    cells: dict[str, str]

    def get(self, *columns: str) -> str:
        """Return the first non-empty cell among the columns."""
        return next((v for c in columns if (v := self.cells.get(c, ""))), "")


@dataclass(frozen=True, slots=True)
class Table:
    """The columns and the non-blank rows of a file."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def require(self, *columns: str) -> None:
        """Check that each of ``columns`` is present.

        Raises
        ------
        MissingColumnError
            On the first missing one.
        """
        for column in columns:
            if column not in self.columns:
                raise MissingColumnError(column, self.columns)


def read_table(data: bytes, *, name: str) -> Table:
    """Read a CSV file (UTF-8, UTF-16 or Windows-1252) or an XLSX workbook's first sheet.

    Raises
    ------
    UnreadableFileError
        If the content does not match the extension, is empty, or exceeds the unpacked limit.
    EncodingError
        If the encoding is not supported.
    """
    is_workbook = name.lower().endswith((".xlsx", ".xlsm"))
    if is_workbook or data.startswith(_ZIP_MAGIC):
        lines = _workbook_lines(data)
    else:
        lines = _csv_lines(data)
    bounded = _bounded(lines)
    columns = tuple(text_cleaning.clean(column) for column in next(bounded, (1, []))[1])
    if not any(columns):
        raise UnreadableFileError("empty")
    while not columns[-1]:
        columns = columns[:-1]
    if len(columns) > MAX_COLUMNS:
        raise UnreadableFileError("too many columns")
    rows = (Row(line, _cells(columns, cells)) for line, cells in bounded)
    return Table(columns, tuple(row for row in rows if any(row.cells.values())))


def _bounded(lines: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    """Yield ``lines``, up to a limit on the number of cells."""
    total = 0
    for number, (line, cells) in enumerate(lines):
        total += len(cells)
        if number > MAX_ROWS or total > MAX_CELLS:
            raise UnreadableFileError("too many cells")
        yield line, cells


def _cells(columns: tuple[str, ...], cells: list[str]) -> dict[str, str]:
    """Return the normalised cells by column."""
    return {c: text_cleaning.clean(cell) for c, cell in zip(columns, cells, strict=False)}


def decode(data: bytes) -> str:
    """Decode a CSV file written by French software.

    Raises
    ------
    EncodingError
        If it is neither UTF-8, UTF-16 with a byte order mark, nor Windows-1252.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise EncodingError


def _csv_lines(data: bytes) -> Iterator[tuple[int, list[str]]]:
    text = decode(data)
    first_line = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first_line.count)
    csv.field_size_limit(_MAX_FIELD)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    start = 1
    try:
        for cells in reader:
            yield start, cells
            start = reader.line_num + 1
    except csv.Error as error:
        raise UnreadableFileError(str(error)) from error


def _workbook_lines(data: bytes) -> Iterator[tuple[int, list[str]]]:
    _check_archive(data)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # the dimensions declared in the file are not trusted
        for line, values in enumerate(sheet.iter_rows(values_only=True), start=1):
            yield line, ["" if value is None else str(value) for value in values]
    except _BROKEN_WORKBOOK as error:
        raise UnreadableFileError(type(error).__name__) from error


def _check_archive(data: bytes) -> None:
    """Refuse a file that is not a workbook, or a zip bomb."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
            names = set(archive.namelist())
    except zipfile.BadZipFile as error:
        raise UnreadableFileError("not a workbook") from error
    if not {"[Content_Types].xml", "xl/workbook.xml"} <= names:
        raise UnreadableFileError("not a workbook")
    if unpacked > MAX_UNPACKED_BYTES or unpacked > _MAX_RATIO * max(len(data), 1):
        raise UnreadableFileError("too large")
