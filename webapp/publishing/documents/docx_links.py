"""Adds bookmarks and links to a rendered DOCX.

They are not in the template: office suites rewrite bookmark names, tags included.
"""

from collections import defaultdict, deque
from collections.abc import Iterator
from itertools import count
from typing import Final

from docx.document import Document as DocxDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.text.paragraph import Paragraph

from webapp.publishing.documents.narrative_types import Narrative

TO_SOURCES: Final = "Voir les propositions à l’origine de cette fiche"


def link(document: DocxDocument, narrative: Narrative) -> None:
    """Bookmark the headings of ``document``, and link the table of contents and sheets to them."""
    styles = document.styles
    headings = {style.style_id for style in styles if str(style.name).startswith("Heading")}
    entries = [(entry.text, entry.anchor) for entry in narrative.contents]
    groups = [(group.heading, group.anchor) for group in narrative.annex.groups]
    marks, lines, sources = _queues(entries + groups), _queues(entries), _sources(narrative)
    numbers, in_contents = count(1), True
    # Office suites wrap the table of contents in an sdt element, which python-docx skips.
    for element in document.element.body.xpath("./w:p | ./w:sdt//w:p"):
        paragraph = Paragraph(element, document._body)  # noqa: SLF001 - no public way in
        if paragraph._p.style in headings:  # noqa: SLF001 - the public way searches every style
            in_contents = False
            _bookmark(paragraph, marks[paragraph.text], numbers)
        elif in_contents:
            _lead(paragraph, lines[paragraph.text])
        elif paragraph.text == TO_SOURCES:
            _lead(paragraph, sources)


def _queues(marks: list[tuple[str, str]]) -> defaultdict[str, deque[str]]:
    """Return the anchors by text, in order: an item and its sources have the same heading."""
    found: defaultdict[str, deque[str]] = defaultdict(deque)
    for text, anchor in marks:
        found[text].append(anchor)
    return found


def _sources(narrative: Narrative) -> deque[str]:
    sheets = (sheet for part in narrative.parts for sheet in part.sheets)
    return deque(sheet.sources for sheet in sheets if sheet.sources)


def _bookmark(paragraph: Paragraph, anchors: deque[str], numbers: Iterator[int]) -> None:
    if not anchors:
        return
    name, number = _name(anchors.popleft()), next(numbers)
    start = f'<w:bookmarkStart {nsdecls("w")} w:id="{number}" w:name="{name}"/>'
    element = paragraph._p  # noqa: SLF001 - python-docx has no bookmarks
    element.insert(0 if element.pPr is None else 1, parse_xml(start))
    element.append(parse_xml(f'<w:bookmarkEnd {nsdecls("w")} w:id="{number}"/>'))


def _lead(paragraph: Paragraph, anchors: deque[str]) -> None:
    if not anchors:
        return
    anchor = _name(anchors.popleft())
    wrapper = parse_xml(f'<w:hyperlink {nsdecls("w")} w:anchor="{anchor}" w:history="1"/>')
    for run in paragraph.runs:
        wrapper.append(run._r)  # noqa: SLF001 - python-docx writes no links
    paragraph._p.append(wrapper)  # noqa: SLF001 - idem


def _name(anchor: str) -> str:
    # Word allows only letters, digits and underscores.
    return anchor.replace("-", "_")
