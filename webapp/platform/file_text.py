"""Words that every file format can hold, and that cannot disguise their neighbours.

Only what has no meaning for a reader goes: control characters, marks that reverse the direction of
the following text, halves of surrogate pairs. Letters, accents, emoji and every script stay.
"""

import re
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import TypeVar, cast

T = TypeVar("T")

REPLACEMENT = "\ufffd"
# C0 and C1 controls except tab and line feed, bidirectional overrides, embeddings and isolates,
# the byte order mark, interlinear annotations: invisible, and able to hide or reverse words.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]"
)
_LINE_ENDS = re.compile("\r\n?|\u2028|\u2029|\x85")
# Not characters at all: XML refuses them and UTF-8 cannot hold the surrogates.
_IMPOSSIBLE = re.compile("[\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    r"""Return ``text`` without what a file cannot hold or a reader cannot see.

    Examples
    --------
    >>> clean("caf\u00e9\x00\r\nok")
    'café\nok'
    """
    text = _LINE_ENDS.sub("\n", text)
    return _IMPOSSIBLE.sub(REPLACEMENT, _INVISIBLE.sub("", text))


def cleaned(content: T) -> T:
    """Return ``content`` with every text in it cleaned; doing it twice changes nothing more."""
    return rewritten(content, clean)


def rewritten(content: T, change: Callable[[str], str]) -> T:
    """Return ``content`` with ``change`` applied to every text in it."""
    return cast("T", _mapped(content, change))


def paragraphs(text: str) -> tuple[str, ...]:
    """Return the lines of ``text`` that say something."""
    return tuple(line.strip() for line in text.split("\n") if line.strip())


def _mapped(value: object, change: Callable[[str], str]) -> object:
    """Rebuild ``value`` with ``change`` applied to the plain strings it holds."""
    if type(value) is str:
        return change(value)
    if isinstance(value, tuple):
        return tuple(_mapped(part, change) for part in value)
    if is_dataclass(value) and not isinstance(value, type):
        parts = {f.name: _mapped(getattr(value, f.name), change) for f in fields(value)}
        return replace(value, **parts)
    return value
