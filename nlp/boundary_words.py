"""Word lists that help to find the boundaries between proposals."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from nlp.word_lists import pairs

_TOKEN = re.compile(r"\n|(?:[^\W\d_][\u0300-\u036f]*)+['’ʼ‘´`]?|\d+|[^\w\s]|_")
_APOSTROPHES = "’ʼ‘´`"


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a number, a mark or a line break of a text.

    Attributes
    ----------
    start, end : int
        Offsets in characters, ``end`` excluded.
    word : str
        Lower-case, without accents.
    raw : str
        Lower-case, with accents.
    """

    start: int
    end: int
    word: str
    raw: str


def tokens(text: str) -> list[Token]:
    """Split a text into words with their elision, numbers, marks and line breaks.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    list of Token
        Everything but blanks, in order.

    Examples
    --------
    >>> [token.word for token in tokens("L’été, 2 bus")]
    ["l'", 'ete', ',', '2', 'bus']
    """
    found = []
    for match in _TOKEN.finditer(text):
        raw = match.group().lower()
        found.append(Token(match.start(), match.end(), fold(raw), raw))
    return found


@lru_cache(maxsize=20_000)
def fold(word: str) -> str:
    """Return a lower-case word without accents, its apostrophe made plain.

    Parameters
    ----------
    word : str
        A lower-case word, or a mark, which is left as it is.

    Returns
    -------
    str
        The word, to compare.

    Examples
    --------
    >>> fold("élève"), fold("l’"), fold("…")
    ('eleve', "l'", '…')
    """
    if not word[0].isalpha():
        return word
    if word[-1] in _APOSTROPHES:
        word = word[:-1] + "'"
    plain = unicodedata.normalize("NFKD", word.replace("œ", "oe"))
    return "".join(char for char in plain if not unicodedata.combining(char))


@cache
def known(kind: str) -> frozenset[str]:
    """Return the words of a class of ``nlp/data/boundary_words.txt``.

    Parameters
    ----------
    kind : str
        Name of the class.

    Returns
    -------
    frozenset of str
        Words without accents.

    Examples
    --------
    >>> "faudrait" in known("wish")
    True
    """
    return frozenset(word for name, word in pairs("boundary_words") if name == kind)


@cache
def _phrases() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Return the phrases of ``proposal_markers.txt`` by first word, longest first."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    for kind, phrase in pairs("proposal_markers"):
        said = tuple(token.word for token in tokens(phrase))
        found[said[0]].append((said, kind))
    for same in found.values():
        same.sort(key=lambda one: (-len(one[0]), one))
    return found


def phrase_at(read: Sequence[Token], at: int, kinds: frozenset[str]) -> tuple[str, int] | None:
    """Find the longest phrase of some classes that begins at a token.

    Parameters
    ----------
    read : sequence of Token
        Tokens of a text.
    at : int
        Position of the first word.
    kinds : frozenset of str
        Classes of ``nlp/data/proposal_markers.txt``.

    Returns
    -------
    tuple of (str, int) or None
        Class of the phrase, and the position after it.
    """
    if at >= len(read):
        return None
    for said, kind in _phrases().get(read[at].word, ()):
        if kind in kinds and tuple(token.word for token in read[at : at + len(said)]) == said:
            return kind, at + len(said)
    return None
