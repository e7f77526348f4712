"""Ranks groups from stored pair probabilities, without the numerical libraries.

A web process ranks the groups of one note at each page; :class:`nlp.similarity.ranking.Ranker`
computed the pairs beforehand, in the worker.
"""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from heapq import nlargest
from importlib.resources import files
from math import exp, log

_THREE = 3
_LEAST = 1e-4
_DECIMALS = 6


def rank_from_pairs(
    pairs: Sequence[float], groups: Mapping[int, Sequence[int]]
) -> list[tuple[int, float]]:
    """Order the groups that a note may join, as ``Ranker.rank`` does.

    Parameters
    ----------
    pairs : sequence of float, of length n_notes
        Probability that the note belongs with each note of the consultation.
    groups : mapping of int to sequence of int
        Positions of the members of each group, without the note itself.

    Returns
    -------
    list of (int, float)
        Groups that have a member, most probable first, with the probability in [0, 1] that the
        note belongs there.

    Examples
    --------
    >>> [name for name, _ in rank_from_pairs([0.9, 0.8, 0.1], {1: [2], 2: [0, 1]})]
    [2, 1]
    """
    weights = _weights()
    found = [
        (name, membership([pairs[member] for member in members], weights))
        for name, members in groups.items()
        if members
    ]
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))


def membership(pairs: Sequence[float], weights: Mapping[str, float]) -> float:
    """Return the probability that a note belongs to a group.

    Parameters
    ----------
    pairs : sequence of float, of length n_members
        Probability that the note belongs with each member, one at least.
    weights : mapping of str to float
        Weights of :class:`nlp.similarity.group_model.GroupModel`.

    Returns
    -------
    float
        Probability in [0, 1], rounded to six decimals.

    Examples
    --------
    >>> weights = {"intercept": 0, "nearest": 1, "nearest_three": 0, "all_members": 0}
    >>> membership([0.2, 0.9], weights)
    0.9
    """
    best = nlargest(_THREE, pairs)
    odds = (
        weights["intercept"]
        + weights["nearest"] * _log_odds(best[0])
        + weights["nearest_three"] * _log_odds(sum(best) / len(best))
        + weights["all_members"] * _log_odds(sum(pairs) / len(pairs))
    )
    return round(1 / (1 + exp(-odds)), _DECIMALS)


def _log_odds(share: float) -> float:
    bounded = min(max(share, _LEAST), 1 - _LEAST)
    return log(bounded / (1 - bounded))


@cache
def _weights() -> Mapping[str, float]:
    text = (files("nlp") / "data" / "notes_model.json").read_text(encoding="utf-8")
    weights: Mapping[str, float] = json.loads(text)["ranking"]
    return weights
