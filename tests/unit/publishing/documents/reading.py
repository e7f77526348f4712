"""Read files back, each with a library that did not write it where there is one."""

import io
import subprocess
from datetime import datetime
from decimal import Decimal
from html.parser import HTMLParser

import openpyxl
import pikepdf
from docx import Document as DocxDocument
from docx.oxml.ns import qn
from odfdo import Document as OdfDocument


def odt_texts(data):
    """Return every paragraph and heading of an ODT, with line breaks and tabs as characters."""
    body = OdfDocument(io.BytesIO(data)).body
    return [part.inner_text for part in body.get_elements("//text:p | //text:h")]


def odt_headings(data):
    body = OdfDocument(io.BytesIO(data)).body
    return [(int(heading.level), heading.inner_text) for heading in body.headers]


def odt_tables(data):
    """Return every table of an ODT as rows of texts, paragraphs as lines."""
    body = OdfDocument(io.BytesIO(data)).body
    return [
        [
            [
                "\n".join(part.inner_text for part in cell.get_elements("text:p"))
                for cell in row.get_elements("table:table-cell")
            ]
            for row in table.get_elements(".//table:table-row")
        ]
        for table in body.get_elements("//table:table")
    ]


def docx_tables(data):
    """Return every table of a DOCX as rows of texts."""
    return [
        [[cell.text for cell in row.cells] for row in table.rows]
        for table in DocxDocument(io.BytesIO(data)).tables
    ]


def docx_headings(data):
    return [
        (int(paragraph.style.name[-1]), paragraph.text)
        for paragraph in DocxDocument(io.BytesIO(data)).paragraphs
        if paragraph.style.name.startswith("Heading")
    ]


def docx_links(data):
    """Return the bookmarks that links lead to, and the bookmarks there are."""
    body = DocxDocument(io.BytesIO(data)).element.body
    marks = {mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))}
    return [link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))], marks


class Page(HTMLParser):
    """The texts of a page by element, and its attributes."""

    def __init__(self, data):
        super().__init__()
        self.tags, self.attributes, self._texts, self._open = [], [], [], []
        self.feed(data.decode())

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self._texts.append("")
        self.attributes.extend(attrs)
        if tag != "meta":
            self._open.append(len(self.tags) - 1)

    def handle_endtag(self, tag):
        assert self.tags[self._open.pop()] == tag

    def handle_data(self, data):
        for place in self._open:
            self._texts[place] += data

    def of(self, *tags):
        """Return the text of every element with one of these ``tags``."""
        return [text for tag, text in zip(self.tags, self._texts, strict=True) if tag in tags]


def pdf(data):
    return pikepdf.open(io.BytesIO(data))


def pdf_roles(file):
    """Return the structure types of a tagged PDF, in reading order."""
    roles, waiting = [], [file.Root.StructTreeRoot.get("/K")]
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, pikepdf.Array):
            waiting[:0] = list(node)
        elif isinstance(node, pikepdf.Dictionary):
            if "/S" in node:
                roles.append(str(node["/S"]))
            if "/K" in node:
                waiting.insert(0, node["/K"])
    return roles


def pdf_text(program, path, order="-layout"):
    """Return the words of a PDF file as pdftotext reads them, without any blank.

    ``-raw`` reads a cell whole before the next one, however many lines it has.
    """
    command = [program, order, path, "-"]
    read = subprocess.run(command, check=True, capture_output=True, timeout=120)
    return "".join(read.stdout.decode().split())


def xlsx_rows(data):
    """Return the rows of each sheet of a workbook, by its name."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {
        sheet.title: [
            tuple(
                value.date() if isinstance(value, datetime) else value
                for value in (cell.value for cell in row)
            )
            for row in sheet.iter_rows()
        ]
        for sheet in book
    }


def ods_rows(data):
    """Return the rows of each sheet of a spreadsheet, by its name."""
    return {
        sheet.name: [tuple(ods_value(cell) for cell in row.cells) for row in sheet.rows]
        for sheet in OdfDocument(io.BytesIO(data)).body.tables
    }


def ods_value(cell):
    if cell.type == "string":
        return "\n".join(part.inner_text for part in cell.get_elements("text:p"))
    value = cell.value
    if isinstance(value, datetime):
        return value.date()
    return float(value) if isinstance(value, Decimal) and value % 1 else value


def plain(value):
    """Return what a workbook keeps of ``value``: no empty text, floats for decimals."""
    return float(value) if isinstance(value, Decimal) else (None if value == "" else value)


def story_headings(story):
    """Return the headings of a narrative with their levels, in reading order."""
    found = [(1, story.making.heading), *((2, one.text) for one in story.making.sections)]
    for part in story.parts:
        found.append((1, part.heading))
        for sheet in part.sheets:
            found += [(2, sheet.heading), *((3, grid.caption) for grid in sheet.grids)]
    return [*found, (1, story.annex.heading), *((2, group.heading) for group in story.annex.groups)]


def story_rows(story):
    """Return every row of every table of a narrative, but for the fields of the sheets."""
    sheets = [sheet for part in story.parts for sheet in part.sheets]
    return [
        *story.making.runs.rows,
        *story.making.ledger.rows,
        story.making.ledger.total,
        *(row for sheet in sheets for grid in sheet.grids for row in grid.rows),
        *(row for group in story.annex.groups for row in group.grid.rows),
    ]


def story_fields(story):
    """Return every field of every sheet of a narrative: its label and its words."""
    sheets = [sheet for part in story.parts for sheet in part.sheets]
    return [(one.label, "\n".join(one.paragraphs)) for sheet in sheets for one in sheet.fields]
