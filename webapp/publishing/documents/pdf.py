"""PDF/UA-1: tagged, titled, in French, with the fonts that typst embeds and no network.

The words travel as JSON, never as typst source, so that they cannot be read as markup.
"""

import json
import os
from collections.abc import Callable
from typing import Final, cast

import typst

from webapp.platform.file_text import rewritten
from webapp.publishing.documents import layouts
from webapp.publishing.documents.codec import encode
from webapp.publishing.documents.content import RoadmapDocument
from webapp.publishing.documents.font_coverage import drawable, latin
from webapp.publishing.documents.narrative import build_narrative

STANDARD: Final = "ua-1"
# With several threads the memory of a whole roadmap varies by a tenth; one is as fast here.
os.environ.setdefault("RAYON_NUM_THREADS", "1")


def render(document: RoadmapDocument) -> bytes:
    """Return ``document`` as the bytes of a tagged PDF."""
    try:
        return _compile(document, drawable)
    except typst.TypstError as error:
        # A letter and an accent may each have a glyph, and their union none.
        if "could not be displayed" not in str(error):
            raise
        return _compile(document, latin)


def _compile(document: RoadmapDocument, spell: Callable[[str], str]) -> bytes:
    narrative = rewritten(build_narrative(document), spell)
    compiler = typst.Compiler(
        layouts.read("roadmap.typ").encode(),
        font_paths=typst.Fonts(include_system_fonts=False),
        sys_inputs={"roadmap": json.dumps(encode(narrative))},
    )
    data = compiler.compile(
        format="pdf", pdf_standards=STANDARD, timestamp=document.as_of.replace(microsecond=0)
    )
    return cast("bytes", data)  # a list is for the formats that make one file a page
