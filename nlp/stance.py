"""Whether a text opposes something: cues of refusal, learned words, and its sentence vector."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import normalize
from sklearn.utils.validation import check_is_fitted

from nlp.exceptions import ModelError
from nlp.lexical import comparable
from nlp.spelling import standard

_TOKEN = re.compile(r"\w+|[?!]+")
_READ = 2000
_LONGEST_PHRASE = 3
_LONGEST_SHOWN = 5
_CLAUSE = re.compile(r"[.!?;:,\n…]+")
# Families of cues before what they refuse, and after it.
_REFUSALS = frozenset(("disagreement", "never", "no thanks", "against", "stop", "no", "useless"))
_DENIALS = frozenset(("never", "no thanks", "no"))
_OBJECT_WORDS = 6
_MOST_COUNTED = 2
_HALF = 512
_SIGNIFICANT = 4
_SCORE_DECIMALS = 3
# How much each kind of evidence may weigh before the penalty, chosen on the training notes.
_VECTOR_SCALE = 4.0
_PHRASE_SCALE = 4.0

Floats = NDArray[np.float64]


class StanceModel(ClassifierMixin, BaseEstimator):
    """Logistic regression of « this text speaks against something ».

    The evidence is the families of ``nlp/data/opposition_cues.txt``, sequences of one to three
    words, and the first half of the sentence vector.

    Parameters
    ----------
    C : float, default=0.3
        Inverse strength of the penalty.
    min_count : int, default=6
        Texts that must hold a sequence of words for it to be learned.

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

    def __init__(self, C: float = 0.3, min_count: int = 6) -> None:
        self.C = C
        self.min_count = min_count

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
        self.phrases_ = {p: _short(w) for p, w in zip(known, rest[: len(known)], strict=True)}
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
        known = sorted(phrase for phrase in phrases(text) if phrase in self.phrases_)
        if not known:
            return 0.0
        total = sum(self.phrases_[phrase] for phrase in known)
        return _PHRASE_SCALE * total / float(np.sqrt(len(known)))

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


def phrases(text: str) -> frozenset[str]:
    """Return the sequences of one to three words of a text.

    Parameters
    ----------
    text : str
        Any text; its first 2,000 characters are read.

    Returns
    -------
    frozenset of str
        In standard spelling, without accents.

    Examples
    --------
    >>> sorted(phrases("Surtout pas"))
    ['pas', 'surtout', 'surtout pas']
    """
    tokens = _tokens(text[:_READ])
    return frozenset(
        " ".join(tokens[start : start + size])
        for size in range(1, _LONGEST_PHRASE + 1)
        for start in range(len(tokens) - size + 1)
    )


def cue_counts(text: str) -> tuple[float, ...]:
    """Return how often each family of cues is found in a text.

    Parameters
    ----------
    text : str
        Any text; its first 2,000 characters are read.

    Returns
    -------
    tuple of float
        One share for each of :func:`cue_families`: 0, 0.5 for one occurrence, 1 for more.

    Examples
    --------
    >>> dict(zip(cue_families(), cue_counts("Non merci"), strict=True))["no thanks"]
    0.5
    """
    tokens = _tokens(text[:_READ])
    longest = max(len(phrase) for phrase in _cues()[0])
    counts: Counter[str] = Counter()
    for start in range(len(tokens)):
        for size in range(1, min(longest, len(tokens) - start) + 1):
            counts.update(_families_of(tokens[start : start + size]))
    return tuple(min(_MOST_COUNTED, counts[name]) / _MOST_COUNTED for name in cue_families())


def cue_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Return the passages of a text that are cues of an opposition.

    Parameters
    ----------
    text : str
        Any text; its first 2,000 characters are read.

    Returns
    -------
    tuple of (int, int)
        Offsets of passages that do not overlap, those that show an opposition best first.

    Examples
    --------
    >>> text = "Le vélo ? Surtout pas"
    >>> [text[start:end] for start, end in cue_spans(text)]
    ['Surtout pas', '?']
    """
    rank = {family: number for number, family in enumerate(cue_families())}
    found = [
        (min(rank[family] for family in families), start - end, start, end)
        for start, end, tokens in _windows(text[:_READ])
        if (families := tuple(_families_of(tokens)))
    ]
    kept: list[tuple[int, int]] = []
    for _, _, start, end in sorted(found):
        if all(end <= begun or start >= ended for begun, ended in kept):
            kept.append((start, end))
    return tuple(kept)


def refused_objects(text: str) -> tuple[frozenset[str], ...]:
    """Return what a text says no to: « non à … », « … non merci », « … ? Jamais ».

    Parameters
    ----------
    text : str
        Any text; its first 2,000 characters are read.

    Returns
    -------
    tuple of frozenset of str
        The stems of each refused object: six content words at most, beside the cue.

    Examples
    --------
    >>> [sorted(stems) for stems in refused_objects("Le marché ? Surtout pas")]
    [['march']]
    """
    found = []
    before: tuple[str, ...] = ()
    for clause in _CLAUSE.split(text[:_READ]):
        tokens = _tokens(clause)
        opening, closing = _opening(tokens), _closing(tokens)
        if 0 < opening < len(tokens):
            found.append(_object(clause)[:_OBJECT_WORDS])
        elif opening:
            found.append(before[-_OBJECT_WORDS:])
        elif closing:
            found.append(_object(clause)[-_OBJECT_WORDS:])
        before = _object(clause) or before
    return tuple(frozenset(stems) for stems in found if stems)


def _opening(tokens: tuple[str, ...]) -> int:
    """Return the length of the cue that opens a clause."""
    return max(
        (
            size
            for size in range(1, _LONGEST_SHOWN + 1)
            if _REFUSALS & {*_families_of(tokens[:size])}
        ),
        default=0,
    )


def _closing(tokens: tuple[str, ...]) -> bool:
    return any(_DENIALS & {*_families_of(tokens[-size:])} for size in (1, 2, 3))


@lru_cache(maxsize=20_000)
def _object(clause: str) -> tuple[str, ...]:
    """Return the stems of a clause without its cues."""
    cues = {token for start, end in cue_spans(clause) for token in comparable(clause[start:end])}
    return tuple(stem for stem in comparable(standard(clause)) if stem not in cues)


@cache
def cue_families() -> tuple[str, ...]:
    """Return the names of the families of ``nlp/data/opposition_cues.txt``.

    Returns
    -------
    tuple of str
        In the order of the file.
    """
    return tuple(name for name, _ in _read_cues())


def _families_of(tokens: tuple[str, ...]) -> Iterator[str]:
    whole, beginnings = _cues()
    yield from whole.get(tokens, ())
    if len(tokens) == 1:
        yield from (family for start, family in beginnings if tokens[0].startswith(start))


@cache
def _cues() -> tuple[dict[tuple[str, ...], tuple[str, ...]], tuple[tuple[str, str], ...]]:
    """Return the families of each phrase, and those of each beginning of a word."""
    whole: dict[tuple[str, ...], tuple[str, ...]] = {}
    beginnings: list[tuple[str, str]] = []
    for family, entries in _read_cues():
        for entry in entries:
            if entry.endswith("*"):
                beginnings.append((_folded(entry.removesuffix("*")), family))
                continue
            key = _tokens(entry)
            whole[key] = (*(other for other in whole.get(key, ()) if other != family), family)
    return whole, tuple(beginnings)


def _read_cues() -> Iterator[tuple[str, list[str]]]:
    text = (files("nlp") / "data" / "opposition_cues.txt").read_text(encoding="utf-8")
    families: dict[str, list[str]] = {}
    for line in text.splitlines():
        if line.startswith("== "):
            name = line.removeprefix("== ")
            families[name] = []
        elif line and not line.startswith("#"):
            families[name].append(line)
    yield from families.items()


def _windows(text: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Yield each sequence of words of a text: its offsets, and how it is compared."""
    raw = list(_TOKEN.finditer(text))
    for first in range(len(raw)):
        for last in raw[first : first + _LONGEST_SHOWN]:
            begin, end = raw[first].start(), last.end()
            yield begin, end, _tokens(text[begin:end])


@lru_cache(maxsize=20_000)
def _tokens(text: str) -> tuple[str, ...]:
    return tuple(_TOKEN.findall(_folded(standard(text))))


def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _presence(texts: Iterable[str], columns: Mapping[str, int]) -> sparse.csr_matrix:
    """Return one row per text with the same value for each known phrase, of a fixed length."""
    rows = [sorted(columns[p] for p in phrases(text) if p in columns) for text in texts]
    starts = np.cumsum([0, *(len(row) for row in rows)])
    values = np.ones(starts[-1])
    indices = np.array([column for row in rows for column in row], dtype=np.int64)
    matrix = sparse.csr_matrix((values, indices, starts), shape=(len(rows), len(columns)))
    return normalize(matrix) * _PHRASE_SCALE


def _short(number: float) -> float:
    return float(f"{number:.{_SIGNIFICANT}g}")
