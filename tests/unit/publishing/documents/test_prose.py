"""ODT, DOCX, PDF and HTML tell the same story, and hostile words stay words."""

import dataclasses
import io
import shutil

import pytest
from docx import Document as DocxDocument
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from odfdo import Document as OdfDocument

from tests.unit.publishing.documents import builders
from tests.unit.publishing.documents.reading import (
    Page,
    docx_headings,
    docx_links,
    docx_tables,
    odt_headings,
    odt_texts,
    pdf,
    pdf_roles,
    pdf_text,
    story_headings,
    story_rows,
)
from webapp.publishing.documents import docx, font_coverage, html_file, odt
from webapp.publishing.documents import pdf as pdf_file
from webapp.publishing.documents.narrative import build_narrative

PDFTOTEXT = shutil.which("pdftotext")
RICH = builders.document()
STORY = build_narrative(RICH)
HEADINGS, ROWS = story_headings(STORY), story_rows(STORY)


def test_the_annex_holds_every_source_once():
    references = [row[0] for group in STORY.annex.groups for row in group.grid.rows]
    assert references == [source.reference for item in RICH.items for source in item.sources]


def test_the_ledger_is_printed_and_closes():
    assert STORY.making.ledger.total[1:] == ("1\u202f240", "1\u202f130", "66", "32", "11", "1")
    assert "1\u202f130 + 66 + 32 + 11 + 1 = 1\u202f240" in STORY.making.ledger_sentence


def test_a_ledger_that_does_not_close_says_so():
    line = dataclasses.replace(builders.ledger().lines[0], grouped=0)
    open_ledger = dataclasses.replace(builders.ledger(), lines=(line,))
    sentence = build_narrative(builders.document(ledger=open_ledger)).making.ledger_sentence
    assert sentence.startswith("Le registre ne se ferme pas")


def test_dates_are_in_paris_and_in_french():
    assert STORY.day == "7\u00a0novembre 2023"
    late = dataclasses.replace(RICH, as_of=builders.AS_OF.replace(hour=23, minute=30))
    assert build_narrative(late).day == "8\u00a0novembre 2023"


def test_a_small_count_of_concerned_people_is_not_told():
    counts = dataclasses.replace(builders.item(1).provenance, concerned=4)
    sheet = (
        build_narrative(builders.document(builders.item(1, provenance=counts))).parts[0].sheets[0]
    )
    assert sheet.provenance.endswith("en nombre inconnu ou inférieur à 5.")


def test_an_act_says_what_it_lacks():
    bare = builders.item(1, lead="", due_date=None, finding="", objective="")
    fields = {field.label: field.paragraphs for field in STORY.parts[0].sheets[0].fields}
    assert fields["Pilote"] == ("Conseil régional",)
    bare_fields = build_narrative(builders.document(bare)).parts[0].sheets[0].fields
    missing = {field.label for field in bare_fields if field.paragraphs == ("À préciser",)}
    assert missing == {"Pilote", "Échéance", "Constat", "Objectif"}


def test_odt_reads_back():
    data = odt.render(RICH)
    assert odt_headings(data) == HEADINGS
    texts = odt_texts(data)
    assert all(cell in texts for row in ROWS for cell in row)


def test_the_table_of_contents_of_odt_is_already_filled():
    body = OdfDocument(io.BytesIO(odt.render(RICH))).body
    links = body.get_elements("//text:index-body//text:a")
    assert [link.get_attribute("xlink:href") for link in links] == [
        f"#{entry.anchor}" for entry in STORY.contents
    ]
    assert all(
        entry.text in link.inner_text for entry, link in zip(STORY.contents, links, strict=True)
    )


def test_odt_has_a_language_a_title_and_header_rows():
    file = OdfDocument(io.BytesIO(odt.render(RICH)))
    assert file.meta.title == f"{RICH.title} – Version\u00a03"
    assert file.meta.language == "fr-FR"
    headers = file.body.get_elements("//table:table-header-rows")
    grids = [grid for part in STORY.parts for sheet in part.sheets for grid in sheet.grids]
    assert len(headers) == len(grids) + len(STORY.annex.groups) + 2
    styles = file.styles.serialize()
    assert b'fo:language="fr"' in styles
    assert b"text:page-number" in styles


def test_odt_links_lead_somewhere():
    body = OdfDocument(io.BytesIO(odt.render(RICH))).body
    marks = {mark.get_attribute("text:name") for mark in body.get_elements("//text:bookmark")}
    links = {link.get_attribute("xlink:href")[1:] for link in body.get_elements("//text:a")}
    assert len(links) == len(STORY.contents) + len(STORY.annex.groups)
    assert links <= marks


def test_docx_reads_back():
    data = docx.render(RICH)
    assert docx_headings(data) == HEADINGS
    rows = [tuple(row) for table in docx_tables(data) for row in table]
    assert all(row in rows for row in ROWS)


def test_docx_has_a_language_a_title_and_header_rows():
    file = DocxDocument(io.BytesIO(docx.render(RICH)))
    assert file.core_properties.title == f"{RICH.title} – Version\u00a03"
    assert file.core_properties.created == builders.AS_OF
    body = file.element.body
    grids = [grid for part in STORY.parts for sheet in part.sheets for grid in sheet.grids]
    assert len(list(body.iter(qn("w:tblHeader")))) == len(grids) + len(STORY.annex.groups) + 2
    marks = [mark.get(qn("w:id")) for mark in body.iter(qn("w:bookmarkStart"))]
    assert len(set(marks)) == len(marks)
    assert 'w:val="fr-FR"' in file.styles.element.xml


def test_docx_links_lead_somewhere():
    links, marks = docx_links(docx.render(RICH))
    assert len(links) == len(STORY.contents) + len(STORY.annex.groups)
    assert set(links) <= marks
    names = [*STORY.contents, *STORY.annex.groups]
    assert marks >= {one.anchor.replace("-", "_") for one in names}


def test_html_reads_back():
    page = Page(html_file.render(RICH))
    assert page.of("h1") == [RICH.title]
    second = ["Sommaire", *(text for level, text in HEADINGS if level == 1)]
    assert page.of("h2") == second
    cells = page.of("th", "td")
    assert all(cell in cells for row in ROWS for cell in row)


def test_html_runs_nothing_and_loads_nothing():
    page = Page(html_file.render(RICH))
    assert not {"script", "link", "img", "iframe", "object"} & set(page.tags)
    assert all(value.startswith("#") for name, value in page.attributes if name == "href")
    assert not [name for name, _ in page.attributes if name.startswith("on") or name == "src"]


def test_pdf_is_tagged_titled_and_french():
    with pdf(pdf_file.render(RICH)) as file:
        assert str(file.Root.Lang).startswith("fr")
        assert file.Root.MarkInfo.Marked
        assert file.Root.ViewerPreferences.DisplayDocTitle
        with file.open_metadata() as metadata:
            assert metadata["dc:title"] == f"{RICH.title} – Version\u00a03"
            assert metadata["pdfuaid:part"] == "1"
        roles = pdf_roles(file)
    levels = [int(role[2]) for role in roles if role in {"/H1", "/H2", "/H3"}]
    # The contents have a heading of their own; captions of small tables are paragraphs here.
    assert levels == [1, *(level for level, _ in HEADINGS if level < 3)]
    assert roles.count("/Table") == 2 + sum(
        1 + len(sheet.grids) for part in STORY.parts for sheet in part.sheets
    )
    assert roles.count("/LI") == sum(len(item.sources) for item in RICH.items)
    assert "/TH" in roles
    assert "/TOC" in roles


def test_the_outline_of_the_pdf_is_the_table_of_contents():
    with pdf(pdf_file.render(RICH)) as file, file.open_outline() as outline:
        titles = [
            title for one in outline.root for title in (one.title, *(x.title for x in one.children))
        ]
    assert titles == [entry.text for entry in STORY.contents]


@pytest.mark.skipif(PDFTOTEXT is None, reason="pdftotext (poppler) is not installed")
def test_pdf_says_every_item_and_source(tmp_path):
    path = tmp_path / "roadmap.pdf"
    path.write_bytes(pdf_file.render(RICH))
    text = pdf_text(PDFTOTEXT, path)
    wanted = [
        *(item.reference for item in RICH.items),
        *(source.reference for item in RICH.items for source in item.sources),
        *STORY.making.ledger.total,
        RICH.sha256,
        builders.MARKUP,
        "[U+1F68C]",
    ]
    assert [words for words in wanted if "".join(words.split()) not in text] == []


def test_pdf_embeds_its_fonts():
    with pdf(pdf_file.render(RICH)) as file:
        fonts = [font for page in file.pages for font in page.resources.Font.values()]
        descriptors = [font.DescendantFonts[0].FontDescriptor for font in fonts]
        embedded = ["/FontFile2" in one or "/FontFile3" in one for one in descriptors]
    assert embedded
    assert all(embedded)


def test_every_drawable_character_is_drawn():
    ranges = font_coverage.COVERED.replace("-", "")
    assert len(ranges) > 100
    title = "".join(chr(code) for code in range(0x20, 0x3000) if is_drawable(chr(code)))
    assert len(title) > 5000
    with pdf(pdf_file.render(builders.document(builders.item(1, title=title)))) as file:
        assert len(file.pages) > 1


def is_drawable(character):
    return character.isprintable() and font_coverage.replace_uncovered(character) == character


def test_a_glyph_missing_after_all_is_spelt_rather_than_refused(monkeypatch):
    monkeypatch.setattr(pdf_file, "replace_uncovered", lambda text: text)
    document = builders.document(builders.item(1, title="Bus 🚌"))
    with pdf(pdf_file.render(document)) as file, file.open_outline() as outline:
        assert outline.root[1].children[0].title.endswith("Bus [U+1F68C]")


@settings(max_examples=15)
@given(st.text(max_size=60))
def test_any_text_becomes_a_pdf_odt_and_docx(text):
    document = builders.document(builders.item(1, title=text, finding=text, n_sources=1))
    assert pdf_file.render(document).startswith(b"%PDF")
    cell = build_narrative(document).annex.groups[0].grid.rows[0]
    for data in (odt.render(document), docx.render(document)):
        assert data.startswith(b"PK")
    assert cell in [tuple(row) for row in docx_tables(docx.render(document))[-1]]


@pytest.mark.parametrize(
    ("word", "read"),
    [
        (builders.MARKUP, builders.MARKUP),
        (builders.EMOJI, builders.EMOJI),
        (builders.ARABIC, builders.ARABIC),
        (builders.INVISIBLE, builders.VISIBLE),
        (builders.FORMULA, builders.FORMULA),
        ("{_{ 7 }_} {%p if x %} {#c#}", "{_{ 7 }_} {%p if x %} {#c#}"),
        ("deux  espaces,\tune tabulation\net une ligne", None),
    ],
)
def test_hostile_words_stay_words(word, read):
    document = builders.document(
        builders.item(1, sources=(builders.source(1, words=word),)),
    )
    read = read or word
    assert read in odt_texts(odt.render(document))
    assert docx_tables(docx.render(document))[-1][-1][-1] == read
    assert read in Page(html_file.render(document)).of("td")
