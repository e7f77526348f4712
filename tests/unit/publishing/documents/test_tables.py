"""XLSX, ODS, CSV: the figures come back, and a text is never a formula."""

import csv
import io
import json
import re
from datetime import date

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from odfdo import Document as OdfDocument

from tests.unit.publishing.documents import builders
from tests.unit.publishing.documents.reading import ods_rows, ods_value, plain, xlsx_rows
from webapp.platform.csv_excel import escaped, write
from webapp.platform.file_text import clean
from webapp.publishing.documents import csv_excel, csv_file, ods, xlsx
from webapp.publishing.documents.tables import tables

RICH = builders.document()
TABLES = tables(RICH)
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", " =1", ";=1", '"=1', "\n=1"]


def test_there_is_one_sheet_per_noun():
    assert [table.title for table in TABLES] == [
        "Fiches action", "Sources", "Registre", "Indicateurs", "Calendrier", "Budget", "Décisions",
        "Liens",
    ]  # fmt: skip
    assert [len(table.rows) for table in TABLES] == [3, 7, 3, 9, 6, 6, 3, 6]


def test_xlsx_reads_back():
    rows = xlsx_rows(xlsx.render(RICH))
    for table in TABLES:
        header, *read = rows[table.title]
        assert header == tuple(column.title for column in table.columns)
        assert read == [tuple(plain(value) for value in row) for row in table.rows]


def test_xlsx_is_usable():
    book = openpyxl.load_workbook(io.BytesIO(xlsx.render(RICH)))
    assert book.properties.title == f"{RICH.title} – Version 3"
    for sheet in book:
        assert sheet.freeze_panes == "B2"
        assert sheet["A1"].font.bold
        assert sheet.auto_filter.ref


def test_ods_reads_back():
    data = ods.render(RICH)
    assert OdfDocument(io.BytesIO(data)).meta.language == "fr-FR"
    for table, (name, (header, *read)) in zip(TABLES, ods_rows(data).items(), strict=True):
        assert name == table.title
        assert header == tuple(column.title for column in table.columns)
        assert read == [tuple(plain(value) for value in row) for row in table.rows]


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_formula_is_a_text_in_every_workbook(formula):
    document = builders.document(builders.item(1, title=formula))
    cell = openpyxl.load_workbook(io.BytesIO(xlsx.render(document)))["Fiches action"]["B2"]
    assert (cell.data_type, cell.value) == ("s", clean(formula))
    sheet = OdfDocument(io.BytesIO(ods.render(document))).body.tables[0]
    cell = sheet.get_cell("B2")
    assert (cell.type, ods_value(cell), cell.formula) == ("string", clean(formula), None)


def test_a_text_too_long_for_a_cell_is_visibly_cut():
    document = builders.document(builders.item(1, title="🚌" * 20_000))
    title = xlsx_rows(xlsx.render(document))["Fiches action"][1][1]
    assert title.endswith("🚌 […]")
    assert len(title.encode("utf-16-le")) // 2 <= xlsx.MAX_TEXT


def test_open_csv_reads_back():
    data = csv_file.render(RICH)
    assert not data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == 4
    rows = list(csv.DictReader(io.StringIO(data.decode(), newline="")))
    assert [row["reference"] for row in rows] == [item.reference for item in RICH.items]
    assert rows[0]["due_date"] == "2025-06-01"
    assert rows[0]["partners"] == "CAF de Maine-et-Loire | MSA"
    assert rows[2]["objective"] == builders.FORMULA
    assert all(re.fullmatch("[a-z_]+", name) for name in rows[0])


def test_the_schema_describes_the_csv():
    header = next(csv.reader(io.StringIO(csv_file.render(RICH).decode())))
    schema = json.loads(csv_file.table_schema(RICH))
    assert [field["name"] for field in schema["fields"]] == header
    package = json.loads(csv_file.datapackage(RICH))
    resource = package["resources"][0]
    assert resource["bytes"] == len(csv_file.render(RICH))
    assert resource["schema"]["fields"] == schema["fields"]
    assert package["created"] == "2023-11-07"


def test_french_excel_opens_the_other_csv():
    data = csv_excel.render(RICH)
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert rows[0]["Échéance"] == "01/06/2025"
    assert rows[0]["Propositions"] == "12"
    assert rows[2]["Objectif"] == f"'{builders.FORMULA}"
    assert rows[2]["Intitulé"] == builders.MARKUP


@given(st.sampled_from(FORMULAS), st.text(max_size=10))
def test_excel_runs_no_formula(start, rest):
    document = builders.document(builders.item(1, title=start + rest))
    text = csv_excel.render(document).decode("utf-8-sig")
    title = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))[1][1]
    assert title.lstrip()[:1] not in set("=+-@＝＋－＠")
    assert not title.startswith(("\t", "\r"))


@given(st.text())
def test_the_guard_loses_nothing(text):
    assert escaped(text).removeprefix("'") == text.removeprefix("'")


def test_each_csv_writes_decimals_for_its_reader():
    readings = TABLES[3]
    assert b"Trajets r\xc3\xa9alis\xc3\xa9s,%,Mesure,1234.5,2024-06-01," in csv_file.write(readings)
    assert '"%";"Mesure";"1234,5";"01/06/2024"' in write(readings).decode()


def test_a_date_stays_a_date():
    assert xlsx_rows(xlsx.render(RICH))["Fiches action"][1][11] == date(2025, 6, 1)
