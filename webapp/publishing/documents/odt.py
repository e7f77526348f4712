"""Renders ODT files (the administration's reference format) from a template."""

from typing import Final

from defusedxml import ElementTree

from webapp.platform.zip_archive import pack, unpack
from webapp.publishing.documents import layouts
from webapp.publishing.documents.content import RoadmapDocument
from webapp.publishing.documents.narrative import build_narrative
from webapp.publishing.documents.narrative_types import Narrative
from webapp.publishing.documents.odt_tags import as_text, bare
from webapp.publishing.documents.odt_template import MIMETYPE, default_template
from webapp.publishing.documents.office_template import VARIABLE, Sandbox

_TEMPLATES: Final = frozenset({"content.xml", "styles.xml", "meta.xml"})


def render(document: RoadmapDocument, template: bytes | None = None) -> bytes:
    """Render ``document`` with ``template``, an ODT file with tags, or the default one.

    Raises
    ------
    DocumentModelError
        If the template uses unknown names.
    UnreadableFileError
        If the template is not an ODT file, or its tags are not well formed.
    """
    members = unpack(template or default_template(), mimetype=MIMETYPE)
    narrative, sandbox = build_narrative(document), Sandbox(finalize=as_text)
    with sandbox.checking():
        return pack(
            (name, _fill(name, data, narrative, sandbox) if name in _TEMPLATES else data)
            for name, data in members
        )


def _fill(name: str, data: bytes, narrative: Narrative, sandbox: Sandbox) -> bytes:
    # Title and language come from the roadmap, not from the metadata of the template.
    source = layouts.read("odt/meta.xml") if name == "meta.xml" else data.decode()
    source = bare(source)
    sandbox.declare(source)
    template = sandbox.environment.from_string(source)
    xml = template.render({VARIABLE: narrative}).encode()
    ElementTree.fromstring(xml)  # checks that the tags left well-formed XML
    return xml
