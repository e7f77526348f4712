"""Discrete-choice model: which candidate a text opposes, or none."""

from collections.abc import Mapping, Sequence
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted

from nlp.exceptions import ModelError
from nlp.oppositions.pair_features import NAMES, Edges, Floats, Ints

_SIGNIFICANT = 5
_DECIMALS = 4
_LEAST_SPREAD = 1e-9


class ChoiceModel(BaseEstimator):
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
    >>> ChoiceModel(penalty=0.1).penalty
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


def _short(number: float) -> float:
    return float(f"{number:.{_SIGNIFICANT}g}")
