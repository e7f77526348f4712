"""Precomputed representation of each note."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.base import BaseEstimator
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import normalize
from sklearn.utils.validation import check_is_fitted

from nlp.clause_vectors import embed_clauses
from nlp.context import Context
from nlp.encoders import embed
from nlp.lexical import standard_stems
from nlp.lexicon import lexicon
from nlp.similarity.passages import passages
from nlp.similarity.subject_space import (
    HALF,
    Floats,
    SubjectSpace,
    centred,
    subject_space,
)
from nlp.spelling import standard

# The mean of a few notes says more of them than of the consultation: it is trusted slowly.
_PRIOR_NOTES = 5
_CHARACTERS = (4, 5)
_BY_NOTE = (
    "vectors", "demands", "concepts", "pooled", "words", "characters", "named", "themes",
    "contexts", "tables_named", "refers_back",
)  # fmt: skip
_TABLE = re.compile(r"\btables? n?°? ?(\d{1,3}|[a-z])\b")
_BACK = re.compile(
    r"\b(?:idem|pareil que|d'accord avec|comme (?:a dit|la|le|dit)|précédent|ci-dessus|plus haut"
    r"|d'avant|au-dessus|la même chose)"
)


@dataclass(frozen=True, slots=True)
class Profiles:
    """Notes ready to be compared; row ``i`` of each array belongs to note ``i``.

    Attributes
    ----------
    vectors : ndarray of shape (n_notes, 1024)
        Centred sentence vectors, each half of unit length.
    demands, concepts : ndarray of shape (n_notes, n_classes)
        Centred resemblances to the demands of the catalogue and to the concepts of the lexicon.
    pooled : ndarray of shape (n_notes, n_demands)
        Resemblances of the clauses to the demands, the strongest of each, centred.
    clause_starts : ndarray of shape (n_notes,)
        First clause of each note in the two arrays below.
    clause_vectors, clause_demands : ndarray of shape (n_clauses, …)
        The same as ``vectors`` (first half) and ``demands`` for each clause.
    words, characters, named, themes : scipy.sparse.csr_array of n_notes rows
        Unit TF-IDF vectors of stems, of character n-grams, of named concepts and of their themes.
    rarity, named_rarity : ndarray
        Inverse document frequency of each stem and of each named concept, about 1 at most.
    contexts : tuple of Context
        Where each note was said.
    tables_named : tuple of frozenset of str
        Tables that each note refers to.
    refers_back : ndarray of shape (n_notes,)
        Whether a note refers to one that came just before.
    """

    vectors: Floats
    demands: Floats
    concepts: Floats
    pooled: Floats
    clause_starts: NDArray[np.int64]
    clause_vectors: Floats
    clause_demands: Floats
    words: sparse.csr_array
    characters: sparse.csr_array
    named: sparse.csr_array
    themes: sparse.csr_array
    rarity: Floats
    named_rarity: Floats
    contexts: tuple[Context, ...]
    tables_named: tuple[frozenset[str], ...]
    refers_back: NDArray[np.bool_]

    def __len__(self) -> int:
        """Return the number of notes."""
        return len(self.contexts)

    def take(self, rows: NDArray[np.int64]) -> "Profiles":
        """Return the profiles of consecutive notes.

        Parameters
        ----------
        rows : ndarray of int
            Consecutive positions, increasing.

        Returns
        -------
        Profiles
            Those notes alone.
        """
        first, last = int(rows[0]), int(rows[-1]) + 1
        ends = np.append(self.clause_starts, len(self.clause_vectors))
        part = slice(first, last)
        clauses_of = slice(int(ends[first]), int(ends[last]))
        return replace(
            self,
            **{name: getattr(self, name)[part] for name in _BY_NOTE},
            clause_starts=self.clause_starts[part] - ends[first],
            clause_vectors=self.clause_vectors[clauses_of],
            clause_demands=self.clause_demands[clauses_of],
        )


class Profiler(BaseEstimator):
    """Learn what the notes of a consultation have in common, and profile notes against it.

    Parameters
    ----------
    demands, concepts : SubjectSpace or None, default=None
        Subject spaces; those of ``nlp/data`` when None.

    Attributes
    ----------
    mean_ : ndarray of shape (1024,)
        Mean sentence vector, shrunk as if five more notes were null.
    """

    def __init__(
        self, demands: SubjectSpace | None = None, concepts: SubjectSpace | None = None
    ) -> None:
        self.demands = demands
        self.concepts = concepts

    def fit(self, X: Sequence[str], y: object = None, *, vectors: Floats | None = None) -> Self:
        """Learn from the notes of a consultation.

        Parameters
        ----------
        X : sequence of str
            Notes.
        y : None
            Ignored.
        vectors : ndarray of shape (n_notes, 1024) or None, default=None
            Vectors of the notes from :func:`nlp.encoders.embed`, when they are known.

        Returns
        -------
        Self
            The fitted profiler.
        """
        del y
        known = embed(X) if vectors is None else vectors
        self.demand_space_ = self.demands or subject_space("demands")
        self.concept_space_ = self.concepts or subject_space("concepts")
        size = len(known) + _PRIOR_NOTES
        self.mean_: Floats = (known.sum(axis=0, dtype=np.float64) / size).astype(np.float32)
        centre = centred(known, self.mean_)
        self.demand_mean_ = self.demand_space_.transform(X, centre).sum(axis=0) / size
        self.concept_mean_ = self.concept_space_.transform(X, centre).sum(axis=0) / size
        pooled, *_ = self._clauses(X, centre)
        self.pooled_mean_ = pooled.sum(axis=0) / size
        self.vectorisers_ = [_fitted(analyser, X) for analyser in _ANALYSERS]
        return self

    def transform(
        self,
        X: Sequence[str],
        contexts: Sequence[Context],
        *,
        vectors: Floats | None = None,
    ) -> Profiles:
        """Profile notes.

        Parameters
        ----------
        X : sequence of str
            Notes, of the consultation or late ones.
        contexts : sequence of Context
            Where each was said.
        vectors : ndarray of shape (n_notes, 1024) or None, default=None
            Vectors of the notes, when they are known.

        Returns
        -------
        Profiles
            The notes, ready to be compared.
        """
        check_is_fitted(self)
        centre = centred(embed(X) if vectors is None else vectors, self.mean_)
        pooled, starts, clause_vectors, clause_demands = self._clauses(X, centre)
        words, characters, named, themes = (
            _weights(vectoriser, X) for vectoriser in self.vectorisers_
        )
        return Profiles(
            vectors=centre,
            demands=_less(self.demand_space_.transform(X, centre), self.demand_mean_),
            concepts=_less(self.concept_space_.transform(X, centre), self.concept_mean_),
            pooled=_less(pooled, self.pooled_mean_),
            clause_starts=starts,
            clause_vectors=clause_vectors,
            clause_demands=clause_demands,
            words=words,
            characters=characters,
            named=named,
            themes=themes,
            rarity=_rarity(self.vectorisers_[0]),
            named_rarity=_rarity(self.vectorisers_[2]),
            contexts=tuple(contexts),
            tables_named=tuple(frozenset(_TABLE.findall(text.lower())) for text in X),
            refers_back=np.array([_BACK.search(text.lower()) is not None for text in X]),
        )

    def _clauses(
        self, texts: Sequence[str], whole: Floats
    ) -> tuple[Floats, NDArray[np.int64], Floats, Floats]:
        """Return the pooled demands of each note, its first clause, and the clauses' arrays."""
        parts = [passages(standard(text)) for text in texts]
        starts = np.cumsum([0, *(len(part) for part in parts[:-1])])
        vectors = whole[:, :HALF].repeat([len(part) for part in parts], axis=0)
        # A note of one clause has its vector already.
        several = [i for i, part in enumerate(parts) if len(part) > 1]
        if several:
            rows = np.concatenate([starts[i] + np.arange(len(parts[i])) for i in several])
            found = embed_clauses([clause for i in several for clause in parts[i]])
            vectors[rows] = centred(found, self.mean_)[:, :HALF]
        demands = self.demand_space_.transform_vectors(vectors)
        pooled = normalize(np.maximum.reduceat(demands, starts, axis=0), copy=False)
        return pooled, starts, vectors, demands


def _less(rows: Floats, mean: Floats) -> Floats:
    unit: Floats = normalize(rows - mean.astype(np.float32), copy=False)
    return unit


def _grams(text: str) -> tuple[str, ...]:
    """Return the character n-grams of each word, between spaces."""
    words = (f" {word} " for word in standard(text).split())
    return tuple(
        word[i : i + size]
        for word in words
        for size in _CHARACTERS
        for i in range(max(1, len(word) - size + 1))
    )


def _named(text: str) -> tuple[str, ...]:
    return tuple(str(concept) for concept in lexicon().concepts_in(text))


def _themes(text: str) -> tuple[str, ...]:
    known = lexicon()
    return tuple(str(known.concepts[concept].theme) for concept in known.concepts_in(text))


_ANALYSERS = (standard_stems, _grams, _named, _themes)


def _fitted(analyser: object, texts: Sequence[str]) -> TfidfVectorizer | None:
    vectoriser = TfidfVectorizer(analyzer=analyser, sublinear_tf=True, dtype=np.float32)
    try:
        return vectoriser.fit(texts)
    except ValueError:  # no note holds any
        return None


def _weights(vectoriser: TfidfVectorizer | None, texts: Sequence[str]) -> sparse.csr_array:
    if vectoriser is None:
        return sparse.csr_array((len(texts), 1), dtype=np.float32)
    return sparse.csr_array(vectoriser.transform(texts))


def _rarity(vectoriser: TfidfVectorizer | None) -> Floats:
    if vectoriser is None:
        return np.zeros(1, dtype=np.float32)
    idf: Floats = (vectoriser.idf_ / vectoriser.idf_.max()).astype(np.float32)
    return idf
