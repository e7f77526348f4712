"""The probability that two notes ask for the same thing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.linear_model import LogisticRegression
from sklearn.utils.validation import check_is_fitted

from nlp.exceptions import ModelError
from nlp.similarity.features import NAMES, features, same_workshop
from nlp.similarity.population import Population
from nlp.similarity.profiles import Profiles
from nlp.similarity.subject_space import Floats

_SIGNIFICANT = 6


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic regression on raw features, as people can read it.

    Attributes
    ----------
    intercept : float
        Log-odds of a pair whose features are all null.
    coefficients : mapping of str to float
        Log-odds added by one unit of each feature.
    """

    intercept: float
    coefficients: Mapping[str, float]


class PairModel(ClassifierMixin, BaseEstimator):
    """Logistic regressions on the evidence about a pair: inside a workshop, and elsewhere.

    The features are standardised, and the penalty is the same for all.

    Parameters
    ----------
    C : float, default=0.01
        Inverse strength of the penalty.

    Attributes
    ----------
    inside_, elsewhere_ : Weights
        For two notes of a workshop, and of two workshops.
    classes_ : ndarray of shape (2,)
        False and True.
    """

    def __init__(self, C: float = 0.01) -> None:
        self.C = C

    def fit(self, X: Floats, y: NDArray[np.bool_], inside: NDArray[np.bool_]) -> Self:
        """Learn from labelled pairs.

        Parameters
        ----------
        X : ndarray of shape (n_pairs, n_features)
            Features in the order of :data:`nlp.similarity.features.NAMES`.
        y : ndarray of shape (n_pairs,)
            Whether a person put the two notes together.
        inside : ndarray of shape (n_pairs,)
            Whether they are of one workshop.

        Returns
        -------
        Self
            The fitted model.
        """
        self.classes_ = np.array([False, True])
        self.inside_ = self._fitted(X[inside], y[inside])
        others = X[~inside], y[~inside]
        self.elsewhere_ = self._fitted(*others) if others[1].any() else self.inside_
        return self

    def probabilities(
        self, rows: Profiles, known: Population, own: NDArray[np.int64] | None = None
    ) -> Floats:
        """Return the probability that each note belongs with each of a population.

        Parameters
        ----------
        rows : Profiles
            Notes.
        known : Population
            The notes that they are compared with.
        own : ndarray of shape (n_rows,) or None, default=None
            Position of each row in the population; None for late notes.

        Returns
        -------
        ndarray of shape (n_rows, n_notes)
            Probabilities, rounded to six decimals; 1 for a note and itself.
        """
        check_is_fitted(self, "inside_")
        same = same_workshop(rows, known)
        inside = np.full(same.shape, self.inside_.intercept)
        elsewhere = np.full(same.shape, self.elsewhere_.intercept)
        for name, values in features(rows, known, own):
            inside += self.inside_.coefficients[name] * values
            elsewhere += self.elsewhere_.coefficients[name] * values
        odds = np.where(same, inside, elsewhere)
        found = np.round(1 / (1 + np.exp(-odds)), _SIGNIFICANT)
        if own is not None:
            found[np.arange(len(own)), own] = 1
        return found.astype(np.float32)

    def to_json(self) -> dict[str, object]:
        """Return the weights as JSON values."""
        return {
            name: {"intercept": w.intercept, "coefficients": dict(w.coefficients)}
            for name, w in (("inside", self.inside_), ("elsewhere", self.elsewhere_))
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Mapping[str, object]]) -> Self:
        """Read what :meth:`to_json` returned.

        Parameters
        ----------
        kept : mapping
            The two sets of weights.

        Returns
        -------
        Self
            The fitted model.

        Raises
        ------
        ModelError
            If a feature of this version has no weight.
        """
        model = cls()
        model.classes_ = np.array([False, True])
        model.inside_, model.elsewhere_ = (_read(kept[name]) for name in ("inside", "elsewhere"))
        return model

    def _fitted(self, X: Floats, y: NDArray[np.bool_]) -> Weights:
        mean, spread = X.mean(axis=0), X.std(axis=0)
        spread[spread == 0] = np.inf  # a constant says nothing
        found = LogisticRegression(C=self.C, max_iter=1000).fit((X - mean) / spread, y)
        slopes = found.coef_[0] / spread
        intercept = float(found.intercept_[0] - slopes @ mean)
        rounded = {
            name: float(f"{slope:.{_SIGNIFICANT}g}")
            for name, slope in zip(NAMES, slopes.tolist(), strict=True)
        }
        return Weights(float(f"{intercept:.{_SIGNIFICANT}g}"), rounded)


def _read(kept: Any) -> Weights:  # noqa: ANN401 - checked here
    try:
        coefficients = {name: float(kept["coefficients"][name]) for name in NAMES}
        return Weights(float(kept["intercept"]), coefficients)
    except (KeyError, TypeError, ValueError) as error:
        raise ModelError(f"weights of another version: {error}") from error
