"""Reads XLSX workbooks: cells as they are displayed, hidden sheets and rows, merged cells."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import iterparse
from openpyxl import load_workbook
from openpyxl.reader.workbook import WorkbookParser
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook import Workbook

from webapp.exceptions import RowProblem
from webapp.imports.cell_display import display
from webapp.imports.layouts import Layout, Line, Remark, Source
from webapp.imports.sheets import Sheet, choose, damage_named, guarded

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_WORKBOOK = "xl/workbook.xml"
_TOLD = 5
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


@dataclass(slots=True)
class _Marks:
    """Marks of a sheet that its values do not carry."""

    merged: list[str] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)
    unstored: list[RowProblem] = field(default_factory=list)


def read_workbook(data: bytes, layout: Layout) -> Source:
    """Return the lines of the chosen sheet of a workbook.

    Raises
    ------
    UnreadableFileError
        If it is not a workbook that can be read.
    """
    with damage_named(*_BROKEN_WORKBOOK):
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        parts = _parts(data)
        choice = choose([*_sheets(book), *_charts(parts, book)], layout)
        marks = _marks(data, parts[choice.sheet.name])
    notices = list(choice.notices)
    if marks.merged:
        notices.append(Remark("merged", _told(marks.merged)))
    if marks.hidden:
        notices.append(Remark("hidden_rows", _told([str(row) for row in marks.hidden])))
    return Source(
        lines=guarded(choice.sheet.lines(), *_BROKEN_WORKBOOK),
        layout=Layout(sheet=choice.sheet.name, header=layout.header),
        sheets=choice.offered,
        questions=list(choice.questions),
        notices=notices,
        problems=marks.unstored,
    )


def _sheets(book: Workbook) -> Iterator[Sheet]:
    for sheet in book.worksheets:
        aside = "" if sheet.sheet_state == "visible" else "hidden"
        yield Sheet(name=sheet.title, aside=aside, lines=partial(_lines, book, sheet.title))


def _lines(book: Workbook, title: str) -> Iterator[Line]:
    sheet = book[title]
    sheet.reset_dimensions()  # the dimensions declared in the file are not trusted
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        yield Line(number, [display(c.value, c.number_format or "") for c in cells])


def _charts(parts: dict[str, str], book: Workbook) -> Iterator[Sheet]:
    read = {sheet.title for sheet in book.worksheets}
    for name in parts:
        if name not in read:
            yield Sheet(name=name, aside="chart", lines=lambda: iter(()))


def _parts(data: bytes) -> dict[str, str]:
    """Return the part of the archive of each sheet, by title."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parser = WorkbookParser(archive, _WORKBOOK, keep_links=False)
        parser.parse()
        return {sheet.name: relation.target for sheet, relation in parser.find_sheets()}


def _marks(data: bytes, part: str) -> _Marks:
    """Return the merged cells, the hidden rows and the formulas without a stored value."""
    marks, row = _Marks(), 0
    with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(part) as stream:
        for event, element in iterparse(stream, ("start", "end")):
            if event == "start" and element.tag == f"{_MAIN}row":
                row = int(element.get("r") or row + 1)
                if element.get("hidden") in ("1", "true"):
                    marks.hidden.append(row)
            elif event == "end" and element.tag == f"{_MAIN}c":
                if _is_unstored(element):
                    marks.unstored.append(RowProblem(row, "formula", element.get("r", "")))
            elif event == "end" and element.tag == f"{_MAIN}mergeCell":
                marks.merged.append(element.get("ref", ""))
            elif event == "end" and element.tag == f"{_MAIN}row":
                element.clear()
    return marks


def _is_unstored(cell: Element) -> bool:
    """Tell whether a cell has a formula and no stored value; an empty text is a value."""
    if cell.find(f"{_MAIN}f") is None or cell.get("t") == "str":
        return False
    value = cell.find(f"{_MAIN}v")
    return value is None or not value.text


def _told(values: list[str]) -> str:
    """Return the first values, and the number of the others."""
    others = len(values) - _TOLD
    return ", ".join(values[:_TOLD]) + (f" et {others} autres" if others > 0 else "")
