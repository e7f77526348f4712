"""Grouping of vectors into themes and broader families, with a scikit-learn interface."""

from collections.abc import Sequence
from typing import Literal, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.cluster.hierarchy import cut_tree, linkage
from sklearn.base import BaseEstimator, ClusterMixin
from sklearn.preprocessing import normalize
from sklearn.utils import check_random_state
from sklearn.utils.validation import check_is_fitted, validate_data

from nlp.grouped_sums import PRECISIONS, Vectors, sums_by
from nlp.microclusters import small_cells, step_for
from nlp.silhouette import silhouettes

_CELLS_PER_ROOT = 4.0
_MOST_CELLS = 160
# People's subjects grow slowly with their number: 11 to 19 clusters for 100 texts, 40 to 60 for
# 1,400. Fewer are kept only where they are much clearer: the silhouette likes two large halves.
_GROWTH = 0.4
_LEAST, _LESS_THAN_LEAST = 2.5, 5
_MOST, _LESS_THAN_MOST = 3.5, 3
_MUCH_CLEARER = 0.15
_TEXTS_PER_CLUSTER = 2
_FEWEST = 2
# Vectors equal up to this noise are one point, and similarities up to it are a tie.
_DECIMALS = 6


class ThemeClusterer(ClusterMixin, BaseEstimator):
    """Small spherical cells, then their average-linkage hierarchy, cut where it is clearest.

    k-means alone makes clusters of equal size, and people's subjects are not of equal size.
    Cutting first into about ``4 * sqrt(n)`` cells, then merging cells, lets a subject be as large
    as it is. Without ``n_clusters``, the cut with the best cosine silhouette is kept, among those
    of ``2.5 * n ** 0.4 - 5`` to ``3.5 * n ** 0.4 - 3`` clusters, and of fewer where much clearer.
    Each sample then goes to the nearest centre, as :meth:`predict` would place it.

    Parameters
    ----------
    n_clusters : int or "auto", default="auto"
        Number of clusters wanted; capped by the number of distinct vectors.
    max_clusters : int, default=60
        Largest number that "auto" considers.
    random_state : int, RandomState instance or None, default=0
        Seed of the first centres.

    Attributes
    ----------
    labels_ : ndarray of shape (n_samples,)
        Cluster of each sample seen by ``fit``.
    cluster_centers_ : ndarray of shape (n_clusters, n_features)
        Unit vectors.
    silhouette_ : float
        Mean silhouette in [-1, 1]; -1 when it has no meaning.
    n_features_in_ : int
        Number of features seen by ``fit``.

    References
    ----------
    .. [1] Vijaya, P. A. et al. (2006). "Efficient bottom-up hybrid hierarchical clustering
       techniques". Pattern Recognition Letters 27.

    Examples
    --------
    >>> model = ThemeClusterer(n_clusters=2).fit([[1, 0], [1, 0.1], [0, 1], [0.1, 1]])
    >>> bool(model.labels_[0] == model.labels_[1] != model.labels_[2])
    True
    """

    def __init__(
        self,
        n_clusters: int | Literal["auto"] = "auto",
        max_clusters: int = 60,
        random_state: int | np.random.RandomState | None = 0,
    ) -> None:
        self.n_clusters = n_clusters
        self.max_clusters = max_clusters
        self.random_state = random_state

    def fit(self, X: ArrayLike, y: object = None) -> Self:
        """Group the rows of ``X``.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
            One vector per text.
        y : None
            Ignored.

        Returns
        -------
        Self
            The fitted estimator.

        Raises
        ------
        ValueError
            If ``n_clusters`` or ``max_clusters`` is below 1.
        """
        del y
        wanted = self.max_clusters if self.n_clusters == "auto" else self.n_clusters
        if wanted < 1:
            raise ValueError(f"need at least one cluster, got {self!r}")
        vectors = normalize(validate_data(self, X, dtype=PRECISIONS))
        np.round(vectors, _DECIMALS, out=vectors)
        cells, centres = self._cells(vectors)
        cuts = self._cuts(centres, len(vectors))
        found = silhouettes(vectors, cells, cuts, step=step_for(len(vectors)))
        scores = [round(score, _DECIMALS) for score in found]
        best = _best(scores, [int(cut.max()) + 1 for cut in cuts], len(vectors))
        self.silhouette_ = scores[best]
        nearest = _nearest(vectors, centroids(vectors, cuts[best][cells]))
        self.labels_: NDArray[np.intp] = np.unique(nearest, return_inverse=True)[1]
        self.cluster_centers_ = centroids(vectors, self.labels_)
        return self

    def predict(self, X: ArrayLike) -> NDArray[np.intp]:
        """Return the nearest cluster of each row of ``X``.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
            One vector per text.

        Returns
        -------
        ndarray of shape (n_samples,)
            Cluster indices.
        """
        check_is_fitted(self)
        vectors = normalize(validate_data(self, X, dtype=PRECISIONS, reset=False))
        return _nearest(vectors, self.cluster_centers_)

    def _cells(self, vectors: Vectors) -> tuple[NDArray[np.intp], Vectors]:
        wanted = min(int(_CELLS_PER_ROOT * len(vectors) ** 0.5), _MOST_CELLS)
        if self.n_clusters != "auto":
            wanted = max(wanted, self.n_clusters)
        single = vectors.astype(np.float32, copy=False)
        # A seed of its own: the first centres are those that KMeans would choose.
        random = np.random.RandomState(check_random_state(self.random_state).randint(2**31 - 1))
        cells = small_cells(single, max(1, min(wanted, len(vectors))), random)
        return cells, centroids(vectors, cells)

    def _cuts(self, centres: Vectors, n_samples: int) -> tuple[NDArray[np.intp], ...]:
        top = len(centres)
        if self.n_clusters != "auto":
            return hierarchy_cuts(centres, [self.n_clusters])
        most = round(_MOST * n_samples**_GROWTH) - _LESS_THAN_MOST
        most = min(most, n_samples // _TEXTS_PER_CLUSTER)
        top = min(top, self.max_clusters, max(_FEWEST, most))
        return hierarchy_cuts(centres, range(min(top, _FEWEST), top + 1))


def _best(scores: list[float], sizes: list[int], n_samples: int) -> int:
    least = min(round(_LEAST * n_samples**_GROWTH) - _LESS_THAN_LEAST, max(sizes))
    handicaps = [_MUCH_CLEARER * (k < least) for k in sizes]
    return int(np.argmax(np.subtract(scores, handicaps)))


def _nearest(vectors: Vectors, centres: Vectors) -> NDArray[np.intp]:
    nearest: NDArray[np.intp] = np.argmax(np.round(vectors @ centres.T, _DECIMALS), axis=1)
    return nearest


def hierarchy_cuts(centres: Vectors, ks: Sequence[int]) -> tuple[NDArray[np.intp], ...]:
    """Merge ``centres`` by average linkage, and cut the hierarchy at each number of groups.

    Parameters
    ----------
    centres : ndarray of shape (n_centres, n_features)
        Unit vectors.
    ks : sequence of int
        Numbers of groups; every centre is alone where there are not so many.

    Returns
    -------
    tuple of ndarray of shape (n_centres,)
        Group of each centre, numbered from 0, for each of ``ks``.
    """
    if len(centres) == 1:
        return tuple(np.zeros(1, dtype=np.intp) for _ in ks)
    condensed = np.clip(1 - centres @ centres.T, 0, 2)[np.triu_indices(len(centres), 1)]
    tree = linkage(np.round(condensed, _DECIMALS), method="average")
    cuts = cut_tree(tree, n_clusters=[min(k, len(centres)) for k in ks]).astype(np.intp)
    return tuple(cuts.T)


def centroids(vectors: Vectors, labels: NDArray[np.intp]) -> Vectors:
    """Return the unit mean vector of each cluster.

    Parameters
    ----------
    vectors : ndarray of shape (n_samples, n_features)
        Unit vectors.
    labels : ndarray of shape (n_samples,)
        Clusters numbered from 0 without a gap; negative labels are left out.

    Returns
    -------
    ndarray of shape (n_clusters, n_features)
        Unit vectors.
    """
    units: Vectors = normalize(sums_by(labels, vectors), copy=False)
    return units
