"""Small spherical clusters: k-means seeded on unit vectors."""

import numpy as np
from numpy.typing import NDArray
from sklearn.cluster import KMeans

# Cells are learnt on as many vectors, evenly taken, and hold all of them.
LEARNT = 5000
_NEAR = 1e-4


def small_cells(
    vectors: NDArray[np.float32], n_cells: int, random: np.random.RandomState
) -> NDArray[np.intp]:
    """Cut unit vectors into small cells by k-means.

    Parameters
    ----------
    vectors : ndarray of shape (n_samples, n_features)
        Unit vectors in single precision.
    n_cells : int
        Number of cells; no more than there are distinct vectors.
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
    seeds = first_centres(learnt, n_cells, random)
    model = KMeans(len(seeds), init=learnt[seeds], n_init=1).fit(learnt)
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


def first_centres(
    vectors: NDArray[np.float32], n_cells: int, random: np.random.RandomState
) -> NDArray[np.intp]:
    """Choose distant vectors to begin with: greedy k-means++.

    scikit-learn's own makes the same choices; the vectors are units here, so that one product
    gives their distances, several times faster.

    Parameters
    ----------
    vectors : ndarray of shape (n_samples, n_features)
        Unit vectors.
    n_cells : int
        How many to choose.
    random : RandomState
        Draws them.

    Returns
    -------
    ndarray of shape (n_cells,)
        Positions in ``vectors``; fewer when the others repeat those.

    References
    ----------
    .. [1] Arthur, D. and Vassilvitskii, S. (2007). "k-means++: the advantages of careful
       seeding". SODA.
    """
    n_trials = 2 + int(np.log(n_cells))
    chosen = [int(random.choice(len(vectors), p=np.full(len(vectors), 1 / len(vectors))))]
    away = _squares(vectors, chosen)[:, 0]
    for _ in range(1, n_cells):
        reached = np.cumsum(away, dtype=np.float64)
        if reached[-1] <= 0:
            break
        draws = random.uniform(size=n_trials) * reached[-1]
        trials = np.minimum(np.searchsorted(reached, draws), len(vectors) - 1)
        closer = np.minimum(_squares(vectors, trials), away[:, None])
        best = int(np.argmin(closer.sum(axis=0, dtype=np.float64)))
        chosen.append(int(trials[best]))
        away = closer[:, best]
    return np.array(chosen, dtype=np.intp)


def _squares(
    vectors: NDArray[np.float32], centres: NDArray[np.intp] | list[int]
) -> NDArray[np.float32]:
    """Return the squared distance of each vector to each centre, never below zero."""
    squares: NDArray[np.float32] = 2 - 2 * (vectors @ vectors[centres].T)
    # Near zero, only the difference itself tells whether two vectors are the same.
    rows, columns = np.nonzero(squares < _NEAR)
    apart = vectors[rows] - vectors[np.asarray(centres)[columns]]
    squares[rows, columns] = np.einsum("ij,ij->i", apart, apart)
    return squares
