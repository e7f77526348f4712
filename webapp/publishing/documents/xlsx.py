"""Renders XLSX workbooks, one sheet per table, with text never interpreted as formulas."""

import io
from datetime import UTC, date
from decimal import Decimal
from typing import Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from webapp.platform.file_text import cleaned
from webapp.platform.tables import Table, Value
from webapp.publishing.documents.content import RoadmapDocument
from webapp.publishing.documents.tables import tables

# Capacity of a cell, in UTF-16 units.
MAX_TEXT: Final = 32_767
_CUT: Final = " […]"
_OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def render(document: RoadmapDocument) -> bytes:
    """Return ``document`` as the bytes of a workbook."""
    document = cleaned(document)
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, _OPTIONS) as workbook:
        workbook.set_properties(_properties(document))
        styles = _styles(workbook)
        for table in tables(document):
            _write(workbook.add_worksheet(table.title), table, styles)
    return buffer.getvalue()


def fitting(text: str) -> str:
    """Return ``text`` truncated to the capacity of a cell, with a visible mark."""
    if len(text.encode("utf-16-le")) // 2 <= MAX_TEXT:
        return text
    units = text.encode("utf-16-le")[: 2 * (MAX_TEXT - len(_CUT))]
    return units.decode("utf-16-le", "ignore") + _CUT


def _properties(document: RoadmapDocument) -> dict[str, object]:
    return {
        "title": f"{document.title} – Version {document.version}",
        "subject": f"{document.region}, {document.period}",
        "author": document.region,
        "comments": f"SHA-256 {document.sha256}" if document.sha256 else "",
        "created": document.as_of.astimezone(UTC).replace(tzinfo=None),
    }


def _styles(workbook: Workbook) -> dict[str, Format]:
    plain = {"valign": "top", "text_wrap": True, "border": 1, "border_color": "#b9c9bf"}
    head = {"bold": True, "font_color": "#ffffff", "bg_color": "#1f5c3d"}
    return {
        "header": workbook.add_format(plain | head),
        # « @ » keeps the text format after an edit.
        "string": workbook.add_format(plain | {"num_format": "@"}),
        "integer": workbook.add_format(plain | {"num_format": "#,##0"}),
        "number": workbook.add_format(plain | {"num_format": "#,##0.######"}),
        "date": workbook.add_format(plain | {"num_format": "dd/mm/yyyy"}),
    }


def _write(sheet: Worksheet, table: Table, styles: dict[str, Format]) -> None:
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(0, place, column.title, styles["header"])
    for line, row in enumerate(table.rows, 1):
        for place, (column, value) in enumerate(zip(table.columns, row, strict=True)):
            _cell(sheet, (line, place), value, styles[column.kind])
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)


def _cell(sheet: Worksheet, place: tuple[int, int], value: Value, style: Format) -> None:
    if value is None or value == "":
        sheet.write_blank(*place, None, style)
    elif isinstance(value, str):
        sheet.write_string(*place, fitting(value), style)
    elif isinstance(value, date):
        sheet.write_datetime(*place, value, style)
    elif isinstance(value, Decimal):
        sheet.write_number(*place, float(value), style)
    else:
        sheet.write_number(*place, value, style)
