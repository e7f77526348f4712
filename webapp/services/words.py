"""The one place where typed words are made storable, without changing what they say."""

import hashlib
import re
import unicodedata

from webapp.exceptions import EmptyTextError, TextTooLongError
from webapp.models import MAX_BODY_LENGTH

ERASED = "[effacé]"  # what stands where words were destroyed; the triggers know it
_MASK = re.compile(r"\[[^\[\]\n]{1,40} masquée?s?\]")
_PLAIN = str.maketrans({"œ": "oe", "æ": "ae", "’": "'"})
_KEPT_CONTROLS = "\n\t"
# Overrides and isolates can make a page lie about the order of words.
_BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def clean(text: str) -> str:
    r"""Return ``text`` in NFC, with plain line ends, without control characters or outer blanks.

    Examples
    --------
    >>> clean(" Un bus\r\nle dimanche\x00 ")
    'Un bus\nle dimanche'
    """
    lines = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(character for character in lines if _is_kept(character)).strip()


def folded(text: str) -> str:
    """Return ``text`` without case, accents nor ties between letters, to be compared.

    Examples
    --------
    >>> folded("L’École, le Cœur")
    "l'ecole, le coeur"
    """
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_PLAIN))
    return "".join(character for character in plain if not unicodedata.combining(character))


def without_masks(text: str) -> str:
    """Return what an analysis reads of a masked text: « [nom masqué] » is nobody's word.

    Examples
    --------
    >>> without_masks("Appelez [téléphone masqué] le soir")
    'Appelez … le soir'
    """
    return _MASK.sub("…", text)


def text_hash(text: str) -> str:
    """Return the SHA-256 under which what was computed of ``text`` is kept."""
    return hashlib.sha256(text.encode()).hexdigest()


def checked_body(text: str) -> str:
    """Return ``text`` cleaned, ready to be a contribution.

    Raises
    ------
    EmptyTextError
        If nothing is left.
    TextTooLongError
        If it is longer than a contribution may be.
    """
    body = clean(text)
    if not body:
        raise EmptyTextError
    if len(body) > MAX_BODY_LENGTH:
        raise TextTooLongError(len(body), MAX_BODY_LENGTH)
    return body


def _is_kept(character: str) -> bool:
    if character in _KEPT_CONTROLS:
        return True
    return character not in _BIDI_CONTROLS and unicodedata.category(character) not in {"Cc", "Cs"}
