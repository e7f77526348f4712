"""The one door of words: whatever comes from a form, a file or a command is made storable here.

Nothing of what people say changes: every script, emoji and accent stays. What goes is what a reader
cannot see and a machine obeys: controls, overrides of direction, hidden letters, towers of accents.
"""

import hashlib
import itertools
import re
import unicodedata
from collections.abc import Iterable

from webapp.exceptions import EmptyTextError, TextTooLongError
from webapp.platform.file_text import clean as without_controls
from webapp.platform.limits import MAX_BODY_LENGTH

ERASED = "[effacé]"  # what stands where words were destroyed; the triggers know it
_MASK = re.compile(r"\[[^\[\]\n]{1,40} masquée?s?\]")
_PLAIN = str.maketrans({"œ": "oe", "æ": "ae", "’": "'"})
# Marks that sit on the letter before them, and how many one letter may carry: Hebrew and Vietnamese
# need four. Bounded before the text is normalised, which sorts them at a quadratic cost.
_MARKS = (c for c in map(chr, range(0x300, 0x1_E960)) if unicodedata.category(c) in {"Mn", "Me"})


def _ranges(characters: Iterable[str]) -> str:
    # A class that names its members past the first plane is read one by one for each letter.
    runs = itertools.groupby(enumerate(characters), lambda one: ord(one[1]) - one[0])
    ends = ([character for _, character in run] for _, run in runs)
    return "".join(f"{run[0]}-{run[-1]}" for run in ends)


_ON_A_LETTER = _ranges(_MARKS)
MAX_MARKS = 10
_TOWER = re.compile(f"([{_ON_A_LETTER}]{{{MAX_MARKS}}})[{_ON_A_LETTER}]+")
# Neither seen nor needed: soft hyphen, blanks without width, invisible operators. Joiners and marks
# of direction stay, for emoji and for scripts that need them, one at a time.
_UNSEEN = re.compile("[\u00ad\u180e\u200b\u2060-\u2065\u206a-\u206f\U000e0001]")
_JOINERS = re.compile("([\u061c\u200c-\u200f])[\u061c\u200c-\u200f]+")
# Letters that spell the flag of a region behind a black flag, and hide words anywhere else.
_TAGS = "\U000e0020-\U000e007f"
_HIDDEN = re.compile(f"(?<![\U0001f3f4{_TAGS}])[{_TAGS}]+")
# What nearly every text in French is made of: nothing in it is to be changed, and all of it is seen
# once blanks are taken off. Asking saves nine tenths of the time that a large table takes.
PLAINLY = re.compile("[\t\n -~\u00a0-\u00ac\u00ae-\u017f\u2019]*")
_UNSHOWN = f"\\s\u061c\u115f\u1160\u200c-\u200f\u2800\u3164\uffa0{_TAGS}{_ON_A_LETTER}"
_NOTHING_SEEN = re.compile(f"[{_UNSHOWN}]*")


def storable(text: str) -> str:
    """Return ``text`` as a database and a file may hold it, its outer blanks kept.

    Examples
    --------
    >>> storable("cafe\u0301\u200b ")
    'café '
    """
    plain = _UNSEEN.sub("", without_controls(text))
    plain = _JOINERS.sub(r"\1", _HIDDEN.sub("", plain))
    return _TOWER.sub(r"\1", unicodedata.normalize("NFC", _TOWER.sub(r"\1", plain)))


def clean(text: str) -> str:
    r"""Return ``text`` in NFC, with plain line ends, without control characters or outer blanks.

    A text in which nothing would be seen is empty.

    Examples
    --------
    >>> clean(" Un bus\r\nle dimanche\x00 "), clean("\u200b\u2800")
    ('Un bus\nle dimanche', '')
    """
    if PLAINLY.fullmatch(text):
        return text.strip()
    kept = storable(text).strip()
    return "" if _NOTHING_SEEN.fullmatch(kept) else kept


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
