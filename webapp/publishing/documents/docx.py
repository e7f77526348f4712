"""DOCX: for Word users, from a model that Word can edit."""

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


def render(document: RoadmapDocument, model: bytes | None = None) -> bytes:
    """Return ``document`` laid out by ``model``, a DOCX file with docxtpl tags, or by ours.

    Raises
    ------
    DocumentModelError
        If the model names what the roadmap does not have.
    UnreadableFileError
        If the model is not a DOCX file, or its tags are not well formed.
    """
    narrative, sandbox = build_narrative(document), Sandbox(finalize=_as_text)
    template = _open(model or default_template())
    with sandbox.checking():
        for name in template.get_undeclared_template_variables(sandbox.environment):
            sandbox.declare(f"{{{{ {name} }}}}")
        template.render({VARIABLE: narrative}, jinja_env=sandbox.environment, autoescape=True)
    link(template.docx, narrative)
    _describe(template.docx, narrative, document)
    buffer = io.BytesIO()
    template.save(buffer)
    return repack(buffer.getvalue())


def _open(model: bytes) -> DocxTemplate:
    unpack(model)  # refuses a bomb before anything reads it
    try:
        template = DocxTemplate(io.BytesIO(model))
        template.init_docx()
    except (OpcError, KeyError, ValueError, zipfile.BadZipFile, SyntaxError) as error:
        raise UnreadableFileError(str(error)) from error
    return template


def _as_text(value: object) -> object:
    # docxtpl reads « {_{ » in the result as an escape: braces of words become entities.
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
    # python-docx writes what it is given as UTC and refuses a zone.
    instant = content.as_of.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    properties.created = properties.modified = instant
