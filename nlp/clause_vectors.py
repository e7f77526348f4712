"""Sentence vectors of clauses, cached between analyses."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from nlp.bounded_cache import BoundedCache
from nlp.encoders import DIMENSIONS, embed

# About 16 MB: the clauses of some hundreds of notes.
_known = BoundedCache[str, NDArray[np.float32]](4_000)


def embed_clauses(clauses: Sequence[str]) -> NDArray[np.float32]:
    """Return what :func:`nlp.encoders.embed` returns, without encoding a known clause again.

    Parameters
    ----------
    clauses : sequence of str
        Clauses of notes.

    Returns
    -------
    ndarray of shape (n_clauses, 1024)
        Unit vectors, the same whichever were known.

    Examples
    --------
    >>> embed_clauses(["un bus le soir", "un bus le soir"]).shape
    (2, 1024)
    """
    kept = {clause: _known.get(clause) for clause in clauses}
    rows = {clause: row for clause, row in kept.items() if row is not None}
    missing = [clause for clause in kept if clause not in rows]
    for clause, row in zip(missing, embed(missing), strict=True):
        # A copy: a view would keep the whole array alive.
        rows[clause] = row.copy()
        _known.put(clause, rows[clause])
    found = np.empty((len(clauses), DIMENSIONS), dtype=np.float32)
    for i, clause in enumerate(clauses):
        found[i] = rows[clause]
    return found
