"""A map of the texts: two coordinates, the same at every run."""

import numpy as np
from numpy.typing import NDArray
from sklearn.utils.extmath import randomized_svd

_DECIMALS = 4


def coordinates(vectors: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the two first principal components of ``vectors``, scaled to [-1, 1].

    Parameters
    ----------
    vectors : ndarray of shape (n_samples, n_features)
        Vectors.

    Returns
    -------
    ndarray of shape (n_samples, 2)
        Coordinates; zeros where there is nothing to tell texts apart.

    Examples
    --------
    >>> coordinates(np.array([[1.0, 0.0], [0.0, 1.0]])).tolist()
    [[1.0, 0.0], [-1.0, 0.0]]
    """
    centred = vectors - vectors.mean(axis=0)
    # The map is only looked at: a few iterations of the power method are enough.
    lines, sizes, _ = randomized_svd(centred, 2, random_state=0)
    points = np.zeros((len(vectors), 2))
    points[:, : len(sizes)] = lines * sizes
    reach = np.abs(points).max(axis=0)
    reach[reach < 0.1**_DECIMALS] = np.inf
    points /= reach
    return np.round(points * _signs(points), _DECIMALS) + 0.0


def _signs(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Point each axis towards its furthest text: the sign of a component is arbitrary."""
    furthest = np.argmax(np.round(np.abs(points), _DECIMALS), axis=0)
    signs = np.sign(points[furthest, np.arange(points.shape[1])])
    return np.where(signs == 0, 1.0, signs)
