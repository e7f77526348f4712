"""Renders DOCX files from a template that Word can edit."""

import io
import zipfile
from datetime import UTC
from typing import Final

from docx.document import Document as DocxDocument
from docx.opc.exceptions import OpcError
from docxtpl import DocxTemplate
from markupsafe import Markup, escape

from webapp.exceptions import UnreadableFileError
from webapp.platform.zip_archive import repack, unpack
from webapp.publishing.documents.content import RoadmapDocument
from webapp.publishing.documents.docx_links import link
from webapp.publishing.documents.docx_template import default_template
from webapp.publishing.documents.narrative import build_narrative
from webapp.publishing.documents.narrative_types import Narrative
from webapp.publishing.documents.office_template import VARIABLE, Sandbox

_BRACES: Final = str.maketrans({"{": "&#123;", "}": "&#125;"})


def render(document: RoadmapDocument, template: bytes | None = None) -> bytes:
    """Render ``document`` with ``template``, a DOCX file with docxtpl tags, or the default one.

    Raises
    ------
    DocumentModelError
        If the template uses unknown names.
    UnreadableFileError
        If the template is not a DOCX file, or its tags are not well formed.
    """
    narrative, sandbox = build_narrative(document), Sandbox(finalize=_as_text)
    opened = _open(template or default_template())
    with sandbox.checking():
        for name in opened.get_undeclared_template_variables(sandbox.environment):
            sandbox.declare(f"{{{{ {name} }}}}")
        opened.render({VARIABLE: narrative}, jinja_env=sandbox.environment, autoescape=True)
    link(opened.docx, narrative)
    _describe(opened.docx, narrative, document)
    buffer = io.BytesIO()
    opened.save(buffer)
    return repack(buffer.getvalue())


def _open(data: bytes) -> DocxTemplate:
    unpack(data)  # refuses a zip bomb before parsing
    try:
        template = DocxTemplate(io.BytesIO(data))
        template.init_docx()
    except (OpcError, KeyError, ValueError, zipfile.BadZipFile, SyntaxError) as error:
        raise UnreadableFileError(str(error)) from error
    return template


def _as_text(value: object) -> object:
    # docxtpl treats « {_{ » in the output as an escape: braces become entities.
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    return Markup(str(escape(value)).translate(_BRACES))  # noqa: S704 - escaped on this line


def _describe(document: DocxDocument, narrative: Narrative, content: RoadmapDocument) -> None:
    properties = document.core_properties
    properties.title = f"{narrative.title} – {narrative.version}"[:255]
    properties.subject = f"{narrative.region}, {narrative.period}"[:255]
    properties.author = narrative.region[:255]
    properties.last_modified_by = "Semailles"
    properties.language = "fr-FR"
    properties.comments = f"SHA-256 {narrative.sha256}" if narrative.sha256 else ""
    # python-docx expects naive datetimes in UTC.
    instant = content.as_of.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    properties.created = properties.modified = instant
