"""The same words sent twice are one point on the map and two voices in the count."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nlp.text import normalise


@dataclass(frozen=True, slots=True)
class Folding:
    """Texts folded on the first text that says the same words.

    Attributes
    ----------
    firsts : ndarray of shape (n_distinct,)
        Position of the first text of each kind.
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
        return tuple(tuple(group) for group in members if len(group) > 1)


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
    kind_of: dict[str, int] = {}
    firsts: list[int] = []
    kinds: list[int] = []
    for position, text in enumerate(texts):
        said = words_said(text)
        if said not in kind_of:
            kind_of[said] = len(firsts)
            firsts.append(position)
        kinds.append(kind_of[said])
    return Folding(firsts=np.array(firsts, dtype=np.intp), kinds=np.array(kinds, dtype=np.intp))


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
    plain = normalise(text)
    kept = (" " if unicodedata.category(char).startswith("P") else char for char in plain)
    return " ".join("".join(kept).split()) or plain
