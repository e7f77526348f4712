"""Remove characters that file formats cannot hold or that change how text is displayed.

Translated: vertical tabs and form feeds into line ends, letters of Windows-1252 read as C1 controls
into themselves. Removed: other control characters, bidirectional overrides, lone surrogates.
Letters, accents, emoji and every script are kept.
"""

import re
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import TypeVar, cast

T = TypeVar("T")

REPLACEMENT = "\ufffd"
# C0 and C1 controls except tab and line feed, bidirectional overrides, embeddings and isolates,
# the byte order mark, interlinear annotations: invisible, able to hide or reverse text.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]"
)
_LINE_ENDS = re.compile("\r\n?|\u2028|\u2029|\x85|\x0b|\x0c")
# Windows-1252 text that was decoded as Latin-1: \x92 is an apostrophe.
_C1_LETTERS = {
    code: letter
    for code in range(0x80, 0xA0)
    if (letter := bytes([code]).decode("cp1252", "ignore"))
}
# Non-characters, invalid in XML, and surrogates, invalid in UTF-8.
_IMPOSSIBLE = re.compile("[\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    r"""Return ``text`` without control and invisible characters, line ends normalised.

    Examples
    --------
    >>> clean("caf\u00e9\x00\r\nok")
    'café\nok'
    """
    text = _LINE_ENDS.sub("\n", text).translate(_C1_LETTERS)
    return _IMPOSSIBLE.sub(REPLACEMENT, _INVISIBLE.sub("", text))


def cleaned(content: T) -> T:
    """Return ``content`` with every string in it cleaned; idempotent."""
    return rewritten(content, clean)


def rewritten(content: T, change: Callable[[str], str]) -> T:
    """Return ``content`` with ``change`` applied to every string in it."""
    return cast("T", _mapped(content, change))


def paragraphs(text: str) -> tuple[str, ...]:
    """Return the non-blank lines of ``text``."""
    return tuple(line.strip() for line in text.split("\n") if line.strip())


def _mapped(value: object, change: Callable[[str], str]) -> object:
    """Rebuild ``value`` with ``change`` applied to the strings in its tuples and dataclasses."""
    if type(value) is str:
        return change(value)
    if isinstance(value, tuple):
        return tuple(_mapped(part, change) for part in value)
    if is_dataclass(value) and not isinstance(value, type):
        parts = {f.name: _mapped(getattr(value, f.name), change) for f in fields(value)}
        return replace(value, **parts)
    return value
