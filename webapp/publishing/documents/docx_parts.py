"""Elements of the DOCX template: lone tags, table of contents, tables with a repeated header."""

from collections.abc import Sequence
from typing import Final, cast

from docx.document import Document as DocxDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm
from docx.table import Table, _Cell, _Row

_PAGE_WIDTH: Final = 170
_ACCENT: Final = "1F5C3D"
_TINT: Final = "EEF4F0"
_SIDES: Final = ("top", "left", "bottom", "right", "insideH", "insideV")
_LINES: Final = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="B9C9BF"/>' for side in _SIDES
)
_BORDERS: Final = f"<w:tblBorders {nsdecls('w')}>{_LINES}</w:tblBorders>"
_MARGINS: Final = (
    f"<w:tblCellMar {nsdecls('w')}>"
    '<w:top w:w="60" w:type="dxa"/><w:left w:w="100" w:type="dxa"/>'
    '<w:bottom w:w="60" w:type="dxa"/><w:right w:w="100" w:type="dxa"/></w:tblCellMar>'
)


def add_tag(document: DocxDocument, tag: str) -> None:
    """Add a paragraph that docxtpl replaces by the bare tag."""
    document.add_paragraph(f"{{%p {tag} %}}")


def contents_field(document: DocxDocument, kind: str) -> None:
    """Open (``begin``) or close (``end``) the updatable field of the table of contents.

    Page numbers are omitted: they would be wrong until the field is updated.
    """
    paragraph = document.add_paragraph(style="toc 1")
    marks = [_field_mark(kind)]
    if kind == "begin":
        code = r' TOC \o "1-2" \h \n '
        marks.append(f"<w:r {nsdecls('w')}><w:instrText>{code}</w:instrText></w:r>")
        marks.append(_field_mark("separate"))
    for mark in marks:
        paragraph._p.append(parse_xml(mark))  # noqa: SLF001 - python-docx has no fields


def _field_mark(kind: str) -> str:
    return f'<w:r {nsdecls("w")}><w:fldChar w:fldCharType="{kind}"/></w:r>'


def add_grid(
    document: DocxDocument, source: str, shares: Sequence[int], *, total: bool = False
) -> None:
    """Add a table with a header row, one row for each of ``source``, and an optional total row."""
    table = _table(document, shares)
    ranks = range(len(shares))
    header = table.rows[0]
    _repeat_on_every_page(header)
    for rank in ranks:
        _write(header.cells[rank], f"{{{{ {source}.header[{rank}] }}}}", "Table heading", _ACCENT)
    _lone_row(table, f"for row in {source}.rows")
    row = _new_row(table)
    for rank in ranks:
        style = "Table figure" if total and rank else "Table text"
        _write(row.cells[rank], f"{{{{ row[{rank}] }}}}", style)
    _lone_row(table, "endfor")
    if total:
        last = _new_row(table)
        for rank in ranks:
            style = "Table sum" if rank else "Table label"
            _write(last.cells[rank], f"{{{{ {source}.total[{rank}] }}}}", style, _TINT)
    _finish(table, shares)


def add_sheet(document: DocxDocument, shares: Sequence[int]) -> None:
    """Add the two-column table of a fiche action."""
    table = _table(document, shares)
    _write(table.rows[0].cells[0], "{%tr for field in sheet.fields %}", "Table text")
    row = _new_row(table)
    _write(row.cells[0], "{{ field.label }}", "Table label", _TINT)
    cell = row.cells[1]
    _write(cell, "{%p for line in field.paragraphs %}", "Table text")
    cell.add_paragraph("{{ line }}", "Table text")
    cell.add_paragraph("{%p endfor %}", "Table text")
    _lone_row(table, "endfor")
    _finish(table, shares)


def _table(document: DocxDocument, shares: Sequence[int]) -> Table:
    table: Table = document.add_table(1, len(shares), "Table Grid")
    table.autofit = False
    properties = table._tbl.tblPr  # noqa: SLF001 - no public borders nor margins
    # Order required by the schema: borders, layout, margins, look.
    properties.find(qn("w:tblLayout")).addprevious(parse_xml(_BORDERS))
    properties.find(qn("w:tblLook")).addprevious(parse_xml(_MARGINS))
    return table


def _new_row(table: Table) -> _Row:
    return cast("_Row", table.add_row())  # type: ignore[no-untyped-call] # untyped upstream


def _lone_row(table: Table, tag: str) -> None:
    _write(_new_row(table).cells[0], f"{{%tr {tag} %}}", "Table text")


def _write(cell: _Cell, text: str, style: str, fill: str = "") -> None:
    cell.paragraphs[0].text = text
    cell.paragraphs[0].style = style
    if fill:
        shade = f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{fill}"/>'
        cell._tc.get_or_add_tcPr().append(parse_xml(shade))  # noqa: SLF001 - no public shading


def _repeat_on_every_page(row: _Row) -> None:
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - no public header rows
    properties.append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))


def _finish(table: Table, shares: Sequence[int]) -> None:
    for column, share in zip(table.columns, shares, strict=True):
        column.width = Mm(_PAGE_WIDTH * share / 100)
        for cell in column.cells:
            cell.width = column.width
    for row in table.rows:
        properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - idem
        properties.insert(0, parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))
