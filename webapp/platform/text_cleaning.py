"""Normalises all incoming text, from forms, files and commands.

Every script, emoji and accent is kept. Removed: control characters, bidirectional overrides,
invisible characters, and combining marks beyond ten on one letter.
"""

import hashlib
import itertools
import re
import unicodedata
from collections.abc import Iterable

from webapp.exceptions import EmptyTextError, TextTooLongError
from webapp.platform.file_text import clean as without_controls
from webapp.platform.limits import MAX_BODY_LENGTH

ERASED = "[effacé]"  # replaces erased text; the database triggers test for it
_MASK = re.compile(r"\[[^\[\]\n]{1,40} masquée?s?\]")
_PLAIN = str.maketrans({"œ": "oe", "æ": "ae", "’": "'"})
# Combining marks and the maximum number per letter; Hebrew and Vietnamese need four. Bounded
# before NFC normalisation, whose reordering of marks is quadratic.
_MARKS = (c for c in map(chr, range(0x300, 0x1_E960)) if unicodedata.category(c) in {"Mn", "Me"})


def _ranges(characters: Iterable[str]) -> str:
    # Ranges: a regex class that lists members beyond the BMP is scanned linearly.
    runs = itertools.groupby(enumerate(characters), lambda one: ord(one[1]) - one[0])
    ends = ([character for _, character in run] for _, run in runs)
    return "".join(f"{run[0]}-{run[-1]}" for run in ends)


_COMBINING = _ranges(_MARKS)
MAX_MARKS = 10
_STACKED_MARKS = re.compile(f"([{_COMBINING}]{{{MAX_MARKS}}})[{_COMBINING}]+")
# Invisible: soft hyphen, zero-width spaces, invisible operators. Joiners and directional marks are
# kept, for emoji and for scripts that need them, but not repeated.
_INVISIBLE = re.compile("[\u00ad\u180e\u200b\u2060-\u2065\u206a-\u206f\U000e0001]")
_JOINERS = re.compile("([\u061c\u200c-\u200f])[\u061c\u200c-\u200f]+")
# Tag characters: they spell a region after a black flag emoji, and hide text anywhere else.
_TAGS = "\U000e0020-\U000e007f"
_STRAY_TAGS = re.compile(f"(?<![\U0001f3f4{_TAGS}])[{_TAGS}]+")
# Fast path: common characters of French text, which need no cleaning. It saves nine tenths of the
# time on a large table.
COMMON_TEXT = re.compile("[\t\n -~\u00a0-\u00ac\u00ae-\u017f\u2019]*")
_BLANK = f"\\s\u061c\u115f\u1160\u200c-\u200f\u2800\u3164\uffa0{_TAGS}{_COMBINING}"
_BLANK_TEXT = re.compile(f"[{_BLANK}]+")


def storable(text: str) -> str:
    """Return ``text`` normalised for storage, outer blanks kept.

    Examples
    --------
    >>> storable("cafe\u0301\u200b ")
    'café '
    """
    plain = _INVISIBLE.sub("", without_controls(text))
    plain = _JOINERS.sub(r"\1", _STRAY_TAGS.sub("", plain))
    return _STACKED_MARKS.sub(r"\1", unicodedata.normalize("NFC", _STACKED_MARKS.sub(r"\1", plain)))


def clean(text: str) -> str:
    r"""Return ``text`` in NFC, line ends normalised, without control characters or outer blanks.

    A text without visible characters becomes empty.

    Examples
    --------
    >>> clean(" Un bus\r\nle dimanche\x00 "), clean("\u200b\u2800")
    ('Un bus\nle dimanche', '')
    """
    if COMMON_TEXT.fullmatch(text):
        return text.strip()
    cleaned = storable(text).strip()
    return "" if _BLANK_TEXT.fullmatch(cleaned) else cleaned


def folded(text: str) -> str:
    """Return ``text`` without case, accents or ligatures, for comparison.

    Examples
    --------
    >>> folded("L’École, le Cœur")
    "l'ecole, le coeur"
    """
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_PLAIN))
    return "".join(character for character in plain if not unicodedata.combining(character))


def without_masks(text: str) -> str:
    """Return a masked text for analysis: placeholders such as « [nom masqué] » are removed.

    Examples
    --------
    >>> without_masks("Appelez [téléphone masqué] le soir")
    'Appelez … le soir'
    """
    return _MASK.sub("…", text)


def text_hash(text: str) -> str:
    """Return the SHA-256 of ``text``, used as a cache key."""
    return hashlib.sha256(text.encode()).hexdigest()


def checked_body(text: str) -> str:
    """Return ``text`` cleaned and validated as the body of a contribution.

    Raises
    ------
    EmptyTextError
        If the cleaned text is empty.
    TextTooLongError
        If it exceeds ``MAX_BODY_LENGTH``.
    """
    body = clean(text)
    if not body:
        raise EmptyTextError
    if len(body) > MAX_BODY_LENGTH:
        raise TextTooLongError(len(body), MAX_BODY_LENGTH)
    return body
