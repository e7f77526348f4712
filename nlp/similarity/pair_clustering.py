"""Groups of notes from the probabilities of their pairs."""

from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform
from sklearn.base import BaseEstimator, ClusterMixin

from nlp.options import AUTO
from nlp.similarity.subject_space import Floats

_ROUNDS = 30
_DECIMALS = 6
_ALONE = 2


class PairClusterer(ClusterMixin, BaseEstimator):
    """Correlation clustering: pairs above a threshold attract, the others repel.

    Average linkage gives the first groups; then single notes move, and whole groups join, as long
    as the sum over the pairs put together of ``sqrt(p) - sqrt(threshold)`` grows. The number of
    groups follows from the probabilities, and a note that nobody attracts stays alone.

    Parameters
    ----------
    threshold : float, default=0.12
        Probability at which a pair neither attracts nor repels.
    n_clusters : int or "auto", default="auto"
        Number of groups of two notes or more to come near to, instead of the threshold.

    Attributes
    ----------
    labels_ : ndarray of shape (n_notes,)
        Groups, numbered by their first note after the groups given; a note alone has a group.

    References
    ----------
    .. [1] Bansal, N., Blum, A. and Chawla, S. (2004). "Correlation clustering". Machine Learning
       56.
    """

    def __init__(self, threshold: float = 0.12, n_clusters: int | str = AUTO) -> None:
        self.threshold = threshold
        self.n_clusters = n_clusters

    def fit(self, X: Floats, y: NDArray[np.int64] | None = None) -> Self:
        """Group notes, around the groups that people made.

        Parameters
        ----------
        X : ndarray of shape (n_notes, n_notes)
            Symmetric pair probabilities.
        y : ndarray of shape (n_notes,) or None, default=None
            Group that a person gave to each note; -1 for none. Nobody leaves such a group, and
            two of them never join.

        Returns
        -------
        Self
            The fitted clusterer.
        """
        taught = np.full(len(X), -1) if y is None else np.asarray(y)
        attraction = np.round(np.sqrt(X.astype(np.float64)) - self.threshold**0.5, _DECIMALS)
        np.fill_diagonal(attraction, 0)
        labels = self._first_groups(X, taught)
        if self.n_clusters == AUTO:
            for _ in range(_ROUNDS):
                before = labels.copy()
                moved = _move(attraction, labels, taught >= 0)
                labels = _join(attraction, moved, _n_taught(taught))
                if (labels == before).all():
                    break
        self.labels_ = _numbered(labels, _n_taught(taught))
        return self

    def _first_groups(self, X: Floats, taught: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the groups of people, then those of average linkage among the others."""
        labels = taught.astype(np.int64).copy()
        free = np.flatnonzero(taught < 0)
        if len(free) < _ALONE:
            labels[free] = _n_taught(taught)
            return labels
        distances = 1 - np.sqrt(X[np.ix_(free, free)].astype(np.float64))
        np.fill_diagonal(distances, 0)
        tree = linkage(squareform(np.round(distances, _DECIMALS), checks=False), "average")
        found = fcluster(tree, self._height(tree, len(free)), "distance")
        labels[free] = _n_taught(taught) + found - 1
        return labels

    def _height(self, tree: NDArray[np.float64], n_notes: int) -> float:
        """Return where to cut: at the threshold, or where about as many groups are as wanted."""
        if self.n_clusters == AUTO:
            return 1.0 - float(self.threshold**0.5)
        sizes = np.concatenate([np.ones(n_notes), tree[:, 3]])
        groups, best = 0, (n_notes, 0.0)
        for left, right, height, _ in tree:
            groups += 1 - (sizes[int(left)] > 1) - (sizes[int(right)] > 1)
            best = min(best, (abs(groups - int(self.n_clusters)), -float(height)))
        return float(-best[1])


def _n_taught(taught: NDArray[np.int64]) -> int:
    return int(taught.max(initial=-1)) + 1


def _move(
    attraction: NDArray[np.float64], labels: NDArray[np.int64], fixed: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """Move notes one by one to the group that attracts them most, or alone."""
    labels = labels.copy()
    n_notes = len(labels)
    totals = np.zeros((n_notes, 2 * n_notes + 1))
    np.add.at(totals.T, labels, attraction)
    empty = int(labels.max(initial=-1)) + 1
    for i in np.flatnonzero(~fixed):
        gains = np.round(totals[i, : empty + 1], _DECIMALS)
        best = int(np.argmax(gains))
        if gains[best] <= 0:
            best = empty
        if best == labels[i] or gains[best] <= max(gains[labels[i]], -np.inf):
            continue
        totals[:, labels[i]] -= attraction[:, i]
        totals[:, best] += attraction[:, i]
        labels[i] = best
        empty += best == empty
    return labels


def _join(
    attraction: NDArray[np.float64], labels: NDArray[np.int64], n_taught: int
) -> NDArray[np.int64]:
    """Join the two groups that attract each other most, while any two do."""
    names, labels = np.unique(labels, return_inverse=True)
    human = names < n_taught
    belongs = np.eye(len(names))[labels]
    gains = belongs.T @ attraction @ belongs
    gains[np.ix_(human, human)] = -np.inf
    np.fill_diagonal(gains, -np.inf)
    current = np.arange(len(names))
    while gains.size:
        best = int(np.argmax(np.round(gains, _DECIMALS)))
        kept, gone = sorted(divmod(best, len(names)))
        if gains[kept, gone] <= 10.0**-_DECIMALS:
            break
        gains[kept] += gains[gone]
        gains[:, kept] = gains[kept]
        gains[gone] = gains[:, gone] = -np.inf
        gains[kept, kept] = -np.inf
        human[kept] |= human[gone]
        if human[kept]:
            gains[kept, human] = gains[human, kept] = -np.inf
        current[current == gone] = kept
    joined: NDArray[np.int64] = names[current[labels]]
    return joined


def _numbered(labels: NDArray[np.int64], n_taught: int) -> NDArray[np.int64]:
    """Give the groups of the machine numbers after those of people, by their first note."""
    others = labels[labels >= n_taught]
    order = dict.fromkeys(others.tolist())
    number = {label: n_taught + rank for rank, label in enumerate(order)}
    return np.array([number.get(int(label), int(label)) for label in labels], dtype=np.int64)
