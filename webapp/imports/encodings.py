"""Decides the encoding of a text file on the whole of its bytes."""

import codecs
import re
from dataclasses import dataclass

from webapp.exceptions import EncodingError, RowProblem
from webapp.vocabulary import FILE_ENCODINGS

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SINGLE = ("cp1252", "mac-roman", "cp850")
_LETTERS = "àâäçéèêëîïôöùûüÿœæ"
_USUAL = frozenset(f"{_LETTERS}{_LETTERS.upper()}«»’‘“”…–—€°•·²½\u00a0")
_ALONE = re.compile("[\udc80-\udcff]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")
_MAX_CONTROLS = 0.1  # share above which the bytes are not text
_FEW = 0.3


@dataclass(frozen=True, slots=True)
class Decoded:
    """A decoded text, the encoding, whether it is sure, and the lines with a bad byte."""

    text: str
    encoding: str
    is_sure: bool
    problems: tuple[RowProblem, ...] = ()


def decode(data: bytes, chosen: str = "") -> Decoded:
    """Decode ``data``, in the ``chosen`` encoding or in the one that its bytes tell.

    Raises
    ------
    EncodingError
        If the bytes are no text, or none in the chosen encoding.
    """
    encoding, is_sure = (chosen, True) if chosen else _guess(data)
    if encoding not in FILE_ENCODINGS:
        raise EncodingError
    if encoding in ("utf-8", "utf-8+cp1252"):
        text = data.removeprefix(codecs.BOM_UTF8).decode("utf-8", "surrogateescape")
    else:
        text = _strict(data, encoding)
    if len(_CONTROL.findall(text)) > _MAX_CONTROLS * len(text):
        raise EncodingError
    problems = _problems(text) if encoding == "utf-8" else ()
    return Decoded(_ALONE.sub(_windows, text), encoding, is_sure, problems)


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise EncodingError from error


def _guess(data: bytes) -> tuple[str, bool]:
    """Return an encoding, and whether it is sure."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return encoding, True
    wide = _utf16(data)
    if wide:
        return wide, True
    text = data.decode("utf-8", "surrogateescape")
    alone = len(_ALONE.findall(text))
    whole = sum(character > "\x7f" for character in text) - alone
    # Letters of several bytes do not happen by chance in a text of single bytes.
    if not alone or whole > alone:
        return "utf-8", True
    return _single_byte(data)


def _utf16(data: bytes) -> str:
    """Return the UTF-16 without a byte order mark whose null bytes alternate, or an empty name."""
    if len(data) < len("ab") or len(data) % 2:
        return ""
    half = len(data) / 2
    even, odd = data[::2].count(0) / half, data[1::2].count(0) / half
    if odd > 1 - _FEW and even < _FEW:
        return "utf-16-le"
    return "utf-16-be" if even > 1 - _FEW and odd < _FEW else ""


def _single_byte(data: bytes) -> tuple[str, bool]:
    scores = {encoding: _score(data, encoding) for encoding in _SINGLE}
    best = max(_SINGLE, key=lambda encoding: scores[encoding] or (-len(data) - 1, 0))
    windows, found = scores["cp1252"], scores[best]
    if windows is not None and (found is None or windows[0] >= found[0]):
        return "cp1252", True
    if found is None or (windows is None and found[1]):
        raise EncodingError
    return best, False


def _score(data: bytes, encoding: str) -> tuple[int, int] | None:
    """Return how French the decoded letters are, and the number of those that are not."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    odd = good = 0
    for before, character in zip(f" {text}", text, strict=False):
        if character > "\x7f":
            usual = character in _USUAL and not (before.islower() and character.isupper())
            good, odd = good + usual, odd + (not usual)
    return good - 2 * odd, odd


def _windows(found: re.Match[str]) -> str:
    """Return the letter that Windows-1252 gives to a byte that is not UTF-8."""
    return bytes([ord(found[0]) - 0xDC00]).decode("cp1252", "replace")


def _problems(text: str) -> tuple[RowProblem, ...]:
    """Name the lines with a byte that is not UTF-8, with their reading in Windows-1252."""
    return tuple(
        RowProblem(number, "bad_byte", _ALONE.sub(_windows, line)[:200])
        for number, line in enumerate(re.split("\r\n|\r|\n", text), start=1)
        if _ALONE.search(line)
    )
