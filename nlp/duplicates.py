"""Folds texts with the same words into one weighted text."""

import sys
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from nlp.text import normalise


@dataclass(frozen=True, slots=True)
class Folding:
    """Texts folded on the first text that says the same words.

    Attributes
    ----------
    firsts : ndarray of shape (n_distinct,)
        Position of one text of each kind: the first in alphabetical order.
    kinds : ndarray of shape (n_texts,)
        Kind of each text: a position in ``firsts``.
    """

    firsts: NDArray[np.intp]
    kinds: NDArray[np.intp]

    @property
    def groups(self) -> tuple[tuple[int, ...], ...]:
        """Positions that say the same words, for every kind said at least twice."""
        members: list[list[int]] = [[] for _ in self.firsts]
        for position, kind in enumerate(self.kinds):
            members[kind].append(position)
        return tuple(sorted(tuple(group) for group in members if len(group) > 1))


def fold(texts: Sequence[str]) -> Folding:
    """Fold the texts that differ only by case, spaces, punctuation or apostrophes.

    Parameters
    ----------
    texts : sequence of str
        Texts.

    Returns
    -------
    Folding
        Which texts say the same words.

    Examples
    --------
    >>> fold(["Du temps !", "du  temps", "du calme"]).groups
    ((0, 1),)
    """
    said = [words_said(text) for text in texts]
    # Alphabetical order: whoever speaks first, the same texts give the same groups.
    order = sorted(range(len(texts)), key=lambda i: (said[i], texts[i]))
    firsts: list[int] = []
    kinds = np.empty(len(texts), dtype=np.intp)
    for i in order:
        if not firsts or said[firsts[-1]] != said[i]:
            firsts.append(i)
        kinds[i] = len(firsts) - 1
    return Folding(firsts=np.array(firsts, dtype=np.intp), kinds=kinds)


def words_said(text: str) -> str:
    """Return what two texts that say the same words have in common.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        The text without case, punctuation and extra spaces; a text of punctuation alone as it is.

    Examples
    --------
    >>> words_said("Du  temps !") == words_said("du temps")
    True
    """
    plain = said = normalise(text)
    # A text holds few distinct marks: replacing each is faster than a table of all of them.
    for mark in _marks().intersection(plain):
        said = said.replace(mark, " ")
    return " ".join(said.split()) or plain


@cache
def _marks() -> frozenset[str]:
    """Return every punctuation mark of Unicode."""
    characters = map(chr, range(sys.maxunicode + 1))
    return frozenset(c for c in characters if unicodedata.category(c).startswith("P"))
