"""Classifier of the stance of a text: cues, learned words, sentence vector."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.linear_model import LogisticRegression
from sklearn.utils.validation import check_is_fitted

from nlp.exceptions import ModelError
from nlp.oppositions.cues import cue_counts, cue_families, phrases

_HALF = 512
_SIGNIFICANT = 3
_SCORE_DECIMALS = 3
# How much each kind of evidence may weigh before the penalty, chosen on the training notes.
_VECTOR_SCALE = 4.0
_PHRASE_SCALE = 4.0
# Share of the sequences of a text that are frequent enough to be learned.
_KNOWN_SHARE = 0.6

Floats = NDArray[np.float64]


class StanceModel(ClassifierMixin, BaseEstimator):
    """Logistic regression of « this text speaks against something ».

    The evidence is the families of ``nlp/data/opposition_cues.txt``, sequences of one to three
    words, and the first half of the sentence vector. All frequent sequences are learned, but only
    those that weigh most are kept: what the others add up to is small.

    Parameters
    ----------
    C : float, default=0.3
        Inverse strength of the penalty.
    min_count : int, default=6
        Texts that must hold a sequence of words for it to be learned.
    max_phrases : int, default=500
        Sequences of words that are kept.

    Attributes
    ----------
    classes_ : ndarray of shape (2,)
        False and True.
    intercept_ : float
        Log-odds of a text without any evidence.
    cues_ : dict of str to float
        Weight of each family of cues.
    phrases_ : dict of str to float
        Weight of each sequence of words.
    vector_ : ndarray of shape (512,)
        Weights of the sentence vector.
    usual_ : float
        What the vectors of the training texts add on average, used where there is no vector.

    Examples
    --------
    >>> StanceModel(C=1.0).C
    1.0
    """

    def __init__(self, C: float = 0.3, min_count: int = 6, max_phrases: int = 500) -> None:
        self.C = C
        self.min_count = min_count
        self.max_phrases = max_phrases

    def fit(
        self,
        X: Sequence[str],
        y: Sequence[bool],
        vectors: NDArray[np.float32],
        sample_weight: Sequence[float] | None = None,
    ) -> Self:
        """Learn from texts that oppose something and texts that do not.

        Parameters
        ----------
        X : sequence of str
            Texts.
        y : sequence of bool
            Whether each speaks against something.
        vectors : ndarray of shape (n_texts, 1024)
            Vectors of the texts from :func:`nlp.encoders.embed`.
        sample_weight : sequence of float or None, default=None
            Weight of each text.

        Returns
        -------
        Self
            The fitted model.
        """
        self.classes_ = np.array([False, True])
        counts = Counter(phrase for text in X for phrase in phrases(text))
        known = sorted(phrase for phrase, count in counts.items() if count >= self.min_count)
        halves = vectors[:, :_HALF].astype(np.float64)
        design = sparse.hstack(
            [
                sparse.csr_matrix(halves * _VECTOR_SCALE),
                _presence(X, {phrase: column for column, phrase in enumerate(known)}),
                sparse.csr_matrix([cue_counts(text) for text in X]),
            ]
        ).tocsr()
        # liblinear is deterministic with this dual=False solver, and quick on sparse rows.
        found = LogisticRegression(
            C=self.C, solver="liblinear", tol=1e-3, class_weight="balanced", random_state=0
        ).fit(design, np.asarray(y), sample_weight=sample_weight)
        weights = found.coef_[0]
        vector, rest = weights[:_HALF] * _VECTOR_SCALE, weights[_HALF:]
        self.vector_: Floats = np.array([_short(w) for w in vector])
        learned = dict(zip(known, rest[: len(known)].tolist(), strict=True))
        heaviest = sorted(known, key=lambda p: (-abs(learned[p]) * counts[p] ** 0.5, p))
        self.phrases_ = {p: _short(learned[p]) for p in sorted(heaviest[: self.max_phrases])}
        self.cues_ = {n: _short(w) for n, w in zip(cue_families(), rest[len(known) :], strict=True)}
        self.intercept_ = _short(float(found.intercept_[0]))
        self.usual_ = _short(float((halves @ self.vector_).mean()))
        return self

    def decision_function(
        self, X: Sequence[str], vectors: NDArray[np.float32] | None = None
    ) -> Floats:
        """Return the log-odds that each text speaks against something.

        Parameters
        ----------
        X : sequence of str
            Texts.
        vectors : ndarray of shape (n_texts, 1024) or None, default=None
            Their vectors; without them, words alone decide.

        Returns
        -------
        ndarray of shape (n_texts,)
            Rounded to three decimals, so that the last bits of a processor change nothing.
        """
        check_is_fitted(self, "phrases_")
        if vectors is None:
            meant = np.full(len(X), self.usual_)
        else:
            meant = vectors[:, :_HALF].astype(np.float64) @ self.vector_
        weights = list(self.cues_.values())
        said = [
            self._said(text) + float(np.dot(cue_counts(text), weights)) + self.intercept_
            for text in X
        ]
        scores: Floats = np.round(meant + np.array(said), _SCORE_DECIMALS) + 0.0
        return scores

    def _said(self, text: str) -> float:
        """Return what the sequences of words of a text add."""
        found = phrases(text)
        known = sorted(phrase for phrase in found if phrase in self.phrases_)
        return _phrase_value(len(found)) * sum(self.phrases_[phrase] for phrase in known)

    def to_json(self) -> dict[str, object]:
        """Return the weights as JSON values."""
        return {
            "intercept": self.intercept_,
            "usual": self.usual_,
            "cues": self.cues_,
            "phrases": self.phrases_,
            "vector": self.vector_.tolist(),
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        """Read what :meth:`to_json` returned.

        Parameters
        ----------
        kept : mapping
            The weights.

        Returns
        -------
        Self
            The fitted model.

        Raises
        ------
        ModelError
            If a weight is missing, or a family of cues has none.
        """
        model = cls()
        try:
            model.classes_ = np.array([False, True])
            model.intercept_, model.usual_ = float(kept["intercept"]), float(kept["usual"])
            model.cues_ = {family: float(kept["cues"][family]) for family in cue_families()}
            model.phrases_ = {str(p): float(w) for p, w in kept["phrases"].items()}
            model.vector_ = np.array(kept["vector"], dtype=np.float64)
        except (KeyError, TypeError, ValueError) as error:
            raise ModelError(f"stance weights of another version: {error}") from error
        return model


def _presence(texts: Sequence[str], columns: Mapping[str, int]) -> sparse.csr_matrix:
    """Return one row per text with the same value for each known phrase that it holds."""
    found = [phrases(text) for text in texts]
    rows = [sorted(columns[phrase] for phrase in said if phrase in columns) for said in found]
    starts = np.cumsum([0, *(len(row) for row in rows)])
    values = [_phrase_value(len(said)) for said, row in zip(found, rows, strict=True) for _ in row]
    indices = np.array([column for row in rows for column in row], dtype=np.int64)
    return sparse.csr_matrix((values, indices, starts), shape=(len(rows), len(columns)))


def _phrase_value(n_phrases: int) -> float:
    """Return what each phrase of a text counts: less in a long text."""
    return _PHRASE_SCALE / float(np.sqrt(max(1.0, _KNOWN_SHARE * n_phrases)))


def _short(number: float) -> float:
    return float(f"{number:.{_SIGNIFICANT}g}")
