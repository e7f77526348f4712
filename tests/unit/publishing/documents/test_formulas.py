"""A hundred formulas and every trick of direction, in every format: texts, and the same texts."""

import csv
import io
import re
import zipfile

import openpyxl
import pytest
from odfdo import Document as OdfDocument

from tests.attack.payloads import FORMULAS
from tests.unit.publishing.documents import builders
from tests.unit.publishing.documents.reading import docx_headings, ods_value, odt_headings
from webapp.platform.csv_excel import escaped, write
from webapp.platform.file_text import clean
from webapp.platform.tables import Head, Table
from webapp.publishing.documents import (
    csv_excel,
    csv_file,
    docx,
    html_file,
    json_file,
    ods,
    odt,
    xlsx,
)

DOCUMENT = builders.document(
    *(builders.item(rank, n_sources=0, title=one) for rank, one in enumerate(FORMULAS, 1))
)
TITLES = [clean(formula) for formula in FORMULAS]
OVERRIDES = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
TRICK = builders.document(builders.item(1, title=f"Prêt{OVERRIDES} \u202e001\u202c euros"))


def flat(text):
    return "".join(text.split())


def test_there_are_more_than_a_hundred():
    assert len(set(FORMULAS)) >= 100


def test_check_27_xlsx_keeps_each_as_a_text():
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx.render(DOCUMENT)))["Fiches action"]
    cells = [row[1] for row in sheet.iter_rows(min_row=2)]
    assert [(cell.data_type, cell.value) for cell in cells] == [("s", title) for title in TITLES]
    with zipfile.ZipFile(io.BytesIO(xlsx.render(DOCUMENT))) as archive:
        assert [name for name in archive.namelist() if b"<f>" in archive.read(name)] == []
        assert [name for name in archive.namelist() if "externalLink" in name] == []


def test_check_27_ods_keeps_each_as_a_text():
    sheet = OdfDocument(io.BytesIO(ods.render(DOCUMENT))).body.tables[0]
    cells = [row.get_cell(1) for row in list(sheet.rows)[1 : len(TITLES) + 1]]
    assert [(c.type, ods_value(c), c.formula) for c in cells] == [
        ("string", t, None) for t in TITLES
    ]


def test_check_27_the_csv_of_excel_keeps_each_behind_an_apostrophe_and_quotes():
    text = csv_excel.render(DOCUMENT).decode("utf-8-sig")
    read = [row[1] for row in csv.reader(io.StringIO(text, newline=""), delimiter=";")][1:]
    assert read == [escaped(title) for title in TITLES]
    assert [one for one in read if one.lstrip().startswith(tuple("=+-@＝＋－＠"))] == []


def test_the_open_csv_and_the_json_are_exact():
    rows = csv.DictReader(io.StringIO(csv_file.render(DOCUMENT).decode(), newline=""))
    assert [row["title"] for row in rows] == TITLES
    assert [item.title for item in json_file.loads(json_file.render(DOCUMENT)).items] == TITLES


def test_check_27_the_results_of_a_questionnaire_are_guarded_too():
    heads = tuple(Head(name, name, "string", 10) for name in ("Question", "Réponse"))
    table = Table("Avis", heads, tuple(("Q", formula) for formula in FORMULAS))
    text = write(table).decode()
    read = [row[1] for row in csv.reader(io.StringIO(text, newline=""), delimiter=";")][1:]
    assert [one for one in read if one.lstrip().startswith(tuple("=+-@＝＋－＠"))] == []


def test_check_27_office_texts_hold_words_and_no_field():
    for render, headings in ((docx.render, docx_headings), (odt.render, odt_headings)):
        data = render(DOCUMENT)
        shown = flat("".join(text for _, text in headings(data)))
        assert [title for title in TITLES if flat(title) not in shown] == []
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            body = b"".join(archive.read(n) for n in archive.namelist() if n.endswith(".xml"))
        fields = re.findall(rb'w:instr="([^"]*)"|<w:instrText[^>]*>([^<]*)', body)
        assert [one for one in fields if re.search(rb"DDE|INCLUDE|LINK\b", b"".join(one))] == []
        assert b"text:dde" not in body
        assert b"table:formula" not in body


def test_a_page_escapes_each():
    page = html_file.render(DOCUMENT).decode()
    assert "<script" not in page
    assert "http" not in page.replace("https://evil.invalid", "").split("</style>")[1][:200]


@pytest.mark.parametrize("render", [odt.render, docx.render, xlsx.render, ods.render])
def test_no_direction_is_overridden_in_an_archive(render):
    with zipfile.ZipFile(io.BytesIO(render(TRICK))) as archive:
        text = "".join(archive.read(name).decode("utf-8", "ignore") for name in archive.namelist())
    assert "001" in text
    assert not set(OVERRIDES) & set(text)


@pytest.mark.parametrize(
    "render", [csv_file.render, csv_excel.render, json_file.render, html_file.render]
)
def test_no_direction_is_overridden_in_a_text(render):
    text = render(TRICK).decode()
    assert "001" in text
    assert not set(OVERRIDES) & set(text)
