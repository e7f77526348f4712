"""Sums of rows by group, as one sparse product."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

# Single or double precision: what is measured in one stays in it.
Vectors = NDArray[np.floating[Any]]
PRECISIONS = [np.float64, np.float32]


def sums_by(labels: NDArray[np.intp], rows: Vectors) -> Vectors:
    """Return the sum of the rows of each group.

    Parameters
    ----------
    labels : ndarray of shape (n_rows,)
        Group of each row, numbered from 0; rows with a negative label are left out.
    rows : ndarray of shape (n_rows, n_columns)
        What is added up, in the order of the rows.

    Returns
    -------
    ndarray of shape (n_groups, n_columns)
        Sums, in the precision of the rows.

    Examples
    --------
    >>> sums_by(np.array([1, 0, 1, -1]), np.array([[1.0], [2.0], [3.0], [9.0]])).tolist()
    [[2.0], [4.0]]
    """
    inside = np.flatnonzero(labels >= 0)
    shape = (int(labels.max()) + 1, len(labels))
    ones = np.ones(len(inside), dtype=rows.dtype)
    membership = csr_array((ones, (labels[inside], inside)), shape=shape)
    sums: Vectors = membership @ rows
    return sums
