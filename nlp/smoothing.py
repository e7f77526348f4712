"""Neighbour smoothing of the vectors of short texts."""

from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.preprocessing import normalize
from sklearn.utils.validation import check_is_fitted, validate_data

from nlp.grouped_sums import PRECISIONS, Vectors
from nlp.neighbours import nearest

_APART = -1.0
_PAIR = 2
# So many rows stay in the cache of the processor while their neighbours are added.
_ROWS_AT_ONCE = 256


class NeighbourSmoother(TransformerMixin, BaseEstimator):
    """Move every vector towards the mean of its nearest neighbours, a few times.

    Neighbours are found once, by cosine, among the vectors seen by ``fit``; each step then
    replaces a vector by the unit vector half-way to the mean of its neighbours. Clusters become
    denser and the gaps between them emptier, without the randomness of a projection.

    Parameters
    ----------
    n_neighbors : int, default=10
        Neighbours of each vector besides itself; capped by the number of samples.
    n_steps : int, default=6
        Number of half-steps.

    Attributes
    ----------
    fitted_ : ndarray of shape (n_samples, n_features)
        The fitted vectors before any step; unit vectors.
    neighbours_ : ndarray of shape (n_samples, n_neighbors + 1)
        Positions of the neighbours of each fitted vector, itself among them.
    closeness_ : ndarray of shape (n_samples,)
        Cosine between each fitted vector and the nearest other one; -1 when there is no other.
    n_features_in_ : int
        Number of features seen by ``fit``.

    Notes
    -----
    The same diffusion is used on graphs in [1]_, with the same effect on clusters.

    References
    ----------
    .. [1] Wu, F. et al. (2019). "Simplifying Graph Convolutional Networks". ICML.

    Examples
    --------
    >>> smooth = NeighbourSmoother(n_neighbors=1).fit_transform([[1, 0], [0.9, 0.1], [0, 1]])
    >>> smooth.shape
    (3, 2)
    """

    def __init__(self, n_neighbors: int = 10, n_steps: int = 6) -> None:
        self.n_neighbors = n_neighbors
        self.n_steps = n_steps

    def fit(self, X: ArrayLike, y: object = None) -> Self:
        """Find the neighbours of the rows of ``X`` and smooth them.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
            One vector per text.
        y : None
            Ignored.

        Returns
        -------
        Self
            The fitted estimator.

        Raises
        ------
        ValueError
            If ``n_neighbors`` or ``n_steps`` is negative.
        """
        self.fit_transform(X, y)
        return self

    def fit_transform(self, X: ArrayLike, y: object = None) -> Vectors:
        """Fit to ``X`` and return it smoothed, at the price of one search of neighbours.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
            One vector per text.
        y : None
            Ignored.

        Returns
        -------
        ndarray of shape (n_samples, n_features)
            Unit vectors.
        """
        del y
        if min(self.n_neighbors, self.n_steps) < 0:
            raise ValueError(f"n_neighbors and n_steps cannot be negative, got {self!r}")
        vectors = normalize(validate_data(self, X, dtype=PRECISIONS))
        k = min(max(self.n_neighbors + 1, _PAIR), len(vectors))
        neighbours, similarities = nearest(vectors, vectors, k)
        self.closeness_ = _nearest_other(similarities)
        if not self.n_neighbors:
            neighbours = np.arange(len(vectors))[:, None]
        self.fitted_, self.neighbours_ = vectors, neighbours
        moved: Vectors = vectors
        for _ in range(self.n_steps):
            moved = _half_step(moved, moved, neighbours)
        return moved if self.n_steps else moved.copy()

    def transform(self, X: ArrayLike) -> Vectors:
        """Smooth the rows of ``X`` towards the vectors seen by ``fit``.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
            One vector per text.

        Returns
        -------
        ndarray of shape (n_samples, n_features)
            Unit vectors.
        """
        check_is_fitted(self)
        moved: Vectors = normalize(validate_data(self, X, dtype=PRECISIONS, reset=False))
        k = min(self.n_neighbors + 1, len(self.fitted_))
        neighbours, _ = nearest(moved, self.fitted_, k)
        # The fitted vectors take the same steps again: keeping each would take much memory.
        fitted = self.fitted_
        for _ in range(self.n_steps):
            moved = _half_step(moved, fitted, neighbours)
            fitted = _half_step(fitted, fitted, self.neighbours_)
        return moved


def _nearest_other(similarities: Vectors) -> Vectors:
    """Return the second largest similarity of each row: the largest is that to itself."""
    if similarities.shape[1] < _PAIR:
        return np.full(len(similarities), _APART)
    second: Vectors = np.partition(similarities, -_PAIR, axis=1)[:, -_PAIR]
    return second


def _half_step(vectors: Vectors, fitted: Vectors, neighbours: NDArray[np.intp]) -> Vectors:
    moved = np.empty_like(vectors)
    for start in range(0, len(vectors), _ROWS_AT_ONCE):
        rows = slice(start, start + _ROWS_AT_ONCE)
        total = np.zeros_like(vectors[rows])
        for column in neighbours[rows].T:
            total += fitted[column]
        total /= neighbours.shape[1]
        total += vectors[rows]
        moved[rows] = normalize(total, copy=False)
    return moved
