"""The default ODT template: an ODT file with Jinja tags in its paragraphs.

See ``odt_tags`` for the tags.
"""

from collections.abc import Iterable
from functools import cache
from string import Template
from typing import Final

from webapp.platform.zip_archive import pack
from webapp.publishing.documents import layouts

MIMETYPE: Final = "application/vnd.oasis.opendocument.text"
# Name, source of the rows, relative column widths, index of the first numeric column.
_TABLES: Final = (
    ("runs", "roadmap.making.runs", (17, 16, 9, 12, 18, 11, 17), 99),
    ("ledger", "roadmap.making.ledger", (24, 12, 16, 12, 12, 12, 12), 1),
    ("milestones", "sheet.milestones", (60, 20, 20), 99),
    ("indicators", "sheet.indicators", (32, 20, 18, 30), 99),
    ("decisions", "sheet.decisions", (16, 20, 64), 99),
    ("sources", "group.grid", (20, 28, 52), 99),
)
_SHEET_WIDTHS: Final = (18, 82)


@cache
def default_template() -> bytes:
    """Return the default ODT template."""
    files = ("content.xml", "styles.xml", "meta.xml")
    return pack(
        (
            ("mimetype", MIMETYPE.encode()),
            *((name, _member(name).encode()) for name in files),
            ("META-INF/manifest.xml", layouts.read("odt/manifest.xml").encode()),
        )
    )


def _member(name: str) -> str:
    text = layouts.read(f"odt/{name}")
    if name != "content.xml":
        return text
    widths = [(table, shares) for table, _, shares, _ in _TABLES] + [("sheet", _SHEET_WIDTHS)]
    return Template(text).substitute(
        {table: _table(table, rows, shares, first) for table, rows, shares, first in _TABLES},
        columns="".join(_column_styles(table, shares) for table, shares in widths),
        sheet=_sheet_table(),
    )


def _column_styles(table: str, shares: tuple[int, ...]) -> str:
    return "".join(
        f'<style:style style:name="{table}.{rank}" style:family="table-column">'
        f'<style:table-column-properties style:rel-column-width="{share * 100}*" '
        f'style:column-width="{share * 0.17:.2f}cm"/></style:style>\n'
        for rank, share in enumerate(shares)
    )


def _table(name: str, source: str, shares: tuple[int, ...], first_figure: int) -> str:
    ranks = range(len(shares))
    header = _row(
        _cell(f"{{{{ {source}.header[{rank}] }}}}", "CellHeader", "Table_20_Heading")
        for rank in ranks
    )
    line = _row(
        _cell(
            f"{{{{ row[{rank}] }}}}",
            "Cell",
            "Table_20_Figure" if rank >= first_figure else "Table_20_Contents",
        )
        for rank in ranks
    )
    start, end = (_lone_row(tag, len(shares)) for tag in (f"for row in {source}.rows", "endfor"))
    return (
        f"{_opening(name, shares)}<table:table-header-rows>{header}</table:table-header-rows>\n"
        f"{start}\n{line}\n{end}\n{_total(source, shares, first_figure)}</table:table>"
    )


def _total(source: str, shares: tuple[int, ...], first_figure: int) -> str:
    if first_figure > len(shares):
        return ""
    return _row(
        _cell(
            f"{{{{ {source}.total[{rank}] }}}}",
            "CellLabel",
            "Table_20_Sum" if rank >= first_figure else "Table_20_Label",
        )
        for rank in range(len(shares))
    )


def _sheet_table() -> str:
    label = _cell("{{ field.label }}", "CellLabel", "Table_20_Label")
    texts = (
        '<table:table-cell table:style-name="Cell">'
        "<text:p>{%p for line in field.paragraphs %}</text:p>"
        '<text:p text:style-name="Table_20_Contents">{{ line }}</text:p>'
        "<text:p>{%p endfor %}</text:p></table:table-cell>"
    )
    return (
        f"{_opening('sheet', _SHEET_WIDTHS)}{_lone_row('for field in sheet.fields', 2)}\n"
        f"{_row((label, texts))}\n{_lone_row('endfor', 2)}\n</table:table>"
    )


def _opening(name: str, shares: tuple[int, ...]) -> str:
    columns = "".join(
        f'<table:table-column table:style-name="{name}.{rank}"/>' for rank in range(len(shares))
    )
    return f'<table:table table:style-name="Grid">{columns}'


def _row(cells: Iterable[str]) -> str:
    return f'<table:table-row table:style-name="Row">{"".join(cells)}</table:table-row>'


def _cell(text: str, cell_style: str, style: str) -> str:
    return (
        f'<table:table-cell table:style-name="{cell_style}" office:value-type="string">'
        f'<text:p text:style-name="{style}">{text}</text:p></table:table-cell>'
    )


def _lone_row(tag: str, width: int) -> str:
    covered = "<table:covered-table-cell/>" * (width - 1)
    return (
        f'<table:table-row><table:table-cell table:number-columns-spanned="{width}">'
        f"<text:p>{{%tr {tag} %}}</text:p></table:table-cell>{covered}</table:table-row>"
    )
