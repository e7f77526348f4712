"""Dominant singular subspace of many vectors, by randomised power iteration."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import qr
from scipy.sparse import csr_array, issparse

# Fewer texts are decomposed as they are.
FEW = 600
# More steps would lose the shortest axes in single precision.
_STEPS = 3


def main_axes(
    vectors: Any,  # noqa: ANN401 - an array, or a sparse matrix, and scipy has no types
    n_axes: int,
    seed: int,
) -> NDArray[np.float32]:
    """Return an orthonormal basis of the directions in which ``vectors`` are longest.

    Power iteration of a subspace [1]_, made orthonormal at the end. The axes inside it are in no
    order: what is compared by cosines does not change when all of it turns.

    Parameters
    ----------
    vectors : ndarray or sparse matrix of shape (n_samples, n_features), float32
        Vectors, at least as many as axes.
    n_axes : int
        Number of axes, at most ``n_features``.
    seed : int
        Seed of the directions to begin with: sums of vectors, signs drawn.

    Returns
    -------
    ndarray of shape (n_features, n_axes)
        Orthonormal columns.

    References
    ----------
    .. [1] Halko, N., Martinsson, P.-G. and Tropp, J. (2011). "Finding structure with randomness".
       SIAM Review 53, 4.5.

    Examples
    --------
    >>> flat = np.array([[3, 0, 1], [0, 2, 0], [1, 2, 0.01]], dtype=np.float32)
    >>> axes = main_axes(flat, 2, seed=0)
    >>> axes.shape, bool(np.allclose(axes.T @ axes, np.eye(2), atol=1e-5))
    ((3, 2), True)
    """
    basis = _sums(vectors, n_axes, seed)
    if issparse(vectors):
        basis, across = basis.toarray(), vectors.T.tocsr()
        for _ in range(_STEPS):
            basis = across @ (vectors @ basis)
    else:
        products = vectors.T @ vectors
        for _ in range(_STEPS):
            basis = products @ basis
    axes: NDArray[np.float32] = qr(basis, mode="economic", overwrite_a=True)[0]
    return axes


def _sums(vectors: Any, n_axes: int, seed: int) -> Any:  # noqa: ANN401 - as above
    """Return sums of vectors with drawn signs, in columns: each vector is in one of them."""
    rows = np.arange(vectors.shape[0])
    signs = np.random.default_rng(seed).choice(np.array([-1, 1], dtype=np.float32), len(rows))
    shape = (n_axes, len(rows))
    return (csr_array((signs, (rows % n_axes, rows)), shape=shape) @ vectors).T
