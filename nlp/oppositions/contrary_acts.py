"""Acts and their contraries (« augmenter », « diminuer ») in texts with nearly the same words."""

import re
from functools import cache, lru_cache

from nlp.lexical import stem_of, stems
from nlp.oppositions.cues import READ
from nlp.spelling import standard
from nlp.text import tokenise
from nlp.word_lists import pairs

# Two texts with nearly the same words, but for an act and its contrary, oppose each other surely.
_SAME_WORDS = 0.6
_WORD = re.compile(r"[^\W\d_]+")
_NEGATIONS = frozenset(("pas", "non", "jamais", "ni"))

Acts = tuple[tuple[str, ...], tuple[str, ...]]


def opposed_acts(first: str, second: str) -> Acts | None:
    """Return the contrary acts that two texts ask for in nearly the same words.

    Parameters
    ----------
    first, second : str
        Any texts; their first 2,000 characters are read.

    Returns
    -------
    tuple of (tuple of str, tuple of str) or None
        The act of each as it is written; None when one of them refuses, or nothing is contrary.

    Examples
    --------
    >>> opposed_acts("Augmenter le prix du bus", "Baisser le prix du bus")
    (('Augmenter',), ('Baisser',))
    """
    # « ne pas augmenter » and « diminuer » agree: contraries prove nothing between refusals.
    return None if _refuses(first) or _refuses(second) else _contrary(first, second)


def agree(first: str, second: str) -> bool:
    """Tell whether one of two texts refuses the contrary of what the other asks for.

    Parameters
    ----------
    first, second : str
        Any texts.

    Returns
    -------
    bool
        True for « ne pas augmenter le prix » and « baisser le prix ».

    Examples
    --------
    >>> agree("Ne pas augmenter le prix du bus", "Baisser le prix du bus")
    True
    """
    return _refuses(first) != _refuses(second) and _contrary(first, second) is not None


def has_contrary(text: str) -> bool:
    """Tell whether a text holds an act that has a contrary.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    bool
        False where :func:`opposed_acts` finds nothing, whatever the other text.

    Examples
    --------
    >>> has_contrary("Augmenter le prix du bus"), has_contrary("Un bus le soir")
    (True, False)
    """
    return bool(_acts(text))


def _contrary(first: str, second: str) -> Acts | None:
    """Return the only contrary acts of two texts that otherwise say nearly the same words."""
    left, right = _acts(first), _acts(second)
    opposed = [(i, j) for i in sorted(left) for j in sorted(right) if j in _contraries()[i]]
    if len(opposed) != 1:
        return None
    ((one, other),) = opposed
    said, answered = ({stem for stem, _ in stems(text)} - {one, other} for text in (first, second))
    if not said or len(said & answered) < _SAME_WORDS * len(said | answered):
        return None
    return (left[one],), (right[other],)


@lru_cache(maxsize=20_000)
def _acts(text: str) -> dict[str, str]:
    """Return the acts of a text that have a contrary: their stem, and how they are written."""
    said = (found.group() for found in _WORD.finditer(text[:READ]))
    return {stem: word for word in said if (stem := stem_of(word.lower())) in _contraries()}


@lru_cache(maxsize=20_000)
def _refuses(text: str) -> bool:
    return not _NEGATIONS.isdisjoint(tokenise(standard(text[:READ])))


@cache
def _contraries() -> dict[str, frozenset[str]]:
    table: dict[str, frozenset[str]] = {}
    for left, right in pairs("antonyms"):
        for one, other in ((left, right), (right, left)):
            key = stem_of(one)
            table[key] = table.get(key, frozenset()) | {stem_of(other)}
    return table
