"""ODS files made by hand: what is damaged or hostile is refused by name, never half read."""

import io
import zipfile

import pytest

from webapp.exceptions import UnreadableFileError
from webapp.imports.reading import read_table

_NAMES = "urn:oasis:names:tc:opendocument:xmlns:{}:1.0"
_SPACES = " ".join(f'xmlns:{n}="{_NAMES.format(n)}"' for n in ("office", "table", "text"))
_DEEP = 3_000


def cell(text):
    return f"<table:table-cell><text:p>{text}</text:p></table:table-cell>"


def row(text, attributes=""):
    return f"<table:table-row {attributes}>{cell(text)}</table:table-row>"


def nested(tag, inside):
    return f"<{tag}>" * _DEEP + inside + f"</{tag}>" * _DEEP


def ods(*rows):
    """Return a spreadsheet whose first row is a header, and the last ones are ``rows``."""
    # The damaged row stands after those that are read to find the header.
    table = "".join([row("texte"), row("Un bus") * 30, *rows])
    content = (
        f"<office:document-content {_SPACES}><office:body><office:spreadsheet>"
        f'<table:table table:name="Idées">{table}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "damaged",
    [
        row("Un vélo", 'table:number-rows-repeated="abc"'),
        row("Un vélo", 'table:number-rows-repeated="-3"'),  # it would be left out in silence
        row("Un vélo", 'table:number-rows-repeated="200000"'),
        '<table:table-row><table:table-cell table:number-columns-repeated="0"/></table:table-row>',
        row(nested("text:span", "Un vélo")),
        nested("table:table-row-group", row("Un vélo")),
    ],
    ids=["no number", "negative", "endless", "no cell", "nested text", "nested rows"],
)
def test_a_damaged_row_refuses_the_file(damaged):
    with pytest.raises(UnreadableFileError):
        read_table(ods(damaged), name="idees.ods")


def test_a_row_said_visible_is_not_told_as_hidden():
    shown = read_table(ods(row("Un vélo", 'table:visibility="visible"')), name="idees.ods")
    hidden = read_table(ods(row("Un vélo", 'table:visibility="collapse"')), name="idees.ods")
    assert [remark.code for remark in shown.notices] == []
    assert [remark.code for remark in hidden.notices] == ["hidden_rows"]
    assert shown.rows[-1].get("texte") == hidden.rows[-1].get("texte") == "Un vélo"
