"""Reads text files of rows (CSV, « Texte Unicode »): encoding, separator, quoting."""

import codecs
import csv
import io
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from webapp.exceptions import RowProblem, UnreadableFileError
from webapp.imports.encodings import decode
from webapp.imports.headers import SEARCHED, find_header, is_known
from webapp.imports.layouts import NO_HEADER, Layout, Line, Remark, Source
from webapp.platform.csv_excel import unescaped
from webapp.vocabulary import FILE_SEPARATORS

_CANDIDATES = (";", ",", "\t", "|")
_ONE_COLUMN = "\x1f"  # the unit separator of ASCII, which no text holds
_MAX_FIELD = 1_000_000
# First line of our own CSV for Excel: every title quoted, separated by semicolons.
_OWN_HEADER = re.compile(r'"[^"]{0,200}"(?:;"[^"]{0,200}"){1,60}\r\n"')
_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?[;,\t|]{0,60}\r?(?:\n|\Z)')


@dataclass(frozen=True, slots=True)
class _Fit:
    """How the rows of a text fit its header with one separator."""

    separator: str
    width: int
    known: bool
    rows: int
    exact: int
    extra: int
    broken: bool

    @property
    def rank(self) -> tuple[float, ...]:
        """Order of preference: a usual header, no misfit, the same width everywhere."""
        share = self.exact / self.rows if self.rows else 1.0
        clean = not self.broken and not self.extra
        return (self.known, clean and share >= 1 / 2, clean, share, self.width)


def read_text(data: bytes, layout: Layout) -> Source:
    """Return the lines of a text file.

    Raises
    ------
    EncodingError
        If the bytes are no text.
    UnreadableFileError
        If there is nothing but separators, or if a cell has no end.
    """
    csv.field_size_limit(_MAX_FIELD)
    decoded = decode(data, layout.encoding)
    announced = _SEPARATOR_LINE.match(decoded.text)
    separator = layout.separator or (announced[1] if announced else "")
    skipped = 1 if announced else 0
    body = decoded.text[announced.end() :] if announced else decoded.text
    if not body.strip(' \r\n\t;,|"'):
        raise UnreadableFileError("empty")
    is_sure = True
    if not separator:
        separator, is_sure = _best(body, layout, skipped)
    source = Source(
        lines=iter(()),
        layout=Layout(
            header=layout.header,
            separator=separator if separator in FILE_SEPARATORS else "none",
            encoding=decoded.encoding,
        ),
        problems=list(decoded.problems),
    )
    if not decoded.is_sure:
        source.questions.append(Remark("encoding", decoded.encoding))
    if not is_sure:
        source.questions.append(Remark("separator", FILE_SEPARATORS[separator]))
    nulls = (n for n, line in enumerate(decoded.text.splitlines(), 1) if "\x00" in line)
    source.problems += [RowProblem(number, "null") for number in nulls]
    source.lines = _lines(body, separator, skipped, source.problems)
    if data.startswith(codecs.BOM_UTF8) and _OWN_HEADER.match(body):
        source.lines = (Line(n, [unescaped(cell) for cell in cells]) for n, cells in source.lines)
    return source


def _best(text: str, layout: Layout, skipped: int) -> tuple[str, bool]:
    """Return the separator for which quoted parsing gives constant rows, and if it is alone."""
    fits = [_fit(text, sign, layout, skipped) for sign in (*_CANDIDATES, _ONE_COLUMN)]
    usable = [fit for fit in fits if fit.width > 1 or fit.separator == _ONE_COLUMN]
    best = max(usable, key=lambda fit: fit.rank)
    rivals = [fit for fit in usable if fit is not best and fit.width > 1]
    return best.separator, all(fit.rank[:-1] < best.rank[:-1] for fit in rivals)


def _fit(text: str, separator: str, layout: Layout, skipped: int) -> _Fit:
    problems: list[RowProblem] = []
    lines = _lines(text, separator, skipped, problems)
    first = list(itertools.islice(lines, SEARCHED))
    header = find_header(first)
    if layout.header is not None:
        chosen = [line for line in first if line.number >= max(layout.header, 1)]
        header = next((line for line in chosen if any(line.cells)), None)
    if header is None:
        return _Fit(separator, 0, known=False, rows=0, exact=0, extra=0, broken=bool(problems))
    start = header.number - (layout.header == NO_HEADER)
    width, rows, exact, extra = used(header.cells), 0, 0, 0
    for line in itertools.chain(first, lines):
        if line.number > start and any(line.cells):
            rows += 1
            exact += len(line.cells) == len(header.cells)
            extra += used(line.cells) > width
    known = any(map(is_known, header.cells))
    return _Fit(separator, width, known, rows, exact, extra, broken=bool(problems))


def used(cells: list[str]) -> int:
    """Return the number of cells up to the last that is not blank."""
    return next((n for n in range(len(cells), 0, -1) if cells[n - 1].strip()), 0)


def _lines(text: str, separator: str, skipped: int, problems: list[RowProblem]) -> Iterator[Line]:
    """Yield the rows; a quoting error is added to ``problems`` with the line that it starts on."""
    sign = _ONE_COLUMN if separator == "none" else separator
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True)
    start = 1 + skipped
    try:
        for cells in reader:
            yield Line(start, cells)
            start = reader.line_num + 1 + skipped
    except csv.Error as error:
        if "field larger" in str(error):
            raise UnreadableFileError(str(error)) from error
        kind = "unclosed_quote" if "end of data" in str(error) else "stray_quote"
        problems.append(RowProblem(start, kind))
