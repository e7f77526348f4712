"""Small clusters of unit vectors, by k-means on an even sample of them."""

import numpy as np
from numpy.typing import NDArray
from sklearn.cluster import KMeans, kmeans_plusplus

# Cells are learnt on as many vectors, evenly taken, and hold all of them.
LEARNT = 5000


def small_cells(
    vectors: NDArray[np.float32], n_cells: int, random: np.random.RandomState
) -> NDArray[np.intp]:
    """Cut unit vectors into small cells by k-means.

    Parameters
    ----------
    vectors : ndarray of shape (n_samples, n_features)
        Unit vectors in single precision.
    n_cells : int
        Number of cells; fewer are made when fewer vectors are distinct.
    random : RandomState
        Chooses the first centres.

    Returns
    -------
    ndarray of shape (n_samples,)
        Cell of each vector, numbered from 0 without a gap.

    Examples
    --------
    >>> two = np.repeat(np.eye(2, dtype=np.float32), 2, axis=0)
    >>> cells = small_cells(two, 2, np.random.RandomState(0))
    >>> bool(cells[0] == cells[1] != cells[2] == cells[3])
    True
    """
    learnt = vectors[:: step_for(len(vectors))]
    chosen = kmeans_plusplus(learnt, n_cells, random_state=random)[1]
    # Equal vectors make one cell: k-means would warn of centres that repeat each other.
    distinct = np.unique(learnt[chosen], axis=0, return_index=True)[1]
    centres = learnt[chosen[np.sort(distinct)]]
    model = KMeans(len(centres), init=centres, n_init=1).fit(learnt)
    found = model.labels_ if len(learnt) == len(vectors) else model.predict(vectors)
    cells: NDArray[np.intp] = np.unique(found, return_inverse=True)[1]
    return cells


def step_for(n_samples: int) -> int:
    """Return how far apart the vectors that are learnt from stand.

    Parameters
    ----------
    n_samples : int
        Number of vectors.

    Returns
    -------
    int
        1 up to 5,000 vectors, 2 up to 10,000…

    Examples
    --------
    >>> step_for(5000), step_for(5001)
    (1, 2)
    """
    return max(1, -(-n_samples // LEARNT))
