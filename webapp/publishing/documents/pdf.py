"""Renders tagged PDF/UA-1 files with typst, its embedded fonts and no network.

Text is passed as JSON, never as typst source, so that it cannot be interpreted as markup.
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
from webapp.publishing.documents.font_coverage import replace_non_latin, replace_uncovered
from webapp.publishing.documents.narrative import build_narrative

STANDARD: Final = "ua-1"
# Several threads make memory use vary by 10 %, and are not faster here.
os.environ.setdefault("RAYON_NUM_THREADS", "1")


def render(document: RoadmapDocument) -> bytes:
    """Return ``document`` as the bytes of a tagged PDF."""
    try:
        return _compile(document, replace_uncovered)
    except typst.TypstError as error:
        # A combination of covered characters may have no glyph.
        if "could not be displayed" not in str(error):
            raise
        return _compile(document, replace_non_latin)


def _compile(document: RoadmapDocument, replace: Callable[[str], str]) -> bytes:
    narrative = rewritten(build_narrative(document), replace)
    compiler = typst.Compiler(
        layouts.read("roadmap.typ").encode(),
        font_paths=typst.Fonts(include_system_fonts=False),
        sys_inputs={"roadmap": json.dumps(encode(narrative))},
    )
    data = compiler.compile(
        format="pdf", pdf_standards=STANDARD, timestamp=document.as_of.replace(microsecond=0)
    )
    return cast("bytes", data)  # typst returns a list only for formats with one file per page
