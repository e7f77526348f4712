"""Candidate pairs of opposed texts."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from nlp.context import Context
from nlp.results import ISOLATED

# The probability of a pair about which nothing else is known than that it is of one cluster.
USUAL_PROBABILITY = 0.2
_MOST_CANDIDATES = 50_000
_DECIMALS = 4

Pair = tuple[int, int]


def candidate_pairs(
    labels: Sequence[int] | NDArray[np.int64],
    contexts: Sequence[Context] | None = None,
    probabilities: NDArray[np.float32] | None = None,
    *,
    least: float = 0.02,
    excluded: Collection[int] = (),
) -> tuple[tuple[int, int, float], ...]:
    """Return the pairs that may be opposed: those of a cluster, and likely ones of a workshop.

    People who oppose each other often do not use the words of one cluster.

    Parameters
    ----------
    labels : sequence of int or ndarray of shape (n_texts,)
        Cluster of each text; -1 for an isolated idea.
    contexts : sequence of Context or None, default=None
        Where each text was said; None when no workshop is known.
    probabilities : ndarray of shape (n_texts, n_texts) or None, default=None
        Probability that two texts ask for the same thing; None when it is not known.
    least : float, default=0.02
        Least probability of two texts of one workshop that are not of one cluster.
    excluded : collection of int, default=()
        Positions of texts that are no contribution.

    Returns
    -------
    tuple of tuple of (int, int, float)
        Increasing positions and their probability, at most 50,000 pairs: the likeliest, or those
        of the smallest clusters where no probability is known.

    Examples
    --------
    >>> candidate_pairs([0, 0, -1])
    ((0, 1, 0.2),)
    """
    known = np.asarray(labels)
    if probabilities is None:
        chosen = _within(_members(known.tolist()))
        return tuple(sorted((*pair, USUAL_PROBABILITY) for pair in chosen))
    together = (known[:, None] == known[None]) & (known >= 0)
    workshops = _numbers(contexts or [Context()] * len(known))
    near = (workshops[:, None] == workshops[None]) & (workshops >= 0) & (probabilities >= least)
    near[list(excluded)] = near[:, list(excluded)] = False
    first, second = np.nonzero(np.triu(together | near, 1))
    found = np.round(probabilities[first, second].astype(np.float64), _DECIMALS)
    if len(found) > _MOST_CANDIDATES:
        likeliest = found > np.sort(found)[-_MOST_CANDIDATES - 1]
        first, second, found = first[likeliest], second[likeliest], found[likeliest]
    return tuple(zip(first.tolist(), second.tolist(), found.tolist(), strict=True))


def _numbers(contexts: Sequence[Context]) -> NDArray[np.int64]:
    """Return the number of the workshop of each text; -1 where it is unknown."""
    names = sorted({context.workshop for context in contexts if context.workshop is not None})
    numbers = {name: number for number, name in enumerate(names)}
    return np.array([numbers.get(context.workshop or "", -1) for context in contexts])


def _members(labels: Sequence[int]) -> list[list[int]]:
    """Return the positions of each cluster."""
    groups: dict[int, list[int]] = {}
    for i, label in enumerate(labels):
        if label != ISOLATED:
            groups.setdefault(label, []).append(i)
    return list(groups.values())


def _within(groups: list[list[int]]) -> Iterator[Pair]:
    """Yield the pairs of the smallest groups, those of one size all or none."""
    left = _MOST_CANDIDATES
    for size, count in sorted(Counter(len(members) for members in groups).items()):
        left -= count * size * (size - 1) // 2
        if left < 0:
            return
        for members in groups:
            if len(members) == size:
                yield from combinations(members, 2)
