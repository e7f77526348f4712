"""Coverage of the fonts embedded in typst: PDF/UA forbids missing glyphs.

The ranges were found by compiling every assigned character of the Basic Multilingual Plane below
U+3000, the presentation forms and the pictographs; a test compiles them again.
"""

import re
from typing import Final

COVERED: Final = (
    "\u0020-\u007e\u00a0-\u0377\u037a-\u037f\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u04ff"
    "\u0510-\u0513\u051a-\u051d\u0531-\u0556\u0559-\u058a\u058d-\u058f\u0591-\u05c7"
    "\u05d0-\u05ea\u05ef-\u05f4\u0606-\u060c\u0615\u061b-\u061c\u061f\u0621-\u063a"
    "\u0640-\u0655\u065a\u0660-\u066d\u0674\u0679-\u067b\u067e-\u0680\u0683-\u0684"
    "\u0686-\u0687\u0691\u0698\u06a4\u06a9\u06af\u06be\u06cc\u06f0-\u06f9\u0900-\u097f"
    "\u0e3f\u0e81-\u0e82\u0e84\u0e87-\u0e88\u0e8a\u0e8d\u0e94-\u0e97\u0e99-\u0e9f"
    "\u0ea1-\u0ea3\u0ea5\u0ea7\u0eaa-\u0eab\u0ead-\u0eb9\u0ebb-\u0ebc\u0ec8-\u0ecd"
    "\u10d0-\u10ff\u115f-\u1160\u13a0-\u13f5\u13f8-\u13fd\u17b4-\u17b5\u17c1-\u17c3"
    "\u180b-\u180f\u1ab0-\u1ace\u1d00-\u1f15\u1f18-\u1f1d\u1f20-\u1f45\u1f48-\u1f4d"
    "\u1f50-\u1f57\u1f59\u1f5b\u1f5d\u1f5f-\u1f7d\u1f80-\u1fb4\u1fb6-\u1fc4\u1fc6-\u1fd3"
    "\u1fd6-\u1fdb\u1fdd-\u1fef\u1ff2-\u1ff4\u1ff6-\u1ffe\u2000-\u2040\u2042\u2044-\u2052"
    "\u2054-\u2064\u2066-\u2071\u2074-\u208e\u2090-\u209c\u20a0-\u20c0\u20d0-\u20f0"
    "\u2100-\u211e\u2120\u2122\u2124\u2126-\u2151\u2153-\u2184\u2189\u2190-\u23ff"
    "\u2422-\u2423\u2460-\u262f\u2638-\u268b\u2690-\u269c\u26a0-\u26a7\u26aa-\u26b2"
    "\u2701-\u2704\u2706-\u2709\u270c-\u2727\u2729-\u274b\u274d\u274f-\u2752\u2756"
    "\u2758-\u275e\u2761-\u277f\u2794\u2798-\u27af\u27b1-\u2b73\u2b76-\u2b95\u2b97-\u2bff"
    "\u2c60-\u2cf3\u2cf9-\u2cff\u2e02-\u2e05\u2e08-\u2e0a\u2e17-\u2e18\u2e1f\u2e22-\u2e25"
    "\u2e2e\ufb00-\ufb06\ufb13-\ufb17\ufb1d-\ufb36\ufb38-\ufb3c\ufb3e\ufb40-\ufb41"
    "\ufb43-\ufb44\ufb46-\ufb4f\ufe00-\ufe0f\ufe70-\ufe74\ufe76-\ufefc\ufeff\ufffd"
    "\U0001f12f\U0001f6d1"
)
# Variation selectors and tags only modify emoji, which are spelt out.
_MODIFIERS: Final = re.compile("[\ufe0e\ufe0f\U000e0020-\U000e007f]")
_UNCOVERED: Final = re.compile(f"[^\n\t{COVERED}]")
_BEYOND_LATIN: Final = re.compile("[^\n\t\u0020-\u007e\u00a0-\u017f\u2010-\u203a\u20ac\u202f]")


def replace_uncovered(text: str) -> str:
    r"""Return ``text`` with uncovered characters replaced by their code points.

    Examples
    --------
    >>> replace_uncovered("Bus \U0001f68c")
    'Bus [U+1F68C]'
    """
    return _UNCOVERED.sub(_code_point, _MODIFIERS.sub("", text))


def replace_non_latin(text: str) -> str:
    """Return ``text`` with all but Latin characters replaced, for uncovered combinations."""
    return _BEYOND_LATIN.sub(_code_point, text)


def _code_point(match: re.Match[str]) -> str:
    return f"[U+{ord(match.group()):04X}]"
