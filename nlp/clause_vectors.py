"""Vectors of clauses, the last ones kept: the clauses of a note do not change between analyses."""

from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from nlp.encoders import DIMENSIONS, embed

# About 16 MB: the clauses of some hundreds of notes.
_KEPT = 4_000


class VectorCache:
    """The last vectors used, emptied by :func:`nlp.forgetting.forget_texts` as any cache of texts.

    Parameters
    ----------
    maxsize : int
        Number of vectors kept; the least recently used go first.
    """

    def __init__(self, maxsize: int) -> None:
        self._maxsize = maxsize
        self._rows: OrderedDict[str, NDArray[np.float32]] = OrderedDict()
        self._lock = Lock()

    def known(self, clauses: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """Return the vectors that are kept.

        Parameters
        ----------
        clauses : sequence of str
            Clauses looked for.

        Returns
        -------
        dict of str to ndarray of shape (1024,)
            Those that are known.
        """
        with self._lock:
            return {clause: self._rows[clause] for clause in clauses if clause in self._rows}

    def keep(self, rows: dict[str, NDArray[np.float32]]) -> None:
        """Keep vectors as the last ones used.

        Parameters
        ----------
        rows : dict of str to ndarray of shape (1024,)
            Vectors by clause.
        """
        with self._lock:
            for clause, row in rows.items():
                self._rows[clause] = row
                self._rows.move_to_end(clause)
            while len(self._rows) > self._maxsize:
                self._rows.popitem(last=False)

    def cache_parameters(self) -> dict[str, int]:
        """Return the largest size, under the name that ``functools.lru_cache`` gives it.

        Returns
        -------
        dict of str to int
            ``maxsize`` alone.
        """
        return {"maxsize": self._maxsize}

    def cache_clear(self) -> None:
        """Forget the vectors and the clauses that they are kept under."""
        with self._lock:
            self._rows.clear()


_cache = VectorCache(_KEPT)


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
    distinct = list(dict.fromkeys(clauses))
    rows = _cache.known(distinct)
    missing = [clause for clause in distinct if clause not in rows]
    # A copy of each row: a view would keep the whole array alive.
    rows.update((c, row.copy()) for c, row in zip(missing, embed(missing), strict=True))
    _cache.keep(rows)
    found = np.empty((len(clauses), DIMENSIONS), dtype=np.float32)
    for i, clause in enumerate(clauses):
        found[i] = rows[clause]
    return found
