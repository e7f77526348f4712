"""Cosine silhouette, exact, in linear time."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from nlp.grouped_sums import Vectors, sums_by


def silhouettes(
    vectors: Vectors,
    cells: NDArray[np.intp],
    cuts: Sequence[NDArray[np.intp]],
    *,
    step: int = 1,
) -> list[float]:
    """Return the mean silhouette, for the cosine distance, of each way to merge the cells.

    The mean cosine distance from a vector to a cluster is one minus its product with the mean of
    the cluster: no matrix of pairs is needed, and the products with the cells serve every cut.

    Parameters
    ----------
    vectors : ndarray of shape (n_samples, n_features)
        Unit vectors.
    cells : ndarray of shape (n_samples,)
        Cell of each vector, numbered from 0 without a gap.
    cuts : sequence of ndarray of shape (n_cells,)
        Cluster of each cell, numbered from 0 without a gap.
    step : int, default=1
        Only each ``step``-th vector is judged, beside all the others.

    Returns
    -------
    list of float
        Mean silhouettes in [-1, 1]; 0 counts for the only member of a cluster, and -1 is given
        for a single cluster and for clusters of one member only.

    References
    ----------
    .. [1] Rousseeuw, P. J. (1987). "Silhouettes". J. Comput. Appl. Math. 20, 53-65.

    Examples
    --------
    >>> four = np.array([0, 1, 2, 3])
    >>> silhouettes(np.repeat(np.eye(2), 2, axis=0), four, [np.array([0, 0, 1, 1])])
    [1.0]
    """
    judged = vectors[::step].astype(np.float64)
    squares = np.einsum("ij,ij->i", judged, judged)
    with_cells = sums_by(cells, vectors).astype(np.float64) @ judged.T
    places = cells[::step]
    return [
        _mean(sums_by(cut, with_cells), np.bincount(cut[cells]), cut[places], squares)
        for cut in cuts
    ]


def _mean(
    products: Vectors,
    counts: NDArray[np.intp],
    labels: NDArray[np.intp],
    squares: NDArray[np.float64],
) -> float:
    """Return the mean silhouette from the product of each cluster with each vector."""
    sizes = counts.astype(np.float64)
    if not 1 < len(sizes) < counts.sum():
        return -1.0
    rows = np.arange(len(labels))
    others = np.maximum(sizes[labels] - 1, 1)
    within = 1 - (products[labels, rows] - squares) / others
    between = 1 - products / sizes[:, None]
    between[labels, rows] = np.inf
    nearest = between.min(axis=0)
    widest = np.maximum(np.maximum(within, nearest), np.finfo(float).tiny)
    values = np.where(sizes[labels] > 1, (nearest - within) / widest, 0.0)
    return float(values.mean())
