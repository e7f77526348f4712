"""Notes as mixtures of known subjects, learned from authored examples of each.

Two notes may share no word and still speak of the same subject, because both resemble examples of
it. A space is fitted on classes of examples (the demands of ``training/catalogue``, or the
concepts of the lexicon); a text becomes the vector of its resemblances to the classes.

References
----------
.. [1] Gabrilovich, E. and Markovitch, S. (2007). "Computing semantic relatedness using
   Wikipedia-based explicit semantic analysis". IJCAI.
.. [2] Hatch, A. O. et al. (2006). "Within-class covariance normalization for SVM-based speaker
   recognition". Interspeech.
"""

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import IO, Self

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import normalize
from sklearn.utils.validation import check_is_fitted

from nlp.encoders import DIMENSIONS
from nlp.exceptions import ModelError
from nlp.lexical import standard_stems

Floats = NDArray[np.float32]

HALF = DIMENSIONS // 2
_STEPS = 127
_LEAST_TEXTS = 2
_FORMAT = 1


class SubjectSpace(TransformerMixin, BaseEstimator):
    """Resemblances of texts to classes of examples, by meaning and by words.

    Sentence vectors are compared with the centre of each class after the covariance inside the
    classes has been taken away; words are compared by TF-IDF.

    Parameters
    ----------
    n_active : int, default=80
        Classes that a text is made of; the resemblances to the others are null.
    shrinkage : float, default=1.0
        Share of the identity added to the covariance inside the classes.
    word_weight : float, default=0.6
        Weight of the resemblances by words beside those by meaning; 0 leaves words out.

    Attributes
    ----------
    axes_ : tuple of two ndarray of shape (512, n_classes)
        Linear scores of the classes for each half of a vector of :func:`nlp.encoders.embed`.
    words_ : dict of str to int
        Known stems, and their column.
    idf_ : ndarray of shape (n_words,)
        Weight of each stem.
    class_words_ : scipy.sparse.csr_array of shape (n_classes, n_words)
        Unit TF-IDF vector of each class.
    """

    def __init__(
        self, n_active: int = 80, shrinkage: float = 1.0, word_weight: float = 0.6
    ) -> None:
        self.n_active = n_active
        self.shrinkage = shrinkage
        self.word_weight = word_weight

    def fit(self, X: Sequence[str], y: Sequence[int], vectors: Floats) -> Self:
        """Learn the classes from their examples.

        Parameters
        ----------
        X : sequence of str
            Examples.
        y : sequence of int
            Class of each example, from 0 to ``n_classes - 1``.
        vectors : ndarray of shape (n_examples, 1024)
            Vectors of the examples from :func:`nlp.encoders.embed`.

        Returns
        -------
        Self
            The fitted space.
        """
        classes = np.asarray(y)
        halves = np.hsplit(vectors, 2)
        self.axes_ = tuple(_quantised(self._axes(half, classes)) for half in halves)
        self.words_, self.idf_, self.class_words_ = _class_words(X, classes)
        return self

    def transform(self, X: Sequence[str], vectors: Floats) -> Floats:
        """Return the resemblances of texts to the classes.

        Parameters
        ----------
        X : sequence of str
            Texts.
        vectors : ndarray of shape (n_texts, 1024)
            Centred vectors of the texts, each half of unit length.

        Returns
        -------
        ndarray of shape (n_texts, n_classes)
            Non-negative, of unit length or null.
        """
        check_is_fitted(self)
        total = np.zeros((len(vectors), self.axes_[0].shape[1]), dtype=np.float32)
        for half, axes in zip(np.hsplit(vectors, 2), self.axes_, strict=True):
            total += self._active(half @ axes)
        if self.word_weight:
            total += np.float32(self.word_weight) * self._by_words(X)
        unit: Floats = normalize(total, copy=False)
        return unit

    def transform_vectors(self, vectors: Floats) -> Floats:
        """Return the resemblances by meaning alone, of vectors with one half only.

        Parameters
        ----------
        vectors : ndarray of shape (n_texts, 512)
            First halves of centred vectors.

        Returns
        -------
        ndarray of shape (n_texts, n_classes)
            Non-negative, of unit length or null.
        """
        return self._active(vectors @ self.axes_[0])

    def save(self, file: str | IO[bytes]) -> None:
        """Write the space as an ``.npz`` archive of plain arrays.

        Parameters
        ----------
        file : str or file
            Where to write.
        """
        np.savez_compressed(
            file,
            format=_FORMAT,
            parameters=np.array([self.n_active, self.shrinkage, self.word_weight]),
            first=_steps(self.axes_[0]),
            second=_steps(self.axes_[1]),
            scales=np.stack([_scales(axes) for axes in self.axes_]),
            words=np.array(sorted(self.words_, key=self.words_.__getitem__), dtype=np.str_),
            idf=self.idf_,
            indptr=self.class_words_.indptr,
            indices=self.class_words_.indices,
            data=self.class_words_.data.astype(np.float16),
        )

    @classmethod
    def load(cls, file: str | IO[bytes]) -> Self:
        """Read what :meth:`save` wrote.

        Parameters
        ----------
        file : str or file
            Where to read.

        Returns
        -------
        Self
            The fitted space.

        Raises
        ------
        ModelError
            If the file was written for another version.
        """
        with np.load(file, allow_pickle=False) as kept:
            if int(kept["format"]) != _FORMAT:
                raise ModelError(f"a subject space of format {kept['format']}, need {_FORMAT}")
            n_active, shrinkage, word_weight = kept["parameters"].tolist()
            space = cls(int(n_active), shrinkage, word_weight)
            scales = kept["scales"]
            space.axes_ = (kept["first"] * scales[0], kept["second"] * scales[1])
            space.words_ = {str(word): column for column, word in enumerate(kept["words"])}
            space.idf_ = kept["idf"]
            shape = (len(kept["indptr"]) - 1, len(space.words_))
            data = kept["data"].astype(np.float32)
            space.class_words_ = sparse.csr_array((data, kept["indices"], kept["indptr"]), shape)
        return space

    def _axes(self, vectors: Floats, classes: NDArray[np.int64]) -> Floats:
        """Return the scores of the classes: whitened centres, as linear functions of a vector."""
        unit = normalize(normalize(vectors) - normalize(vectors).mean(axis=0))
        sizes = np.bincount(classes)[:, None]
        centres = np.zeros((len(sizes), unit.shape[1]))
        np.add.at(centres, classes, unit)
        centres /= sizes
        spread = unit - centres[classes]
        within = spread.T @ spread / max(1, len(unit) - len(sizes))
        ridge = self.shrinkage * np.trace(within) / len(within)
        values, axes = np.linalg.eigh(within + ridge * np.eye(len(within)))
        whitening = axes / np.sqrt(values)
        scores: Floats = whitening @ normalize((centres - centres.mean(axis=0)) @ whitening).T
        return scores.astype(np.float32)

    def _active(self, scores: Floats) -> Floats:
        """Keep the strongest resemblances of each row, counted from the first one left out."""
        kept = min(self.n_active, scores.shape[1])
        # A null vector (no text) resembles nothing.
        limits = -np.partition(-scores, kept - 1, axis=1)[:, [kept - 1]]
        active: Floats = normalize(np.maximum(scores - limits, 0), copy=False)
        return active

    def _by_words(self, texts: Sequence[str]) -> Floats:
        weights = _tfidf([standard_stems(text) for text in texts], self.words_, self.idf_)
        shared: Floats = normalize((weights @ self.class_words_.T).toarray(), copy=False)
        return shared.astype(np.float32)


@cache
def subject_space(name: str) -> SubjectSpace:
    """Return a space of ``nlp/data``, read once.

    Parameters
    ----------
    name : {"demands", "concepts"}
        Which one.

    Returns
    -------
    SubjectSpace
        The fitted space.
    """
    with (files("nlp") / "data" / f"{name}.npz").open("rb") as file:
        return SubjectSpace.load(file)


def centred(vectors: Floats, mean: Floats) -> Floats:
    """Take the mean vector away, and make each half a unit vector again.

    Parameters
    ----------
    vectors : ndarray of shape (n_texts, 1024)
        Vectors from :func:`nlp.encoders.embed`.
    mean : ndarray of shape (1024,)
        What the texts have in common.

    Returns
    -------
    ndarray of shape (n_texts, 1024)
        Centred vectors.
    """
    halves = [normalize(half) for half in np.hsplit(vectors - mean, 2)]
    return np.hstack(halves).astype(np.float32)


def _quantised(axes: Floats) -> Floats:
    """Round to the 255 steps that a saved file keeps: a space read back is the same space."""
    rounded: Floats = _steps(axes) * _scales(axes)
    return rounded


def _scales(axes: Floats) -> Floats:
    largest = np.abs(axes).max(axis=0)
    scales: Floats = np.where(largest > 0, largest / _STEPS, 1).astype(np.float32)
    return scales


def _steps(axes: Floats) -> NDArray[np.int8]:
    return np.round(axes / _scales(axes)).astype(np.int8)


def _class_words(
    texts: Sequence[str], classes: NDArray[np.int64]
) -> tuple[dict[str, int], Floats, sparse.csr_array]:
    vectoriser = TfidfVectorizer(
        analyzer=standard_stems, min_df=_LEAST_TEXTS, sublinear_tf=True, dtype=np.float32
    )
    weights = vectoriser.fit_transform(texts)
    belongs = sparse.csr_array(
        (np.ones(len(classes), dtype=np.float32), (classes, np.arange(len(classes))))
    )
    words = {str(word): int(column) for word, column in vectoriser.vocabulary_.items()}
    centres = normalize(sparse.csr_matrix(belongs @ weights))
    return words, vectoriser.idf_.astype(np.float32), sparse.csr_array(centres)


def _tfidf(
    documents: Sequence[Sequence[str]], words: dict[str, int], idf: Floats
) -> sparse.csr_matrix:
    vectoriser = TfidfVectorizer(
        analyzer=tuple, sublinear_tf=True, dtype=np.float32, vocabulary=words
    )
    vectoriser.idf_ = idf
    return vectoriser.transform(documents)
