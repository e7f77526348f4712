"""Styles, page and language of the DOCX template."""

from dataclasses import dataclass
from typing import Final

from docx.document import Document as DocxDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_PARAGRAPH_ALIGNMENT, WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

_ACCENT: Final = RGBColor(0x1F, 0x5C, 0x3D)
_AMBER: Final = RGBColor(0x6B, 0x45, 0x00)
_WHITE: Final = RGBColor(0xFF, 0xFF, 0xFF)
_FONT: Final = "Arial"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Properties of a paragraph style that differ from the default."""

    name: str
    size: float
    before: float = 0
    after: float = 0
    bold: bool = False
    italic: bool = False
    color: RGBColor | None = None
    indent: float = 0
    right: bool = False
    new_page: bool = False
    keep_next: bool = False


_LOOKS: Final = (
    Look(name="Body Text", size=10.5, after=6),
    Look(name="Title", size=28, before=8, after=8, bold=True, color=_ACCENT),
    Look(name="Cover", size=15, before=110, after=8, color=_ACCENT),
    Look(name="Subtitle", size=15, after=8, color=_ACCENT),
    Look(
        name="Heading 1",
        size=20,
        after=10,
        bold=True,
        color=_ACCENT,
        new_page=True,
        keep_next=True,
    ),
    Look(name="Heading 2", size=14, before=18, after=6, bold=True, color=_ACCENT, keep_next=True),
    Look(name="Heading 3", size=11, before=12, after=4, bold=True, color=_ACCENT, keep_next=True),
    Look(name="Contents heading", size=20, after=10, bold=True, color=_ACCENT, keep_next=True),
    Look(name="toc 1", size=10.5, before=6, bold=True, color=_ACCENT),
    Look(name="toc 2", size=10.5, indent=6, color=_ACCENT),
    Look(name="Signature block", size=10.5, before=70, after=70),
    Look(name="Fingerprint", size=8, before=24),
    Look(name="Draft mark", size=11, before=8, after=8, bold=True, color=_AMBER),
    Look(name="Table text", size=9.5),
    Look(name="Table heading", size=9.5, bold=True, color=_WHITE),
    Look(name="Table label", size=9.5, bold=True),
    Look(name="Table figure", size=9.5, right=True),
    Look(name="Table sum", size=9.5, bold=True, right=True),
    Look(name="Provenance", size=10.5, before=8, after=4, italic=True),
    Look(name="Link", size=10.5, after=6, color=_ACCENT),
    Look(name="Header", size=8.5, bold=True, color=_AMBER),
    Look(name="Footer", size=8.5),
)


def apply_styles(document: DocxDocument) -> None:
    """Set the page, the language and the styles of ``document``."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin, section.bottom_margin = Mm(20), Mm(20)
    section.different_first_page_header_footer = True
    _set_language(document)
    _set_compatibility(document)
    for look in _LOOKS:
        _apply(look, _style(document, look.name))


def header(document: DocxDocument, text: str) -> None:
    """Set the header of every page but the cover."""
    document.sections[0].header.paragraphs[0].text = text


def footer(document: DocxDocument, text: str) -> None:
    """Set the footer (``text`` and page number) of every page but the cover."""
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(170), WD_TAB_ALIGNMENT.RIGHT)
    paragraph.add_run(f"{text}\t")
    _field(paragraph, "PAGE")
    paragraph.add_run(" / ")
    _field(paragraph, "NUMPAGES")


def _field(paragraph: Paragraph, code: str) -> None:
    xml = f'<w:fldSimple {nsdecls("w")} w:instr="{code}"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    paragraph._p.append(parse_xml(xml))  # noqa: SLF001 - python-docx has no fields


def _style(document: DocxDocument, name: str) -> ParagraphStyle:
    if name in document.styles:
        style = document.styles[name]
    else:
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
    if not isinstance(style, ParagraphStyle):
        raise TypeError(f"{name} is not a paragraph style")
    return style


def _apply(look: Look, style: ParagraphStyle) -> None:
    font, layout = style.font, style.paragraph_format
    _set_typeface(style)
    font.size, font.bold, font.italic = Pt(look.size), look.bold, look.italic
    font.color.rgb = look.color or RGBColor(0, 0, 0)
    layout.space_before, layout.space_after = Pt(look.before), Pt(look.after)
    layout.left_indent = Mm(look.indent)
    layout.page_break_before, layout.keep_with_next = look.new_page, look.keep_next
    if look.right:
        layout.alignment = WD_PARAGRAPH_ALIGNMENT.RIGHT


def _set_typeface(style: ParagraphStyle) -> None:
    # Theme fonts override explicit ones, and theme titles have a blue line and wide spacing.
    for tag in ("w:rFonts", "w:spacing", "w:kern"):
        _remove(style.element.get_or_add_rPr(), tag)
    for tag in ("w:pBdr", "w:tabs"):
        _remove(style.element.get_or_add_pPr(), tag)
    style.font.name = _FONT


def _remove(properties: BaseOxmlElement, tag: str) -> None:
    for old in properties.findall(qn(tag)):
        properties.remove(old)


def _set_language(document: DocxDocument) -> None:
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "fr-FR")
        language.set(qn("w:bidi"), "ar-SA")


def _set_compatibility(document: DocxDocument) -> None:
    # Without it, Word opens the file in Word 2007 compatibility mode.
    xml = (
        f"<w:compat {nsdecls('w')}><w:compatSetting w:name='compatibilityMode' "
        "w:uri='http://schemas.microsoft.com/office/word' w:val='15'/></w:compat>"
    )
    settings = document.settings.element
    for old in settings.findall(qn("w:compat")):
        settings.replace(old, parse_xml(xml))
