"""Self-training: a ridge classifier fitted on the clusters places each text."""

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import solve
from sklearn.preprocessing import normalize

from nlp.clustering import centroids
from nlp.grouped_sums import Vectors, sums_by

_PENALTY = 1.0
# How much the nearest smoothed centre counts beside what was learned.
_CENTRE = 0.25
_MOST_ROUNDS = 10
_DECIMALS = 6


def self_trained(
    labels: NDArray[np.intp],
    raw: Vectors,
    smooth: Vectors,
    *,
    keep_all: bool,
    fixed: NDArray[np.bool_] | None = None,
) -> NDArray[np.intp]:
    """Place each text in the cluster that the other texts teach, until nothing moves.

    A ridge regression learns the clusters from the vectors before smoothing. Each text is judged
    by what was learned without it, which least squares give at no cost [1]_; its nearest smoothed
    centre counts for a quarter beside. A cluster that its own members do not recognise empties.

    Parameters
    ----------
    labels : ndarray of shape (n_samples,)
        Clusters numbered from 0 without a gap.
    raw : ndarray of shape (n_samples, n_features)
        Vectors before smoothing.
    smooth : ndarray of shape (n_samples, n_smooth_features)
        Unit vectors, smoothed.
    keep_all : bool
        Stop before a cluster empties: so many were asked for.
    fixed : ndarray of shape (n_samples,) or None, default=None
        Samples that a human placed: they teach, and never move.

    Returns
    -------
    ndarray of shape (n_samples,)
        Clusters as they were numbered; some may be empty.

    References
    ----------
    .. [1] Cook, R. D. and Weisberg, S. (1982). "Residuals and Influence in Regression",
       2.2: the residual without a sample is the residual divided by one minus its leverage.

    Examples
    --------
    >>> raw = np.array([[1.0, 0.0], [0.9, 0.1], [0.8, 0.2], [0.0, 1.0], [0.1, 0.9]])
    >>> self_trained(np.array([0, 0, 1, 1, 1]), raw, raw, keep_all=True)
    array([0, 0, 0, 1, 1])
    """
    vectors, weights = _ridge(raw)
    leverage = np.einsum("ij,ij->i", vectors, weights)
    rows = np.arange(len(vectors))
    names = np.arange(labels.max(initial=0) + 1)
    for _ in range(_MOST_ROUNDS):
        if len(names) == 1:
            break
        scores = vectors @ sums_by(labels, weights).T
        scores[rows, labels] -= leverage
        scores /= 1 - leverage[:, None]
        scores += _CENTRE * (smooth @ centroids(smooth, labels).T)
        best = np.argmax(np.round(scores, _DECIMALS), axis=1)
        best = best if fixed is None else np.where(fixed, labels, best)
        kept, placed = np.unique(best, return_inverse=True)
        if (keep_all and len(kept) < scores.shape[1]) or np.array_equal(placed, labels):
            break
        labels, names = placed, names[kept]
    return names[labels]


def _ridge(raw: Vectors) -> tuple[Vectors, Vectors]:
    """Return the unit vectors, and what each adds to the coefficients of its cluster.

    With fewer vectors than features, the products of the vectors say the same and are smaller:
    what each vector is judged by is then written on the vectors themselves.
    """
    vectors: Vectors = normalize(raw)
    n_samples, n_features = vectors.shape
    if n_samples < n_features:
        products = (vectors @ vectors.T).astype(np.float64)
        judged = products @ _inverse(products)
        return judged.astype(raw.dtype), np.eye(n_samples, dtype=raw.dtype)
    return vectors, vectors @ _inverse(vectors.T @ vectors).astype(vectors.dtype)


def _inverse(products: Vectors) -> NDArray[np.float64]:
    eye = np.eye(len(products))
    inverse: NDArray[np.float64] = solve(products + _PENALTY * eye, eye, assume_a="pos")
    return inverse
