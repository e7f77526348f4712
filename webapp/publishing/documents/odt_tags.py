"""Normalises Jinja tags written in an office suite.

As in docxtpl, a paragraph with only ``{%p … %}`` and a row with only ``{%tr … %}`` are replaced by
the bare tag, so that loops can repeat whole paragraphs and rows.
"""

import html
import re
from typing import Final

from markupsafe import Markup, escape

# Office suites split tags into spans, for instance to mark spelling mistakes.
_CUT_TAG: Final = re.compile(r"\{(?:<[^<>]*>)*([{%])([^{]*?)([}%])(?:<[^<>]*>)*\}")
_MARK: Final = re.compile(r"<[^<>]*>")
_LONE_PARAGRAPH: Final = re.compile(
    r"<text:(p|h)\b[^>]*>(?:\s|<(?!/?text:[ph]\b)[^>]*>)*\{%p\b([^%]*)%\}"
    r"(?:\s|<(?!/?text:[ph]\b)[^>]*>)*</text:\1>"
)
_LONE_ROW: Final = re.compile(
    r"<table:table-row\b[^>]*>(?:(?!</?table:table-row\b).)*?\{%tr\b([^%]*)%\}"
    r"(?:(?!</?table:table-row\b).)*</table:table-row>",
    re.DOTALL,
)
_SPACES: Final = re.compile(" {2,}")


def bare(xml: str) -> str:
    """Return ``xml`` with unsplit tags, paragraph and row tags replaced by bare tags."""
    xml = _CUT_TAG.sub(_whole, xml)
    xml = _LONE_ROW.sub(r"{%\1%}", xml)
    return _LONE_PARAGRAPH.sub(r"{%\2%}", xml)


def _whole(match: re.Match[str]) -> str:
    inside = _MARK.sub("", match[2].replace("<text:s/>", " "))
    return f"{{{match[1]}{html.unescape(inside)}{match[3]}}}"


def as_text(value: object) -> object:
    """Return text as ODF markup: line breaks, tabs and repeated spaces become elements."""
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    xml = str(escape(value)).replace("\n", "<text:line-break/>").replace("\t", "<text:tab/>")
    spaced = _SPACES.sub(lambda run: f' <text:s text:c="{len(run.group()) - 1}"/>', xml)
    return Markup(spaced)  # noqa: S704 - escaped two lines above
