"""Reads CSV, XLSX and ODS files into rows of text with line numbers."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from webapp.exceptions import (
    EmptyTableError,
    ForeignFileError,
    InvalidRowsError,
    MissingColumnError,
    RowProblem,
    UncertainLayoutError,
    UnreadableFileError,
)
from webapp.imports import headers
from webapp.imports.delimited import read_text, used
from webapp.imports.layouts import NO_HEADER, Layout, Line, Remark, Source
from webapp.imports.opendocument import read_opendocument
from webapp.imports.workbooks import read_workbook
from webapp.platform import text_cleaning

MAX_UNPACKED_BYTES = 64 * 1024 * 1024
# An import is one transaction, which holds the write lock.
MAX_ROWS = 20_000
MAX_COLUMNS = 500
MAX_CELLS = 1_000_000
_MAX_RATIO = 200
_ZIP_MAGIC = b"PK\x03\x04"
_WORKBOOKS = (".xlsx", ".xlsm", ".ods")
# Files that are no table, by their first bytes.
_FOREIGN = (
    (b"\xd0\xcf\x11\xe0", "xls"),
    (b"%PDF", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"<!doctype", "html"),
    (b"<html", "html"),
    (b"<table", "html"),
    (b"<?xml", "xml"),
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
    """The columns and the non-blank rows of a file, with how it was read.

    ``questions`` are guesses to confirm, ``notices`` facts to tell, ``problems`` lines that cannot
    be read whole; ``opening`` are the first lines, among which the header is chosen.
    """

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    layout: Layout = field(default_factory=Layout)
    sheets: tuple[str, ...] = ()
    questions: tuple[Remark, ...] = ()
    notices: tuple[Remark, ...] = ()
    problems: tuple[RowProblem, ...] = ()
    opening: tuple[Line, ...] = ()

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

    def checked(self) -> "Table":
        """Return the table if all of it was read, and nothing is to be confirmed.

        Raises
        ------
        InvalidRowsError
            With every line that cannot be read whole.
        UncertainLayoutError
            With what is to be chosen.
        EmptyTableError
            If there is no row.
        """
        if self.problems:
            raise InvalidRowsError(self.problems)
        if self.questions:
            asked = tuple((question.code, question.value) for question in self.questions)
            raise UncertainLayoutError(asked)
        if not self.rows:
            raise EmptyTableError
        return self

    def confirmed(self, *columns: str) -> "Table":
        """Return the table without the question of its header, if it has all of ``columns``."""
        if not columns or not set(columns) <= set(self.columns):
            return self
        kept = tuple(q for q in self.questions if q.code != "first_line")
        return replace(self, questions=kept)


def read_table(data: bytes, *, name: str, layout: Layout | None = None) -> Table:
    """Read a text file of rows, or one sheet of an XLSX or ODS spreadsheet.

    What ``layout`` does not choose is guessed; see :meth:`Table.checked`.

    Raises
    ------
    UnreadableFileError
        If the content does not match the extension, is empty, or exceeds the unpacked limit.
    EncodingError
        If the bytes are no text.
    """
    source = _source(data, name, layout or Layout())
    lines = list(_bounded(source.lines))
    header, is_data = _header(lines, source)
    width = used(header.cells)
    if width > MAX_COLUMNS:
        raise UnreadableFileError("too many columns")
    if is_data:
        width = max(used(line.cells) for line in lines)
        columns: tuple[str, ...] = headers.unique_names([""] * width)
    else:
        columns = headers.unique_names([text_cleaning.clean(c) for c in header.cells[:width]])
    start = header.number - is_data
    rows, problems = _rows(columns, [line for line in lines if line.number > start])
    if source.layout.separator and not is_data:
        problems += _short_rows(len(columns), lines, start)
    found = sorted({*source.problems, *problems}, key=lambda problem: problem.line)
    shown = NO_HEADER if is_data else header.number
    return Table(
        columns,
        rows,
        replace(source.layout, header=shown),
        source.sheets,
        tuple(source.questions),
        tuple(source.notices),
        tuple(found),
        tuple(line for line in lines[: headers.SEARCHED] if used(line.cells)),
    )


def _source(data: bytes, name: str, layout: Layout) -> Source:
    opening = data[:512].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    foreign = next((kind for magic, kind in _FOREIGN if opening.startswith(magic)), "")
    if foreign:
        raise ForeignFileError(foreign)
    if data.startswith(_ZIP_MAGIC) or name.lower().endswith(_WORKBOOKS):
        is_ods = _check_archive(data)
        return read_opendocument(data, layout) if is_ods else read_workbook(data, layout)
    return read_text(data, layout)


def _header(lines: Sequence[Line], source: Source) -> tuple[Line, bool]:
    """Return the header, or the first line of data if there is none."""
    filled = [line for line in lines if any(cell.strip() for cell in line.cells)]
    if not filled:
        raise UnreadableFileError("empty")
    chosen = source.layout.header
    if chosen == NO_HEADER:
        return filled[0], True
    if chosen is not None:
        found = next((line for line in filled if line.number >= chosen), None)
        if found is None:
            raise UnreadableFileError("no header")
        return found, False
    header = headers.find_header(lines) or filled[0]
    if header is not filled[0]:
        source.questions.append(Remark("header", str(header.number)))
    elif headers.is_doubtful(header):
        source.questions.append(Remark("first_line", " ; ".join(header.cells)[:200]))
    return header, False


def _rows(
    columns: tuple[str, ...], lines: Sequence[Line]
) -> tuple[tuple[Row, ...], list[RowProblem]]:
    """Return the rows that are not blank, and a problem for each with more cells than columns."""
    rows, problems = [], []
    for line in lines:
        cells = [text_cleaning.clean(cell) for cell in line.cells]
        if used(cells) > len(columns):
            extra = " ; ".join(cell for cell in cells[len(columns) :] if cell)
            problems.append(RowProblem(line.number, "extra_cells", extra[:200]))
        if any(cells):
            kept = dict(zip(columns, cells, strict=False))
            rows.append(Row(line.number, kept))
    return tuple(rows), problems


def _short_rows(width: int, lines: Sequence[Line], start: int) -> Iterator[RowProblem]:
    """Yield the rows of a text file that end before the last column: a cut note, most often."""
    for line in lines:
        if line.number > start and any(line.cells) and len(line.cells) < width:
            yield RowProblem(line.number, "missing_cells", " ; ".join(line.cells)[:200])


def _bounded(lines: Iterator[Line]) -> Iterator[Line]:
    """Yield ``lines``, up to a limit on the number of cells."""
    total = 0
    for count, line in enumerate(lines):
        total += len(line.cells)
        if count > MAX_ROWS or total > MAX_CELLS:
            raise UnreadableFileError("too many cells")
        yield line


def _check_archive(data: bytes) -> bool:
    """Tell whether an archive is an ODS; refuse a file that is no spreadsheet, or a zip bomb."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
            names = set(archive.namelist())
    except zipfile.BadZipFile as error:
        raise UnreadableFileError("not a workbook") from error
    is_ods = {"mimetype", "content.xml"} <= names
    if not is_ods and not {"[Content_Types].xml", "xl/workbook.xml"} <= names:
        raise UnreadableFileError("not a workbook")
    if unpacked > MAX_UNPACKED_BYTES or unpacked > _MAX_RATIO * max(len(data), 1):
        raise UnreadableFileError("too large")
    return is_ods
