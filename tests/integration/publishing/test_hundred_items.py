"""A region's whole roadmap: a hundred items, two thousand sources, nine files that say the same."""

import csv
import io
import json
from collections import Counter

import pytest

from tests.integration import hundred
from tests.integration.hundred import EACH, ITEMS, MASKED
from tests.unit.publishing.documents.reading import (
    Page,
    docx_headings,
    docx_tables,
    ods_rows,
    odt_headings,
    odt_tables,
    pdf,
    pdf_roles,
    pdf_text,
    plain,
    story_fields,
    story_headings,
    story_rows,
    xlsx_rows,
)
from tests.unit.publishing.documents.test_office_suite import PDFTOTEXT, SOFFICE, convert
from webapp.publishing.documents import csv_excel, csv_file, json_file
from webapp.publishing.documents.formats import FORMATS, render
from webapp.publishing.documents.narrative import build_narrative
from webapp.publishing.documents.tables import items_table, tables

pytestmark = [
    pytest.mark.skipif(PDFTOTEXT is None, reason="pdftotext (poppler) is not installed"),
    pytest.mark.xdist_group("hundred_items"),
]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The document that a version froze, and its nine files."""
    document = hundred.freeze(tmp_path_factory.mktemp("hundred"))
    return document, {name: render(document, name) for name in FORMATS}


@pytest.fixture(scope="module")
def story(made):
    return build_narrative(made[0])


def test_it_is_the_roadmap_that_was_asked_for(made):
    document, _ = made
    sources = [source for item in document.items for source in item.sources]
    assert (len(document.items), len(sources)) == (ITEMS, ITEMS * EACH)
    assert len({source.reference for source in sources}) == len(sources)
    assert sum(source.masked for source in sources) == MASKED
    assert document.ledger.closes
    assert all(item.provenance.contributions == EACH for item in document.items)
    for item in document.items:
        parts = (item.indicators, item.milestones, item.budget, item.links, item.decisions)
        assert [len(part) for part in parts] == [2, 1, 1, 1, 1]


def test_json_is_the_version_itself(made):
    document, files = made
    assert json_file.loads(files["json"]) == document
    assert json.loads(files["json"])["roadmap"]["sha256"] == document.sha256


@pytest.mark.parametrize(("name", "read"), [("xlsx", xlsx_rows), ("ods", ods_rows)])
def test_workbooks_hold_every_cell(made, name, read):
    document, files = made
    sheets = read(files[name])
    for table in tables(document):
        header, *rows = sheets[table.title]
        assert header == tuple(column.title for column in table.columns)
        assert rows == [tuple(plain(value) for value in row) for row in table.rows]
    assert [len(sheets[name]) - 1 for name in ("Fiches action", "Sources")] == [
        ITEMS,
        ITEMS * EACH,
    ]


@pytest.mark.parametrize(
    ("name", "module", "options"),
    [("csv", csv_file, {}), ("csv-excel", csv_excel, {"delimiter": ";"})],
)
def test_csv_holds_every_item(made, name, module, options):
    document, files = made
    text = files[name].decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline=""), **options))
    table = items_table(document)
    again = module.write(table).decode("utf-8-sig")
    assert rows == list(csv.reader(io.StringIO(again, newline=""), **options))
    places = {column.name: place for place, column in enumerate(table.columns)}
    for item, row in zip(document.items, rows[1:], strict=True):
        kept = [row[places[n]] for n in ("reference", "title", "lead", "sources", "contributions")]
        assert kept == [item.reference, item.title, item.lead, str(EACH), str(EACH)]


@pytest.mark.parametrize(
    ("name", "headings", "read"),
    [("odt", odt_headings, odt_tables), ("docx", docx_headings, docx_tables)],
)
def test_texts_hold_every_heading_field_and_source(made, story, name, headings, read):
    _, files = made
    assert headings(files[name]) == story_headings(story)
    rows = Counter(tuple(row) for table in read(files[name]) for row in table)
    wanted = Counter(story_rows(story)) + Counter(story_fields(story))
    assert wanted - rows == Counter()


def test_the_page_holds_every_heading_field_and_source(made, story):
    page = Page(made[1]["html"])
    wanted = [text for level, text in story_headings(story) if level == 1]
    assert page.of("h2") == ["Sommaire", *wanted]
    cells = Counter(page.of("th", "td"))
    assert Counter(cell for row in story_rows(story) for cell in row) - cells == Counter()
    words = "".join(page.of("body")).split()
    assert [f for f in squeezed(story_fields(story)) if f not in "".join(words)] == []


def squeezed(fields):
    """Return the words of the fields without any blank, each once."""
    return dict.fromkeys("".join(text.split()) for _, text in fields)


def missing(text, document, story):
    """Return what a whole text should say and does not: items, fields, sources, figures."""
    wanted = [
        *(item.reference for item in document.items),
        *(source.reference for item in document.items for source in item.sources),
        *("".join(source.words.split()) for item in document.items for source in item.sources),
        *("".join(figure.split()) for figure in story.making.ledger.total),
        *squeezed(story_fields(story)),
    ]
    return [words for words in wanted if words not in text]


def test_the_pdf_says_everything_once(made, story, tmp_path):
    document, files = made
    path = tmp_path / "roadmap.pdf"
    path.write_bytes(files["pdf"])
    text = pdf_text(PDFTOTEXT, path)
    assert missing(text, document, story) == []
    assert text.count(document.items[-1].sources[-1].reference) == 1


def test_the_pdf_is_accessible(made, story):
    with pdf(made[1]["pdf"]) as file:
        assert str(file.Root.Lang).startswith("fr")
        assert file.Root.MarkInfo.Marked
        assert file.Root.ViewerPreferences.DisplayDocTitle
        with file.open_metadata() as metadata:
            assert metadata["dc:title"].startswith(made[0].title)
            assert metadata["pdfuaid:part"] == "1"
        roles = Counter(pdf_roles(file))
        links = [
            mark
            for page in file.pages
            for mark in page.get("/Annots", [])
            if mark.Subtype == "/Link"
        ]
        # What a screen reader says of a link, which has no words of its own in the file.
        assert links
        assert all(str(link.Contents).strip() for link in links)
    levels = Counter(level for level, _ in story_headings(story))
    assert (roles["/H1"], roles["/H2"]) == (levels[1] + 1, levels[2])  # and that of the contents
    assert (roles["/LI"], roles["/Figure"]) == (ITEMS * EACH, 0)
    assert roles["/Table"] == 2 + sum(
        1 + len(sheet.grids) for part in story.parts for sheet in part.sheets
    )


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")
@pytest.mark.parametrize("name", ["odt", "docx"])
def test_libreoffice_opens_the_whole_of_it(made, story, name, tmp_path):
    document, files = made
    path = tmp_path / f"roadmap.{name}"
    path.write_bytes(files[name])
    text = pdf_text(PDFTOTEXT, convert(path, "pdf", tmp_path), "-raw")
    assert missing(text, document, story) == []
