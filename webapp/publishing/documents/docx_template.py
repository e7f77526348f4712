"""The default DOCX template, built with python-docx: styles, and docxtpl tags in paragraphs."""

import io
from functools import cache
from typing import Final

from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.text import WD_BREAK

from webapp.platform.zip_archive import repack
from webapp.publishing.documents.docx_links import TO_SOURCES
from webapp.publishing.documents.docx_parts import add_grid, add_sheet, add_tag, contents_field
from webapp.publishing.documents.docx_styles import apply_styles, footer, header

_CHAPTER: Final = "Heading 1"
_SECTION: Final = "Heading 2"
_TABLE: Final = "Heading 3"
_BODY: Final = "Body Text"


@cache
def default_template() -> bytes:
    """Return the default DOCX template."""
    document = Document()
    apply_styles(document)
    header(document, "{% if roadmap.draft %}PROJET – document de travail{% endif %}")
    footer(document, "{{ roadmap.title }}, {{ roadmap.version }}")
    for write in (_cover, _contents, _making, _parts, _annex):
        write(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return repack(buffer.getvalue())


def _cover(document: DocxDocument) -> None:
    document.add_paragraph("{{ roadmap.region }}", "Cover")
    document.add_paragraph("{{ roadmap.title }}", "Title")
    document.add_paragraph("{{ roadmap.period }}", "Subtitle")
    add_tag(document, "if roadmap.draft")
    document.add_paragraph("Projet – document de travail, sans valeur officielle", "Draft mark")
    add_tag(document, "endif")
    document.add_paragraph("{{ roadmap.version }}", _BODY)
    document.add_paragraph("{{ roadmap.dated }}", _BODY)
    add_tag(document, "if roadmap.signatory")
    document.add_paragraph("{{ roadmap.signatory }}", "Signature block")
    add_tag(document, "endif")
    add_tag(document, "if roadmap.sha256")
    document.add_paragraph("Empreinte SHA-256\u00a0: {{ roadmap.sha256 }}", "Fingerprint")
    add_tag(document, "endif")
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def _contents(document: DocxDocument) -> None:
    document.add_paragraph("Sommaire", "Contents heading")
    contents_field(document, "begin")
    add_tag(document, "for entry in roadmap.contents")
    add_tag(document, "if entry.level == 1")
    document.add_paragraph("{{ entry.text }}", "toc 1")
    add_tag(document, "else")
    document.add_paragraph("{{ entry.text }}", "toc 2")
    add_tag(document, "endif")
    add_tag(document, "endfor")
    contents_field(document, "end")


def _making(document: DocxDocument) -> None:
    document.add_paragraph("{{ roadmap.making.heading }}", _CHAPTER)
    _making_heading(document, 0)
    _lines(document, "roadmap.making.participation")
    _making_heading(document, 1)
    _lines(document, "roadmap.making.method")
    add_tag(document, "if roadmap.making.runs.rows")
    add_grid(document, "roadmap.making.runs", (13, 18, 11, 12, 16, 11, 19))
    add_tag(document, "endif")
    _making_heading(document, 2)
    document.add_paragraph("{{ roadmap.making.ledger_sentence }}", _BODY)
    add_tag(document, "if roadmap.making.ledger.rows")
    add_grid(document, "roadmap.making.ledger", (24, 12, 16, 12, 12, 12, 12), total=True)
    add_tag(document, "endif")


def _making_heading(document: DocxDocument, rank: int) -> None:
    document.add_paragraph(f"{{{{ roadmap.making.sections[{rank}].text }}}}", _SECTION)


def _lines(document: DocxDocument, source: str) -> None:
    add_tag(document, f"for line in {source}")
    document.add_paragraph("{{ line }}", _BODY)
    add_tag(document, "endfor")


def _parts(document: DocxDocument) -> None:
    add_tag(document, "for part in roadmap.parts")
    document.add_paragraph("{{ part.heading }}", _CHAPTER)
    _lines(document, "part.introduction")
    add_tag(document, "for sheet in part.sheets")
    _sheet(document)
    add_tag(document, "else")
    document.add_paragraph("Aucune fiche action dans ce chapitre.", _BODY)
    add_tag(document, "endfor")
    add_tag(document, "else")
    text = "Cette feuille de route ne contient encore aucune fiche action."
    document.add_paragraph(text, _BODY)
    add_tag(document, "endfor")


def _sheet(document: DocxDocument) -> None:
    document.add_paragraph("{{ sheet.heading }}", _SECTION)
    add_sheet(document, (18, 82))
    for name, shares in (
        ("milestones", (60, 20, 20)),
        ("indicators", (31, 18, 24, 27)),
        ("decisions", (16, 20, 64)),
    ):
        add_tag(document, f"if sheet.{name}.rows")
        document.add_paragraph(f"{{{{ sheet.{name}.caption }}}}", _TABLE)
        add_grid(document, f"sheet.{name}", shares)
        add_tag(document, "endif")
    document.add_paragraph("Provenance\u00a0: {{ sheet.provenance }}", "Provenance")
    add_tag(document, "if sheet.sources")
    document.add_paragraph(TO_SOURCES, "Link")
    add_tag(document, "endif")


def _annex(document: DocxDocument) -> None:
    document.add_paragraph("{{ roadmap.annex.heading }}", _CHAPTER)
    document.add_paragraph("{{ roadmap.annex.introduction }}", _BODY)
    add_tag(document, "for group in roadmap.annex.groups")
    document.add_paragraph("{{ group.heading }}", _SECTION)
    add_grid(document, "group.grid", (20, 28, 52))
    add_tag(document, "endfor")
