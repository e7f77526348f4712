"""Which text another one opposes: a choice among the candidates of each text, or none of them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import minimize
from sklearn.base import BaseEstimator
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.utils.validation import check_is_fitted

from nlp.context import Context
from nlp.exceptions import ModelError
from nlp.lexical import comparable
from nlp.spelling import standard
from nlp.stance import refused_objects

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

NAMES = (
    "against",
    "other_against",
    "probability",
    "words",
    "distance",
    "after",
    "table",
    "reference",
    "refused",
)
_SIGNIFICANT = 5
_DECIMALS = 4
_LEAST = 1e-3
_LEAST_SPREAD = 1e-9
# Of two notes whose order is unknown: the usual distance in a workshop, and no order.
_USUAL_DISTANCE = 2.0
_NO_ORDER = 0.5
_REFERENCE = re.compile(
    r"(?:d'accord (?:avec|pour)|contraire(?:ment)? [aà]|r[eé]ponse? [aà]u?|ceux qui veulent"
    r"|n'en d[eé]plaise [aà]u?|comme (?:dit|a dit))"
    r"((?:[ ,'’-]+\w{1,30}){1,6})"
)
_BEFORE = re.compile(r"pr[eé]c[eé]dent|ci-dessus|au-dessus|d'avant\b|juste avant")
_JUST_BEFORE = 3


@dataclass(frozen=True, slots=True)
class Edges:
    """Candidate pairs, each in both directions, in order of the text that may oppose.

    Attributes
    ----------
    against, other : ndarray of shape (n_edges,)
        The text that may oppose, and what it may oppose.
    X : ndarray of shape (n_edges, n_features)
        Features in the order of ``NAMES``.
    """

    against: Ints
    other: Ints
    X: Floats

    @property
    def starts(self) -> Ints:
        """First edge of each text that may oppose."""
        return np.flatnonzero(np.r_[True, self.against[1:] != self.against[:-1]])


def edges(
    texts: Sequence[str],
    candidates: Sequence[tuple[int, int, float]],
    contexts: Sequence[Context] | None,
    stances: Floats,
) -> Edges:
    """Compute the features of candidate pairs.

    Parameters
    ----------
    texts : sequence of str
        All the texts.
    candidates : sequence of tuple of (int, int, float)
        At least one pair of positions, with the probability that they are about the same demand.
    contexts : sequence of Context or None
        Where each text was said.
    stances : ndarray of shape (n_texts,)
        Log-odds that each text speaks against something.

    Returns
    -------
    Edges
        Twice as many as candidates.
    """
    first, second = (np.array([pair[side] for pair in candidates]) for side in (0, 1))
    chance = np.array([pair[2] for pair in candidates], dtype=np.float64)
    against, other = np.r_[first, second], np.r_[second, first]
    order = np.lexsort((other, against))
    against, other, chance = against[order], other[order], np.r_[chance, chance][order]
    known = np.round(np.clip(chance, _LEAST, 1 - _LEAST), _DECIMALS)
    columns = {
        "against": stances[against],
        "other_against": stances[other],
        "probability": np.log(known / (1 - known)),
        "words": _shared_words(texts, against, other),
        **_places(contexts, against, other),
        "reference": _references(texts, contexts, against, other),
        "refused": _refused(texts, against, other),
    }
    return Edges(against, other, np.stack([columns[name] for name in NAMES], axis=1))


class OppositionModel(BaseEstimator):
    """Multinomial logistic regression over the candidates of a text, and « none of them ».

    The weights are shared by the candidates, as in a conditional logit.

    Parameters
    ----------
    penalty : float, default=0.02
        Strength of the L2 penalty on the weights of standardised features.

    Attributes
    ----------
    weights_ : dict of str to float
        Log-odds added by one unit of each feature.
    none_ : float
        Score of « none of them ».

    References
    ----------
    .. [1] McFadden, D. (1974). "Conditional logit analysis of qualitative choice behavior".

    Examples
    --------
    >>> OppositionModel(penalty=0.1).penalty
    0.1
    """

    def __init__(self, penalty: float = 0.02) -> None:
        self.penalty = penalty

    def fit(self, X: Sequence[Edges], y: Sequence[NDArray[np.bool_]]) -> Self:
        """Learn from consultations whose oppositions are known.

        Parameters
        ----------
        X : sequence of Edges
            The candidate pairs of each consultation.
        y : sequence of ndarray of shape (n_edges,)
            Whether the first text of each edge opposes the second.

        Returns
        -------
        Self
            The fitted model.
        """
        features = np.concatenate([part.X for part in X])
        before = np.cumsum([0, *(len(part.X) for part in X[:-1])])
        starts = np.concatenate([part.starts + b for part, b in zip(X, before, strict=True)])
        chosen = np.concatenate(y).astype(np.float64)
        mean, spread = features.mean(axis=0), features.std(axis=0)
        spread[spread < _LEAST_SPREAD] = np.inf  # a constant says nothing
        given = (features - mean) / spread
        found = minimize(
            _loss,
            np.zeros(len(NAMES) + 1),
            args=(given, chosen, starts, self.penalty),
            jac=True,
            method="L-BFGS-B",
        ).x
        slopes = found[:-1] / spread
        self.weights_ = {n: _short(w) for n, w in zip(NAMES, slopes, strict=True)}
        self.none_ = _short(found[-1] + float(mean @ slopes))
        return self

    def predict_proba(self, X: Edges) -> Floats:
        """Return the probability that the first text of each edge opposes the second.

        Parameters
        ----------
        X : Edges
            Candidate pairs.

        Returns
        -------
        ndarray of shape (n_edges,)
            Rounded to four decimals; those of one text sum to one at most.
        """
        check_is_fitted(self, "weights_")
        scores = X.X @ np.array([self.weights_[name] for name in NAMES])
        chances, _ = _chances(scores, self.none_, X.starts)
        rounded: Floats = np.round(chances, _DECIMALS)
        return rounded

    def to_json(self) -> dict[str, object]:
        """Return the weights as JSON values."""
        return {"none": self.none_, "weights": self.weights_}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        """Read what :meth:`to_json` returned.

        Parameters
        ----------
        kept : mapping
            The weights.

        Returns
        -------
        Self
            The fitted model.

        Raises
        ------
        ModelError
            If a feature has no weight.
        """
        model = cls()
        try:
            model.none_ = float(kept["none"])
            model.weights_ = {name: float(kept["weights"][name]) for name in NAMES}
        except (KeyError, TypeError, ValueError) as error:
            raise ModelError(f"opposition weights of another version: {error}") from error
        return model


def _chances(scores: Floats, none: float, starts: Ints) -> tuple[Floats, Floats]:
    """Return the probability of each edge, and that of « none » for each text."""
    sizes = np.diff(np.r_[starts, len(scores)])
    top = np.maximum(np.maximum.reduceat(scores, starts), none)
    odds = np.exp(scores - np.repeat(top, sizes))
    nothing = np.exp(none - top)
    total = np.add.reduceat(odds, starts) + nothing
    return odds / np.repeat(total, sizes), nothing / total


def _loss(
    point: Floats, X: Floats, chosen: Floats, starts: Ints, penalty: float
) -> tuple[float, Floats]:
    """Return the penalised negative log-likelihood per opposing text, and its gradient."""
    weights, none = point[:-1], float(point[-1])
    sizes = np.diff(np.r_[starts, len(X)])
    picked = np.add.reduceat(chosen, starts)
    target = chosen / np.repeat(np.maximum(picked, 1), sizes)
    chances, nothing = _chances(X @ weights, none, starts)
    alone = picked == 0
    likelihood = target @ np.log(chances) + np.log(nothing[alone]).sum()
    n_opposing = max(1, int((~alone).sum()))
    slope = (chances - target) @ X / n_opposing + penalty * weights
    none_slope = (nothing.sum() - alone.sum()) / n_opposing
    loss = -likelihood / n_opposing + penalty * weights @ weights / 2
    return float(loss), np.r_[slope, none_slope]


def _shared_words(texts: Sequence[str], against: Ints, other: Ints) -> Floats:
    """Return the cosine of the TF-IDF vectors of the stems of two texts."""
    positions, compact = np.unique(np.r_[against, other], return_inverse=True)
    vectoriser = TfidfVectorizer(analyzer=_stems)
    try:
        rows = sparse.csr_matrix(vectoriser.fit_transform([texts[i] for i in positions]))
    except ValueError:  # no text holds any word
        return np.zeros(len(against))
    left, right = np.split(compact, 2)
    found: Floats = np.asarray(rows[left].multiply(rows[right]).sum(axis=1)).ravel()
    return np.round(found, _DECIMALS)


@lru_cache(maxsize=20_000)
def _stems(text: str) -> frozenset[str]:
    return frozenset(comparable(standard(text)))


def _places(contexts: Sequence[Context] | None, against: Ints, other: Ints) -> dict[str, Floats]:
    """Return how far apart two notes of a workshop came, in which order, and at which tables."""
    if contexts is None:
        contexts = [Context()] * (int(max(against.max(), other.max())) + 1)
    workshops = _numbered([context.workshop for context in contexts])
    tables = _numbered([context.table for context in contexts])
    ranks = np.array([np.nan if c.position is None else c.position for c in contexts])
    same = _equal(workshops, against, other)
    before = np.where(same, ranks[against] - ranks[other], np.nan)
    ordered = np.isfinite(before)
    gap = np.nan_to_num(before)
    return {
        "distance": np.where(ordered, np.round(np.log1p(np.abs(gap)), _DECIMALS), _USUAL_DISTANCE),
        "after": np.where(ordered, (gap > 0).astype(np.float64), _NO_ORDER),
        "table": (same & _equal(tables, against, other)).astype(np.float64),
    }


def _numbered(names: Sequence[str | None]) -> Ints:
    """Give each name a number; -1 where there is none."""
    numbers = {name: i for i, name in enumerate(sorted({n for n in names if n is not None}))}
    return np.array([-1 if name is None else numbers[name] for name in names], dtype=np.int64)


def _equal(numbers: Ints, against: Ints, other: Ints) -> NDArray[np.bool_]:
    equal: NDArray[np.bool_] = (numbers[against] == numbers[other]) & (numbers[against] >= 0)
    return equal


def _references(
    texts: Sequence[str], contexts: Sequence[Context] | None, against: Ints, other: Ints
) -> Floats:
    """Tell which text another one names: « pas d'accord avec l'interne », « la précédente »."""
    referring = {
        int(i): (_named(texts[i]), _BEFORE.search(standard(texts[i])) is not None)
        for i in np.unique(against)
    }
    found = np.zeros(len(against))
    for edge, (i, j) in enumerate(zip(against.tolist(), other.tolist(), strict=True)):
        named, previous = referring[i]
        by_name = bool(named) and not named.isdisjoint(_stems(texts[j]))
        by_place = previous and contexts is not None and _just_before(contexts[j], contexts[i])
        found[edge] = float(by_name or by_place)
    return found


def _refused(texts: Sequence[str], against: Ints, other: Ints) -> Floats:
    """Return the largest share of what a text says no to that the other one holds."""
    refused = {int(i): refused_objects(texts[i]) for i in np.unique(against)}
    found = np.zeros(len(against))
    for edge, (i, j) in enumerate(zip(against.tolist(), other.tolist(), strict=True)):
        if refused[i]:
            held = _stems(texts[j])
            found[edge] = max(len(stems & held) / len(stems) for stems in refused[i])
    return np.round(found, _DECIMALS)


def _named(text: str) -> frozenset[str]:
    """Return the stems of the words by which a text refers to another one."""
    return frozenset(comparable(" ".join(_REFERENCE.findall(standard(text)))))


def _just_before(context: Context, reference: Context) -> bool:
    if context.workshop is None or context.workshop != reference.workshop:
        return False
    if context.position is None or reference.position is None:
        return False
    return 0 < reference.position - context.position <= _JUST_BEFORE


def _short(number: float) -> float:
    return float(f"{number:.{_SIGNIFICANT}g}")
