"""Exact nearest neighbours, computed by blocks."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from nlp.grouped_sums import Vectors

_ROWS_AT_ONCE = 512
_THREADS = 2
# Columns are compared by groups of this size: a neighbour is in a group with a large maximum.
_GROUP = 32
# Candidates are found in single precision: a few more than wanted, for the last bits.
_SPARE = 5
# Similarities closer than this are equal: the order of a sum must not choose a neighbour.
_DECIMALS = 6


def nearest(vectors: Vectors, fitted: Vectors, k: int) -> tuple[NDArray[np.intp], Vectors]:
    """Find the ``k`` rows of ``fitted`` that are closest to each row of ``vectors``, by cosine.

    Parameters
    ----------
    vectors : ndarray of shape (n_vectors, n_features)
        Unit vectors.
    fitted : ndarray of shape (n_fitted, n_features)
        Unit vectors.
    k : int
        Number of neighbours, from 1 to ``n_fitted``.

    Returns
    -------
    neighbours : ndarray of shape (n_vectors, k)
        Positions in ``fitted``, increasing; equal similarities go to the first.
    similarities : ndarray of shape (n_vectors, k)
        Their cosines, rounded to six decimals, in the same order.

    Examples
    --------
    >>> nearest(np.array([[1.0, 0.0]]), np.array([[0.0, 1.0], [0.6, 0.8]]), 1)
    (array([[1]]), array([[0.6]]))
    """
    n_groups = -(-len(fitted) // _GROUP)
    columns = np.zeros((fitted.shape[1], _GROUP * n_groups), dtype=np.float32)
    columns[:, : len(fitted)] = fitted.T
    blocks = [
        vectors[start : start + _ROWS_AT_ONCE] for start in range(0, len(vectors), _ROWS_AT_ONCE)
    ]
    with ThreadPoolExecutor(_THREADS) as pool:
        found = list(pool.map(lambda block: _nearest(block, fitted, columns, k), blocks))
    return np.concatenate([rows for rows, _ in found]), np.concatenate([near for _, near in found])


def _nearest(
    vectors: Vectors, fitted: Vectors, columns: NDArray[np.float32], k: int
) -> tuple[NDArray[np.intp], Vectors]:
    """Rank the candidates of each vector by their exact similarity."""
    similarity = vectors.astype(np.float32, copy=False) @ columns
    similarity[:, len(fitted) :] = -np.inf
    candidates = _candidates(similarity, min(k + _SPARE, len(fitted)))
    exact = np.round(np.einsum("ij,icj->ic", vectors, fitted[candidates]), _DECIMALS)
    # Ties go to the first: candidates are in order, and a stable sort keeps them so.
    best = np.sort(np.argsort(-exact, axis=1, kind="stable")[:, :k], axis=1)
    return np.take_along_axis(candidates, best, 1), np.take_along_axis(exact, best, 1)


def _candidates(similarity: NDArray[np.float32], wanted: int) -> NDArray[np.intp]:
    """Return the positions of the ``wanted`` largest values of each row, increasing.

    The largest values lie in the groups with the largest maxima: taking a maximum is many times
    faster than sorting, and few columns are left to sort. A row is a whole number of groups.
    """
    n_rows, n_columns = similarity.shape
    n_groups = n_columns // _GROUP
    if n_groups <= wanted:
        return np.sort(np.argpartition(-similarity, wanted - 1, axis=1)[:, :wanted], axis=1)
    grouped = similarity.reshape(n_rows, _GROUP, n_groups)
    groups = np.argpartition(-grouped.max(axis=1), wanted - 1, axis=1)[:, :wanted]
    inside = np.take_along_axis(grouped, groups[:, None, :], axis=2).reshape(n_rows, -1)
    best = np.argpartition(-inside, wanted - 1, axis=1)[:, :wanted]
    member, group = np.divmod(best, wanted)
    return np.sort(member * n_groups + np.take_along_axis(groups, group, axis=1), axis=1)
