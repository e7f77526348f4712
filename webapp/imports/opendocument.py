"""Reads ODS spreadsheets: cells as they are displayed, hidden sheets and rows, merged cells."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from functools import partial
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from webapp.exceptions import UnreadableFileError
from webapp.imports.layouts import Layout, Line, Remark, Source
from webapp.imports.sheets import Sheet, choose, damage_named, guarded

_NAMES = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_TABLE, _TEXT, _OFFICE, _STYLE = (_NAMES % n for n in ("table", "text", "office", "style"))
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_GROUPS = tuple(
    f"{_TABLE}{name}" for name in ("table-row-group", "table-rows", "table-header-rows")
)
_ASIDE = (f"{_OFFICE}annotation", f"{_TEXT}note")
_BREAKS = {f"{_TEXT}line-break": "\n", f"{_TEXT}tab": "\t"}
_UNSEEN = ("collapse", "filter")
_MAX_REPEAT = 100_000
_BROKEN = (ParseError, DefusedXmlException, KeyError, ValueError, zipfile.BadZipFile, zlib.error)


def read_opendocument(data: bytes, layout: Layout) -> Source:
    """Return the lines of the chosen sheet of an ODS spreadsheet.

    Raises
    ------
    UnreadableFileError
        If it is not a spreadsheet that can be read.
    """
    with damage_named(*_BROKEN):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            root = fromstring(archive.read("content.xml"))
        tables = list(root.iter(f"{_TABLE}table"))
        choice = choose(list(_sheets(root, tables)), layout)
        found = next(t for t in tables if t.get(f"{_TABLE}name") == choice.sheet.name)
        merged = sum(1 for cell in found.iter(_CELLS[0]) if _is_merged(cell))
        hidden = sum(1 for row in _rows(found) if row.get(f"{_TABLE}visibility") in _UNSEEN)
    notices = list(choice.notices)
    notices += [Remark("merged", str(merged))] if merged else []
    notices += [Remark("hidden_rows", str(hidden))] if hidden else []
    return Source(
        lines=guarded(choice.sheet.lines(), *_BROKEN),
        layout=Layout(sheet=choice.sheet.name, header=layout.header),
        sheets=choice.offered,
        questions=list(choice.questions),
        notices=notices,
    )


def _sheets(root: Element, tables: list[Element]) -> Iterator[Sheet]:
    unseen = {
        style.get(f"{_STYLE}name")
        for style in root.iter(f"{_STYLE}style")
        for properties in style.iter(f"{_STYLE}table-properties")
        if properties.get(f"{_TABLE}display") == "false"
    }
    for table in tables:
        hidden = table.get(f"{_TABLE}style-name") in unseen
        yield Sheet(
            name=table.get(f"{_TABLE}name", ""),
            aside="hidden" if hidden else "",
            lines=partial(_lines, table),
        )


def _rows(parent: Element) -> Iterator[Element]:
    for child in parent:
        if child.tag == f"{_TABLE}table-row":
            yield child
        elif child.tag in _GROUPS:
            yield from _rows(child)


def _lines(table: Element) -> Iterator[Line]:
    number = 1
    for row in _rows(table):
        repeated = _repeated(row, "rows")
        cells = _cells(row)
        if cells:
            if repeated > _MAX_REPEAT:
                raise UnreadableFileError("too many cells")
            for _ in range(repeated):
                yield Line(number, cells)
                number += 1
        else:
            number += repeated


def _cells(row: Element) -> list[str]:
    """Return the cells of a row, without the blank ones at its end."""
    cells: list[str] = []
    blanks = 0
    for cell in row:
        if cell.tag not in _CELLS:
            continue
        count = _repeated(cell, "columns")
        text = "" if cell.tag == _CELLS[1] else _shown(cell)
        if not text:
            blanks += count
            continue
        if count + blanks + len(cells) > _MAX_REPEAT:
            raise UnreadableFileError("too many columns")
        cells += [""] * blanks + [text] * count
        blanks = 0
    return cells


def _repeated(element: Element, what: str) -> int:
    """Return how often a row or a cell stands there, once at least."""
    count = int(element.get(f"{_TABLE}number-{what}-repeated", "1"))
    if count < 1:
        raise UnreadableFileError("not a repetition")
    return count


def _shown(cell: Element) -> str:
    """Return the text that a cell displays, or else its value."""
    lines = [_text(line) for line in cell if line.tag in (f"{_TEXT}p", f"{_TEXT}h")]
    if lines:
        return "\n".join(lines)
    names = ("string-value", "value", "date-value", "time-value", "boolean-value")
    return next((v for name in names if (v := cell.get(f"{_OFFICE}{name}"))), "")


def _text(element: Element) -> str:
    parts = [element.text or ""]
    for child in element:
        if child.tag in _BREAKS:
            parts.append(_BREAKS[child.tag])
        elif child.tag == f"{_TEXT}s":
            parts.append(" " * min(int(child.get(f"{_TEXT}c", "1")), _MAX_REPEAT))
        elif child.tag not in _ASIDE:
            parts.append(_text(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _is_merged(cell: Element) -> bool:
    spans = ("number-columns-spanned", "number-rows-spanned")
    return any(int(cell.get(f"{_TABLE}{span}", "1")) > 1 for span in spans)
