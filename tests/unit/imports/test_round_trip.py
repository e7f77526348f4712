"""Any table comes back cell for cell, or is refused with its line."""

import csv
import io
import string
from contextlib import suppress

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from odfdo import Document, Table
from openpyxl import Workbook

from webapp.exceptions import EncodingError, UnreadableFileError
from webapp.imports.layouts import Layout
from webapp.imports.reading import read_table
from webapp.platform import text_cleaning

LETTERS = string.ascii_letters + string.digits + " éàçœ’«»,;|'\"\n-_.€"
CELLS = st.text(LETTERS, max_size=20).map(text_cleaning.clean)
HEADERS = st.sampled_from(["texte", "Table", "Votre idée, ici", "date;heure", "Quoi ?", "n|m"])
SEPARATORS = st.sampled_from([",", ";", "\t", "|"])
ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"])
QUOTING = st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC])


@st.composite
def tables(draw):
    """Draw a header with a usual word, and rows that are not blank."""
    others = draw(st.lists(HEADERS, max_size=3))
    header = draw(st.permutations(["texte", *others]))
    width = len(header)
    rows = draw(st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=6))
    assume(all(any(row) for row in rows))
    return header, rows


def cells(table):
    """Return the rows as they were read, every column of the header present."""
    return [[row.get(column) for column in table.columns] for row in table.rows]


@given(tables(), SEPARATORS, ENCODINGS, QUOTING, st.sampled_from(["\n", "\r\n"]))
@settings(max_examples=300, deadline=None)
def test_a_csv_comes_back_cell_for_cell(drawn, separator, encoding, quoting, end):
    header, rows = drawn
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=separator, quoting=quoting, lineterminator=end)
    writer.writerows([header, *rows])
    content = buffer.getvalue().encode(encoding)
    guessed = read_table(content, name="a.csv")
    if guessed.problems or guessed.questions or cells(guessed) != rows:
        # Never one thing for another without a word: what is chosen is then read exactly.
        assert guessed.problems or guessed.questions
    chosen = Layout(separator=separator, header=1)
    assert cells(read_table(content, name="a.csv", layout=chosen)) == rows


@given(tables())
@settings(max_examples=60, deadline=None)
@example((["texte"], [["_x000D_"], ["04"]]))
def test_a_workbook_comes_back_cell_for_cell(drawn):
    header, rows = drawn
    book, buffer = Workbook(), io.BytesIO()
    for line in [header, *rows]:
        book.active.append(line)
    book.save(buffer)
    table = read_table(buffer.getvalue(), name="a.xlsx")
    expected = [[text_cleaning.clean(cell.replace("_x000D_", "\r")) for cell in r] for r in rows]
    assert cells(table) == [row for row in expected if any(row)]


@given(tables())
@settings(max_examples=40, deadline=None)
def test_an_opendocument_sheet_comes_back_cell_for_cell(drawn):
    header, rows = drawn
    document, buffer = Document("spreadsheet"), io.BytesIO()
    document.body.clear()
    sheet = Table("Idées")
    sheet.set_values([header, *rows])
    document.body.append(sheet)
    document.save(buffer)
    found = cells(read_table(buffer.getvalue(), name="a.ods"))
    plain = [[" ".join(cell.split()) for cell in row] for row in found]
    assert plain == [[" ".join(cell.split()) for cell in row] for row in rows]


@given(st.binary(max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_bytes_are_read_or_refused(content):
    with suppress(EncodingError, UnreadableFileError):  # the refusals of the reader, no other
        assert read_table(content, name="a.csv").columns
