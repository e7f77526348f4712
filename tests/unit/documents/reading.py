"""Read files back, each with a library that did not write it where there is one."""

import io
from html.parser import HTMLParser

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
