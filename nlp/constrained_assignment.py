"""Assigns texts to clusters under the constraints of human decisions."""

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from nlp.affinity import Affinity
from nlp.feedback import Constraints
from nlp.results import ISOLATED


@dataclass(slots=True)
class Places:
    """Labels being decided: human groups first (0, 1, …), machine clusters after them.

    Attributes
    ----------
    affinity : Affinity
        How strongly each text is drawn to each cluster.
    decisions : Constraints
        What humans decided.
    labels : ndarray of shape (n_texts,)
        Current cluster of each text.
    """

    affinity: Affinity
    decisions: Constraints
    labels: NDArray[np.int64]
    _rivals: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        """Put every human decision in place; nothing below ever undoes one."""
        self.labels = self.labels.copy()
        for label, (_, group) in enumerate(self.decisions.groups):
            self.labels[list(group)] = label
        self.labels[list(self.decisions.isolated)] = ISOLATED
        for i, j in sorted(self.decisions.apart):
            self._rivals[i].append(j)
            self._rivals[j].append(i)

    @property
    def fixed(self) -> NDArray[np.bool_]:
        """Which texts a human placed."""
        placed = np.zeros(len(self.labels), dtype=bool)
        placed[[i for _, group in self.decisions.groups for i in group]] = True
        placed[list(self.decisions.isolated)] = True
        return placed

    @property
    def closed(self) -> frozenset[int]:
        """Labels of the accepted groups, which nobody joins."""
        names = enumerate(self.decisions.groups)
        return frozenset(c for c, (name, _) in names if name in self.decisions.accepted)

    @property
    def n_groups(self) -> int:
        """Number of human groups."""
        return len(self.decisions.groups)

    def similarities(self) -> NDArray[np.float64]:
        """Return the similarity of each text to each cluster, (n_texts, n_labels)."""
        return self.affinity.similarities(self.labels)

    def meets_rival(self, i: int, label: int) -> bool:
        """Tell whether ``i`` would meet in cluster ``label`` a text it was separated from.

        Parameters
        ----------
        i : int
            Position of a text.
        label : int
            A cluster.

        Returns
        -------
        bool
            True when it may not go there.
        """
        return any(self.labels[j] == label for j in self._rivals[i])

    def has_rivals(self, i: int) -> bool:
        """Tell whether a human separated ``i`` from some text.

        Parameters
        ----------
        i : int
            Position of a text.

        Returns
        -------
        bool
            True when it may not go everywhere.
        """
        return bool(self._rivals[i])

    def separate(self) -> None:
        """Move texts until no separated pair shares a cluster."""
        if not self.decisions.apart:
            return
        similarities = self.similarities()
        fixed = self.fixed
        for i, j in sorted(self.decisions.apart):
            if self.labels[i] != self.labels[j] or self.labels[i] == ISOLATED:
                continue
            moved = i if fixed[j] else j
            best = self._best(moved, similarities[moved])
            self.labels[moved] = ISOLATED if best is None else best

    def dissolve(self, min_size: int) -> None:
        """Spread the machine clusters that are too small over the others.

        Parameters
        ----------
        min_size : int
            Fewest texts of a cluster; human groups are never too small.
        """
        sizes = np.bincount(self.labels[self.labels >= 0], minlength=self.n_groups)
        small = [c for c in np.flatnonzero(sizes) if c >= self.n_groups and sizes[c] < min_size]
        if not small:
            return
        similarities = self.similarities()
        leaving = np.flatnonzero(np.isin(self.labels, small))
        self.labels[leaving] = ISOLATED
        similarities[:, small] = -np.inf
        for i in leaving:
            best = self._best(int(i), similarities[i])
            if best is not None:
                self.labels[i] = best

    def _best(self, i: int, similarities: NDArray[np.float64]) -> int | None:
        """Return the closest cluster that ``i`` may join, if any is close enough."""
        occupied = set(self.labels[self.labels >= 0].tolist()) - self.closed
        allowed = [
            c for c in range(len(similarities)) if c in occupied and not self.meets_rival(i, c)
        ]
        if not allowed:
            return None
        best = max(allowed, key=lambda c: (similarities[c], -c))
        return best if similarities[best] >= self.affinity.least else None
