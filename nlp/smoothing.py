"""Neighbour smoothing: a short text borrows a little of what its nearest texts say."""

from concurrent.futures import ThreadPoolExecutor
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.preprocessing import normalize
from sklearn.utils.validation import check_is_fitted, validate_data

_ROWS_AT_ONCE = 256
_THREADS = 2
# Similarities closer than this are equal: the order of a sum must not choose a neighbour.
_DECIMALS = 6


class NeighbourSmoother(TransformerMixin, BaseEstimator):
    """Move every vector towards the mean of its nearest neighbours, a few times.

    Neighbours are found once, by cosine, among the vectors seen by ``fit``; each step then
    replaces a vector by the unit vector half-way to the mean of its neighbours. Clusters become
    denser and the gaps between them emptier, without the randomness of a projection.

    Parameters
    ----------
    n_neighbors : int, default=10
        Neighbours of each vector besides itself; capped by the number of samples.
    n_steps : int, default=4
        Number of half-steps.

    Attributes
    ----------
    layers_ : tuple of ndarray of shape (n_samples, n_features)
        The fitted vectors before each step; unit vectors.
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

    def __init__(self, n_neighbors: int = 10, n_steps: int = 4) -> None:
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

    def fit_transform(self, X: ArrayLike, y: object = None) -> NDArray[np.float64]:
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
        vectors = normalize(validate_data(self, X, dtype=np.float64))
        nearest = self._nearest(vectors, vectors)
        layers = []
        for _ in range(self.n_steps):
            layers.append(vectors)
            vectors = _half_step(vectors, vectors, nearest)
        self.layers_ = tuple(layers)
        smooth: NDArray[np.float64] = vectors
        return smooth

    def transform(self, X: ArrayLike) -> NDArray[np.float64]:
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
        vectors: NDArray[np.float64] = normalize(
            validate_data(self, X, dtype=np.float64, reset=False)
        )
        if not self.layers_:
            return vectors
        nearest = self._nearest(vectors, self.layers_[0])
        for layer in self.layers_:
            vectors = _half_step(vectors, layer, nearest)
        return vectors

    def _nearest(
        self, vectors: NDArray[np.float64], fitted: NDArray[np.float64]
    ) -> NDArray[np.intp]:
        """Return the positions in ``fitted`` of the neighbours of each vector, itself included."""
        k = min(self.n_neighbors + 1, len(fitted))
        blocks = [
            vectors[start : start + _ROWS_AT_ONCE]
            for start in range(0, len(vectors), _ROWS_AT_ONCE)
        ]
        with ThreadPoolExecutor(_THREADS) as pool:
            return np.concatenate(list(pool.map(lambda b: _most_similar(b, fitted, k), blocks)))


def _most_similar(
    vectors: NDArray[np.float64], fitted: NDArray[np.float64], k: int
) -> NDArray[np.intp]:
    similarity = np.round(vectors @ fitted.T, _DECIMALS)
    # Ties go to the first: a penalty smaller than the rounding makes all values distinct.
    similarity -= np.arange(len(fitted)) * (0.1**_DECIMALS / (2 * len(fitted)))
    nearest = np.argpartition(-similarity, k - 1, axis=1)[:, :k]
    return np.sort(nearest, axis=1)


def _half_step(
    vectors: NDArray[np.float64], fitted: NDArray[np.float64], nearest: NDArray[np.intp]
) -> NDArray[np.float64]:
    mean = np.zeros_like(vectors)
    for column in nearest.T:
        mean += fitted[column]
    moved: NDArray[np.float64] = normalize(vectors + mean / nearest.shape[1])
    return moved
