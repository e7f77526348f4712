"""Distinct texts that are to be grouped, and what human decisions already put together."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nlp.feedback import Constraints
from nlp.grouped_sums import Vectors

# A text whose nearest other text is further than this resembles nothing that was said.
_LONELY = 0.12
_NOBODY = -1


@dataclass(frozen=True, slots=True)
class Pool:
    """The distinct texts, seen by whoever groups them.

    Attributes
    ----------
    open : ndarray of shape (n_kinds,)
        Which are to be grouped: somebody's voice, not placed for good, resembling another.
    taught : ndarray of shape (n_kinds,)
        Human group of each that may still grow; -1 where no human decided, or two differed.
    voices : ndarray of shape (n_kinds,)
        How many free texts say each.
    n_groups : int
        Number of human groups.
    """

    open: NDArray[np.bool_]
    taught: NDArray[np.int64]
    voices: NDArray[np.int64]
    n_groups: int


def pool(
    kinds: NDArray[np.intp],
    closeness: Vectors,
    decisions: Constraints,
    noise: NDArray[np.bool_] | None = None,
) -> Pool:
    """Tell which distinct texts are to be grouped, and what is known of them.

    Parameters
    ----------
    kinds : ndarray of shape (n_texts,)
        Kind of each text.
    closeness : ndarray of shape (n_kinds,)
        Similarity of each kind to the nearest other one, before any smoothing.
    decisions : Constraints
        Human decisions.
    noise : ndarray of shape (n_kinds,) or None, default=None
        Which kinds are no contribution, and join nothing unless a human placed them.

    Returns
    -------
    Pool
        A text said once that resembles no other is left alone, unless a human placed it.
    """
    free = np.ones(len(kinds), dtype=bool)
    free[list(decisions.closed | decisions.isolated)] = False
    voiced = np.zeros(len(closeness), dtype=bool)
    voiced[kinds[free]] = True
    taught = _taught(kinds, len(closeness), decisions)
    once = np.bincount(kinds, minlength=len(closeness)) == 1
    lonely = (closeness < _LONELY) & once & (taught == _NOBODY)
    voices = np.bincount(kinds[free], minlength=len(closeness))
    if noise is not None:
        lonely |= noise & (taught == _NOBODY)
    return Pool(voiced & ~lonely, taught, voices, len(decisions.groups))


def _taught(kinds: NDArray[np.intp], n_kinds: int, decisions: Constraints) -> NDArray[np.int64]:
    taught = np.full(n_kinds, _NOBODY, dtype=np.int64)
    disputed: set[int] = set()
    for group, (name, members) in enumerate(decisions.groups):
        for kind in () if name in decisions.accepted else {int(kinds[i]) for i in members}:
            if taught[kind] != _NOBODY:
                disputed.add(kind)
            taught[kind] = group
    taught[sorted(disputed)] = _NOBODY
    return taught
