"""Two-dimensional coordinates of the texts, reproducible."""

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import eigh

_DECIMALS = 4
_AXES = 2


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
    points = np.zeros((len(vectors), _AXES))
    found = _principal(centred)
    points[:, : found.shape[1]] = found
    reach = np.abs(points).max(axis=0)
    reach[reach < 0.1**_DECIMALS] = np.inf
    points /= reach
    return np.round(points * _signs(points), _DECIMALS) + 0.0


def _principal(centred: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the two largest components, from the products of whatever is less numerous."""
    few = len(centred) < centred.shape[1]
    products = centred @ centred.T if few else centred.T @ centred
    top = len(products) - 1
    squares, axes = eigh(products, subset_by_index=[max(0, top - 1), top])
    largest: NDArray[np.float64] = axes[:, ::-1]
    return largest * np.sqrt(np.maximum(squares[::-1], 0)) if few else centred @ largest


def _signs(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Point each axis towards its furthest text: the sign of a component is arbitrary."""
    furthest = np.argmax(np.round(np.abs(points), _DECIMALS), axis=0)
    signs = np.sign(points[furthest, np.arange(points.shape[1])])
    return np.where(signs == 0, 1.0, signs)
