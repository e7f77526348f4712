"""The probability that a note belongs to a group, from its pairs with the members."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Self

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator
from sklearn.linear_model import LogisticRegression
from sklearn.utils.validation import check_is_fitted

from nlp.exceptions import ModelError
from nlp.group_ranking import membership
from nlp.similarity.subject_space import Floats

NAMES = ("nearest", "nearest_three", "all_members")
_THREE = 3
_LEAST = 1e-4
_DECIMALS = 6
_NOT_A_MEMBER = -1


class GroupModel(BaseEstimator):
    """Logistic regression on the pair probabilities of a note and the members of a group.

    The features are the log-odds of the nearest member, of the mean of the nearest three, and of
    the mean of all, so that neither a large group nor one lucky pair decides alone.

    Attributes
    ----------
    intercept_ : float
        Log-odds where all the features are null.
    coef_ : ndarray of shape (3,)
        Log-odds added by one unit of each feature, in the order of ``NAMES``.
    """

    def fit(self, X: Floats, y: NDArray[np.bool_]) -> Self:
        """Learn from notes and groups.

        Parameters
        ----------
        X : ndarray of shape (n_cases, 3)
            Rows of :func:`evidence`.
        y : ndarray of shape (n_cases,)
            Whether the note belongs to the group.

        Returns
        -------
        Self
            The fitted model.
        """
        found = LogisticRegression(C=1.0, max_iter=1000).fit(X, y)
        self.intercept_ = round(float(found.intercept_[0]), _DECIMALS)
        self.coef_ = np.round(found.coef_[0], _DECIMALS)
        return self

    def probabilities(self, pairs: Floats, labels: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return the probability that each note belongs to each group, itself left out.

        Parameters
        ----------
        pairs : ndarray of shape (n_notes, n_members)
            Pair probabilities of the notes and the members; where a note is a member, the two
            have the same position.
        labels : ndarray of shape (n_members,)
            Group of each member, from 0; -1 for none.

        Returns
        -------
        ndarray of shape (n_notes, n_groups)
            Probabilities, rounded to six decimals; 0 for the group of a note alone in it.
        """
        check_is_fitted(self)
        n_groups = int(labels.max(initial=-1)) + 1
        found = np.zeros((len(pairs), n_groups))
        for group in range(n_groups):
            members = np.flatnonzero(labels == group)
            if not len(members):
                continue
            rows = evidence(pairs, members)
            others = np.isfinite(rows[:, 0])  # a note alone in the group has no evidence
            odds = self.intercept_ + rows[others] @ self.coef_
            found[others, group] = 1 / (1 + np.exp(-odds))
        rounded: NDArray[np.float64] = np.round(found, _DECIMALS)
        return rounded

    def probability(self, pairs: Floats) -> float:
        """Return the probability that one note belongs to one group.

        Parameters
        ----------
        pairs : ndarray of shape (n_members,)
            Pair probabilities of the note and each member.

        Returns
        -------
        float
            Probability, rounded to six decimals.
        """
        check_is_fitted(self)
        return membership(pairs.tolist(), self.to_json())

    def to_json(self) -> dict[str, float]:
        """Return the weights as JSON values."""
        return {"intercept": self.intercept_, **dict(zip(NAMES, self.coef_.tolist(), strict=True))}

    @classmethod
    def from_json(cls, kept: Mapping[str, float]) -> Self:
        """Read what :meth:`to_json` returned.

        Parameters
        ----------
        kept : mapping of str to float
            The weights.

        Returns
        -------
        Self
            The fitted model.

        Raises
        ------
        ModelError
            If a weight is missing.
        """
        model = cls()
        try:
            model.intercept_ = float(kept["intercept"])
            model.coef_ = np.array([float(kept[name]) for name in NAMES])
        except (KeyError, TypeError, ValueError) as error:
            raise ModelError(f"weights of another version: {error}") from error
        return model


def evidence(pairs: Floats, members: NDArray[np.intp]) -> NDArray[np.float64]:
    """Return the features of each note and one group, the note itself left out.

    Parameters
    ----------
    pairs : ndarray of shape (n_notes, n_members)
        Pair probabilities; where a note is a member, the two have the same position.
    members : ndarray of int
        Positions of the members of the group.

    Returns
    -------
    ndarray of shape (n_notes, 3)
        Log-odds in the order of ``NAMES``; minus infinity for a note alone in the group.
    """
    inside = pairs[:, members].astype(np.float64)
    counts = np.full(len(pairs), len(members))
    inside[members, np.arange(len(members))] = _NOT_A_MEMBER
    counts[members] -= 1
    ranked = -np.sort(-inside, axis=1)
    three = np.arange(min(_THREE, len(members)))
    kept = np.maximum(np.minimum(len(three), counts), 1)
    top = np.where(three[None] < kept[:, None], ranked[:, : len(three)], 0).sum(axis=1) / kept
    mean = np.maximum(inside, 0).sum(axis=1) / np.maximum(counts, 1)
    odds = np.column_stack([_log_odds(ranked[:, 0]), _log_odds(top), _log_odds(mean)])
    odds[counts == 0] = -np.inf
    return odds


def cases(
    pairs: Floats, labels: Sequence[str], alone: Iterable[str] = ()
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return one training case for each note and each group of a hand grouping.

    Parameters
    ----------
    pairs : ndarray of shape (n_notes, n_notes)
        Pair probabilities.
    labels : sequence of str
        Hand group of each note.
    alone : iterable of str, default=()
        Labels that are no group.

    Returns
    -------
    tuple of ndarray of shape (n_cases, 3) and ndarray of shape (n_cases,)
        Features, and whether the note belongs to the group.
    """
    known = np.array(labels)
    rows, belongs = [], []
    for group in sorted(set(labels) - set(alone)):
        found = evidence(pairs, np.flatnonzero(known == group))
        usable = np.isfinite(found[:, 0])
        rows.append(found[usable])
        belongs.append((known == group)[usable])
    return np.concatenate(rows), np.concatenate(belongs)


def _log_odds(shares: NDArray[np.float64]) -> NDArray[np.float64]:
    bounded = np.clip(shares, _LEAST, 1 - _LEAST)
    odds: NDArray[np.float64] = np.log(bounded / (1 - bounded))
    return odds
