"""Encoders of texts: semantic, lexical, or both."""

from collections.abc import Sequence
from typing import Self

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.preprocessing import normalize
from sklearn.utils.validation import check_is_fitted

from nlp.lexical import LexicalEncoder
from nlp.microclusters import step_for
from nlp.options import Encoder
from nlp.sentence_model import DIMENSIONS, embed, model_key
from nlp.svd import FEW, main_axes

__all__ = ["DIMENSIONS", "LexicalEncoder", "SentenceEncoder", "embed", "encode", "model_key"]

_LEXICAL_WEIGHT = 0.7
# Many texts are read on their main axes: groups as good, in less than half the time.
_AXES = 300
# The mean of a handful of texts says more of them than of the question: it is trusted slowly.
_PRIOR_TEXTS = 5
# So many rows stay in the cache of the processor while they are made units.
_ROWS_AT_ONCE = 256


class SentenceEncoder(TransformerMixin, BaseEstimator):
    """Centred vectors of the bundled multilingual sentence model.

    All the texts of a consultation answer one question, so that they share most of their meaning:
    the mean vector is that shared part, and taking it away leaves what makes them differ. This
    matters more than the choice of the model.

    Attributes
    ----------
    mean_ : ndarray of shape (1024,)
        The mean vector of the texts seen by ``fit``, shrunk as if five more were null.

    References
    ----------
    .. [1] Yang, Y. et al. (2020). "Multilingual Universal Sentence Encoder for Semantic
       Retrieval". ACL demonstrations.
    .. [2] Mu, J. and Viswanath, P. (2018). "All-but-the-Top". ICLR.

    Examples
    --------
    >>> SentenceEncoder().fit_transform(["un vélo neuf", "la santé"]).shape
    (2, 1024)
    """

    def fit(self, X: Sequence[str], y: object = None) -> Self:
        """Learn what the texts of ``X`` have in common.

        Parameters
        ----------
        X : sequence of str
            Texts.
        y : None
            Ignored.

        Returns
        -------
        Self
            The fitted encoder.
        """
        del y
        return self.fit_vectors(embed(X))

    def fit_vectors(self, vectors: NDArray[np.float32]) -> Self:
        """Learn from vectors that :func:`embed` returned earlier.

        Parameters
        ----------
        vectors : ndarray of shape (n_texts, 1024)
            Cached vectors.

        Returns
        -------
        Self
            The fitted encoder.
        """
        total = vectors.sum(axis=0, dtype=np.float64)
        self.mean_: NDArray[np.float64] = total / (len(vectors) + _PRIOR_TEXTS)
        return self

    def transform(self, X: Sequence[str]) -> NDArray[np.float32]:
        """Return the centred vectors of ``X``.

        Parameters
        ----------
        X : sequence of str
            Texts.

        Returns
        -------
        ndarray of shape (n_texts, 1024)
            Unit vectors.
        """
        return self.transform_vectors(embed(X))

    def transform_vectors(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        """Centre vectors that :func:`embed` returned earlier.

        Parameters
        ----------
        vectors : ndarray of shape (n_texts, 1024)
            Cached vectors.

        Returns
        -------
        ndarray of shape (n_texts, 1024)
            Unit vectors.
        """
        check_is_fitted(self)
        # Each half is made a unit again: a sentence close to the mean still has its subject.
        mean = self.mean_.astype(np.float32)
        unit = np.empty(vectors.shape, dtype=np.float32)
        for start in range(0, len(vectors), _ROWS_AT_ONCE):
            rows = unit[start : start + _ROWS_AT_ONCE]
            np.subtract(vectors[start : start + _ROWS_AT_ONCE], mean, out=rows)
            for half in np.hsplit(rows, 2):
                normalize(half, copy=False)
            normalize(rows, copy=False)
        return unit


def encode(
    texts: Sequence[str], *, encoder: Encoder, seed: int, embeddings: NDArray[np.float32] | None
) -> NDArray[np.float32]:
    """Return the vectors that :func:`nlp.analyse` groups.

    Parameters
    ----------
    texts : sequence of str
        Texts.
    encoder : {"hybrid", "lexical", "semantic"}
        What makes two texts close.
    seed : int
        Seed of the lexical decomposition.
    embeddings : ndarray of shape (n_texts, 1024) or None
        Vectors of the texts from :func:`embed`, when they are known.

    Returns
    -------
    ndarray of shape (n_texts, n_features)
        Vectors of comparable lengths.
    """
    if encoder == "lexical":
        return LexicalEncoder(random_state=seed).fit_transform(texts)
    known = embed(texts) if embeddings is None else embeddings
    meaning = SentenceEncoder().fit_vectors(known).transform_vectors(known)
    if encoder == "semantic":
        return meaning
    words = LexicalEncoder(random_state=seed).fit_transform(texts)
    words *= np.float32(_LEXICAL_WEIGHT)
    return _joined(meaning, words, seed)


def _joined(
    meaning: NDArray[np.float32], words: NDArray[np.float32], seed: int
) -> NDArray[np.float32]:
    """Put words beside meaning, and keep the main axes of many vectors."""
    if len(meaning) <= FEW:
        return np.hstack([meaning, words])
    # All the vectors side by side are never made: they would be the largest thing in memory.
    step = step_for(len(meaning))
    axes = main_axes(np.hstack([meaning[::step], words[::step]]), _AXES, seed)
    first, second = np.vsplit(axes, [meaning.shape[1]])
    joined: NDArray[np.float32] = meaning @ first
    joined += words @ second
    return joined
