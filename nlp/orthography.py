"""Checks the spelling of a clause before it is shown as a title."""

import re
from functools import cache, lru_cache
from itertools import islice, product

from nlp.lexicon import lexicon
from nlp.spelling import standard
from nlp.text import is_french, tokenise
from nlp.word_lists import words

_TOKEN = re.compile(r"[^\W_]+(?:-[^\W_]+)*'?")
_ELIDED = re.compile(r"(?<![^\W\d_'-])[cdjlmnstCDJLMNST] (?=[^\W\d_])")
_ACCENTS = {"a": "àâ", "c": "ç", "e": "éèê", "i": "îï", "o": "ô", "u": "ùû"}
_MOST_SPELLINGS = 243
_SHORT_FORM = 4
_APOSTROPHELESS = re.compile(r"^(?:qu|[cdjlmnst])(?=[^\W\d_]{2})")


def misspelt(said: str) -> int:
    """Count the SMS words, the lost accents and the lost apostrophes of a clause.

    Parameters
    ----------
    said : str
        A clause.

    Returns
    -------
    int
        0 when nothing shows that it is misspelt.

    Examples
    --------
    >>> misspelt("des bus pr lhopital"), misspelt("une antenne de la CAF à Laval")
    (2, 0)
    """
    plain = said.replace("’", "'")
    return len(_ELIDED.findall(plain)) + sum(map(_is_misspelt, _common(plain)))


def unknown(said: str) -> int:
    """Count the words of a clause that the dictionary does not know.

    Parameters
    ----------
    said : str
        A clause.

    Returns
    -------
    int
        Misspelt, foreign, or rare words; names and figures are left out.

    Examples
    --------
    >>> unknown("un bus"), unknown("lütfen otobüs gelsin")
    (0, 3)
    """
    return sum(not _is_known(word) for word in _common(said.replace("’", "'")))


def is_foreign(said: str) -> bool:
    """Tell whether a clause is in another language.

    Parameters
    ----------
    said : str
        A clause.

    Returns
    -------
    bool
        True with a grammatical word of another language, or more unknown words than known ones.

    Examples
    --------
    >>> is_foreign("a bus for the village"), is_foreign("un bus pour le village")
    (True, False)
    """
    plain = _common(said.replace("’", "'"))
    return not words("foreign_words").isdisjoint(plain) or 2 * unknown(said) > len(plain)


@lru_cache(maxsize=20_000)
def _common(plain: str) -> tuple[str, ...]:
    """Return the words of ``plain`` that are neither names, figures nor elisions, in lower case."""
    found = []
    for at, token in enumerate(_TOKEN.findall(plain)):
        named = token[0].isupper() and (at > 0 or token.isupper())
        if not (named or token.endswith("'") or token[0].isdigit()):
            found.append(token.lower())
    return tuple(found)


@lru_cache(maxsize=50_000)
def _is_known(word: str) -> bool:
    if is_french(word) or word in _jargon() or word in words("known_words"):
        return True
    if word.endswith("ment") and len(word) > len("vraiment"):
        return True
    return "-" in word and all(_is_known(part) for part in word.split("-") if part)


@lru_cache(maxsize=50_000)
def _is_misspelt(word: str) -> bool:
    if word in words("known_words") or word in _jargon():
        return False
    if _is_known(word):
        return len(word) <= _SHORT_FORM and standard(word) != word
    rewritten = standard(word)
    if rewritten != word or any(_is_known(form) for form in _accented(word)):
        return True
    bare = _APOSTROPHELESS.sub("", word, count=1)
    return bare != word and any(_is_known(form) for form in (bare, *_accented(bare)))


def _accented(word: str) -> list[str]:
    """Return the spellings of ``word`` with accents it may have lost."""
    first = [
        word[:at] + mark + word[at + 1 :]
        for at, c in enumerate(word)
        for mark in _ACCENTS.get(c, "")
    ]
    letters = ["eéè" if letter == "e" else letter for letter in word]
    return [*first, *("".join(form) for form in islice(product(*letters), 1, _MOST_SPELLINGS))]


@cache
def _jargon() -> frozenset[str]:
    """Return the words of the names of concepts, that the dictionary may not know."""
    return frozenset(word for concept in lexicon().concepts for word in tokenise(concept.name))
