"""Lexical vectors: TF-IDF of stems, reduced."""

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any, Self

import numpy as np
from nltk.stem.snowball import SnowballStemmer
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import normalize
from sklearn.utils.validation import check_is_fitted

from nlp.spelling import standard
from nlp.svd import FEW, main_axes
from nlp.text import content_words, lemma

_MIN_DIMENSIONS = 2
_POWER_STEPS = 3


@lru_cache(maxsize=100_000)
def stem_of(word: str) -> str:
    """Return what a word has in common with its family, to compare and never to show.

    Parameters
    ----------
    word : str
        A lower-case word.

    Returns
    -------
    str
        The stem of its lemma.

    Examples
    --------
    >>> stem_of("logements") == stem_of("logement")
    True
    """
    return _stem(lemma(word))


@lru_cache(maxsize=100_000)
def _stem(known: str) -> str:
    """Stem a lemma once for all its forms: stemming costs more than looking a word up."""
    return str(_stemmer().stem(known))


@cache
def _stemmer() -> SnowballStemmer:
    return SnowballStemmer("french")


class LexicalEncoder(TransformerMixin, BaseEstimator):
    """Latent semantic analysis of French words.

    Words are lemmatised then stemmed, only to be compared: « formations » and « formation » are
    one feature, and no stem is ever shown.

    Parameters
    ----------
    n_dimensions : int, default=200
        Columns of the result at most.
    random_state : int, default=0
        Seed of the directions to begin with.

    Attributes
    ----------
    n_dimensions_ : int
        Columns of the result.
    vectoriser_ : TfidfVectorizer or None
        Fitted weights of the words; None when no text holds a word.
    axes_ : ndarray of shape (n_words, n_dimensions_) or None
        Orthonormal axes; None when there are too few words to reduce.

    References
    ----------
    .. [1] Deerwester, S. et al. (1990). "Indexing by latent semantic analysis". JASIS 41.

    Examples
    --------
    >>> LexicalEncoder().fit_transform(["un vélo neuf", "des vélos", "la santé"]).shape
    (3, 2)
    """

    def __init__(self, n_dimensions: int = 200, random_state: int = 0) -> None:
        self.n_dimensions = n_dimensions
        self.random_state = random_state

    def fit(self, X: Sequence[str], y: object = None) -> Self:
        """Learn the words of ``X`` and their weights.

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
        self.fit_transform(X, y)
        return self

    def fit_transform(self, X: Sequence[str], y: object = None) -> NDArray[np.float32]:
        """Fit to ``X`` and return its vectors, each text read once.

        Parameters
        ----------
        X : sequence of str
            Texts.
        y : None
            Ignored.

        Returns
        -------
        ndarray of shape (n_texts, n_dimensions_)
            Vectors: unit, or null for a text without a word.
        """
        del y
        documents = [comparable(text) for text in X]
        self.vectoriser_: TfidfVectorizer | None = None
        self.axes_: NDArray[np.float32] | None = None
        self.n_dimensions_ = 1
        if not any(documents):
            return np.zeros((len(documents), 1), dtype=np.float32)
        self.vectoriser_ = TfidfVectorizer(analyzer=tuple, sublinear_tf=True, dtype=np.float32)
        weights = self.vectoriser_.fit_transform(documents)
        self._reduce(weights)
        return self._projected(weights)

    def transform(self, X: Sequence[str]) -> NDArray[np.float32]:
        """Return one vector per text: unit, or null when none of its words is known.

        Parameters
        ----------
        X : sequence of str
            Texts.

        Returns
        -------
        ndarray of shape (n_texts, n_dimensions_)
            Vectors.
        """
        check_is_fitted(self, "n_dimensions_")
        if self.vectoriser_ is None:
            return np.zeros((len(X), 1), dtype=np.float32)
        return self._projected(self.vectoriser_.transform([comparable(text) for text in X]))

    def _projected(self, weights: Any) -> NDArray[np.float32]:  # noqa: ANN401 - scipy has no types
        reduced = weights.toarray() if self.axes_ is None else weights @ self.axes_
        vectors: NDArray[np.float32] = normalize(reduced, copy=False)
        return vectors

    def _reduce(self, weights: Any) -> None:  # noqa: ANN401 - scipy has no types
        shape: tuple[int, int] = weights.shape
        wanted = min(self.n_dimensions, min(shape) - 1)
        self.n_dimensions_ = shape[1]
        if wanted >= _MIN_DIMENSIONS:
            self.axes_ = self._axes(weights, wanted)
            self.n_dimensions_ = wanted

    def _axes(self, weights: Any, wanted: int) -> NDArray[np.float32]:  # noqa: ANN401 - idem
        if weights.shape[0] > FEW:
            return main_axes(weights, wanted, self.random_state)
        # A workshop is small enough for the decomposition, which its groups were measured with.
        found = TruncatedSVD(wanted, n_iter=_POWER_STEPS, random_state=self.random_state)
        axes: NDArray[np.float32] = found.fit(weights).components_.T
        return axes


def comparable(text: str) -> tuple[str, ...]:
    """Return the features of ``text``: stems of lemmas, never shown.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    tuple of str
        Features in reading order, stop words removed.

    Examples
    --------
    >>> comparable("les formations") == comparable("une formation")
    True
    """
    return tuple(stem for stem, _ in stems(text))


def standard_stems(text: str) -> tuple[str, ...]:
    """Return the stems of a text in its standard spelling.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    tuple of str
        Stems in reading order, stop words removed.

    Examples
    --------
    >>> standard_stems("Jai pa de bagnole") == standard_stems("je n'ai pas de voiture")
    True
    """
    return comparable(standard(text))


@lru_cache(maxsize=50_000)
def stems(text: str) -> tuple[tuple[str, str], ...]:
    """Return the content words of ``text`` beside their stems; a text is read once.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    tuple of (str, str)
        (stem, whole word) pairs in reading order, stop words removed.

    Examples
    --------
    >>> [word for _, word in stems("Il faut rénover les écoles")]
    ['rénover', 'écoles']
    """
    return tuple(map(_pair, content_words(text)))


@lru_cache(maxsize=100_000)
def _pair(word: str) -> tuple[str, str]:
    """Return one pair for all the texts that hold the word: memory, not speed."""
    return stem_of(word), word
