"""Affinity of each text to each cluster, whatever method made the clusters."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from nlp.clustering import centroids
from nlp.similarity.group_model import GroupModel
from nlp.similarity.subject_space import Floats

_SHARPNESS = 12.0
_DECIMALS = 6


class Affinity(Protocol):
    """What decides between clusters.

    Attributes
    ----------
    least : float
        Under this similarity to every cluster, a text is not forced into any.
    least_offer : float
        Under this similarity to an accepted group, a text is not suggested for it.
    calibrated : bool
        Whether the confidences are probabilities that were measured.
    """

    @property
    def least(self) -> float:
        """Return the least similarity of a text that is forced into a cluster."""

    @property
    def least_offer(self) -> float:
        """Return the least similarity of a text suggested for an accepted group."""

    @property
    def calibrated(self) -> bool:
        """Tell whether the confidences are measured probabilities."""

    def similarities(self, labels: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return the similarity of each text to each cluster.

        Parameters
        ----------
        labels : ndarray of shape (n_texts,)
            Cluster of each text; -1 for none.

        Returns
        -------
        ndarray of shape (n_texts, n_labels)
            Similarities.
        """

    def confidences(self, similarities: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return how sure a place in each cluster would be.

        Parameters
        ----------
        similarities : ndarray of shape (n_texts, n_labels)
            Result of :meth:`similarities`.

        Returns
        -------
        ndarray of shape (n_texts, n_labels)
            Confidences in [0, 1].
        """


@dataclass(frozen=True, slots=True)
class VectorAffinity:
    """Similarity to the centre of a cluster; sureness is its share among all the clusters.

    Attributes
    ----------
    vectors : ndarray of shape (n_texts, n_features)
        Unit vectors of the texts.
    """

    vectors: NDArray[np.float64]
    least: float = 0.35
    least_offer: float = 0.0
    calibrated: bool = False

    def similarities(self, labels: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return the similarity of each text to the centre of each cluster.

        Parameters
        ----------
        labels : ndarray of shape (n_texts,)
            Cluster of each text; -1 for none.

        Returns
        -------
        ndarray of shape (n_texts, n_labels)
            Cosines, rounded to six decimals.
        """
        if not (labels >= 0).any():
            return np.zeros((len(labels), 0))
        rounded: NDArray[np.float64] = np.round(
            self.vectors @ centroids(self.vectors, labels).T, _DECIMALS
        )
        return rounded

    def confidences(self, similarities: NDArray[np.float64]) -> NDArray[np.float64]:
        """Turn similarities into shares that sum to one over the clusters.

        Parameters
        ----------
        similarities : ndarray of shape (n_texts, n_labels)
            Result of :meth:`similarities`.

        Returns
        -------
        ndarray of shape (n_texts, n_labels)
            Shares, rounded to six decimals.
        """
        if not similarities.shape[1]:
            return similarities
        weights = np.exp(_SHARPNESS * (similarities - similarities.max(axis=1, keepdims=True)))
        shares: NDArray[np.float64] = np.round(
            weights / weights.sum(axis=1, keepdims=True), _DECIMALS
        )
        return shares


@dataclass(frozen=True, slots=True)
class PairAffinity:
    """Calibrated probability that a text is rightly in a cluster.

    Attributes
    ----------
    pairs : ndarray of shape (n_texts, n_texts)
        Probabilities of the pairs of texts.
    model : GroupModel
        What turns the pairs of a text and a cluster into a probability.
    """

    pairs: Floats
    model: GroupModel
    least: float = 0.35
    least_offer: float = 0.35
    calibrated: bool = True

    def similarities(self, labels: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return the probability of each text in each cluster, itself left out.

        Parameters
        ----------
        labels : ndarray of shape (n_texts,)
            Cluster of each text; -1 for none.

        Returns
        -------
        ndarray of shape (n_texts, n_labels)
            Probabilities, rounded to six decimals.
        """
        return self.model.probabilities(self.pairs, labels)

    def confidences(self, similarities: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the probabilities as they are: they are calibrated.

        Parameters
        ----------
        similarities : ndarray of shape (n_texts, n_labels)
            Result of :meth:`similarities`.

        Returns
        -------
        ndarray of shape (n_texts, n_labels)
            The same.
        """
        return similarities
