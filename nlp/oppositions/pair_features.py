"""Features of a candidate pair, in both directions."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer

from nlp.context import Context
from nlp.lexical import comparable
from nlp.oppositions.refused_objects import refused_objects
from nlp.spelling import standard

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

NAMES = (
    "against",
    "other_against",
    "relative",
    "other_relative",
    "probability",
    "words",
    "distance",
    "after",
    "table",
    "reference",
    "refused",
)
_DECIMALS = 4
_LEAST = 1e-3
# Of two notes whose order is unknown: the usual distance in a workshop, and no order.
_USUAL_DISTANCE = 2.0
_NO_ORDER = 0.5
_REFERENCE = re.compile(
    r"(?:d'accord (?:avec|pour)|contraire(?:ment)? [aà]|r[eé]ponse? [aà]u?|ceux qui veulent"
    r"|n'en d[eé]plaise [aà]u?|comme (?:dit|a dit))"
    r"((?:[ ,'’-]+\w{1,30}){1,6})"
)
_BEFORE = re.compile(r"pr[eé]c[eé]dent|ci-dessus|au-dessus|d'avant\b|juste avant")
_JUST_BEFORE = 3


@dataclass(frozen=True, slots=True)
class Edges:
    """Candidate pairs, each in both directions, in order of the text that may oppose.

    Attributes
    ----------
    against, other : ndarray of shape (n_edges,)
        The text that may oppose, and what it may oppose.
    X : ndarray of shape (n_edges, n_features)
        Features in the order of ``NAMES``.
    """

    against: Ints
    other: Ints
    X: Floats

    @property
    def starts(self) -> Ints:
        """First edge of each text that may oppose."""
        return np.flatnonzero(np.r_[True, self.against[1:] != self.against[:-1]])


def edges(
    texts: Sequence[str],
    candidates: Sequence[tuple[int, int, float]],
    contexts: Sequence[Context] | None,
    stances: Floats,
    opposing: Collection[int] | None = None,
) -> Edges:
    """Compute the features of candidate pairs.

    Parameters
    ----------
    texts : sequence of str
        All the texts.
    candidates : sequence of tuple of (int, int, float)
        At least one pair of positions, with the probability that they are about the same demand.
    contexts : sequence of Context or None
        Where each text was said.
    stances : ndarray of shape (n_texts,)
        Log-odds that each text speaks against something.
    opposing : collection of int or None, default=None
        Texts that may oppose another one; None for all of them.

    Returns
    -------
    Edges
        One for each candidate of each text that may oppose.
    """
    first, second = (np.array([pair[side] for pair in candidates]) for side in (0, 1))
    chance = np.array([pair[2] for pair in candidates], dtype=np.float64)
    against, other = np.r_[first, second], np.r_[second, first]
    order = np.lexsort((other, against))
    against, other, chance = against[order], other[order], np.r_[chance, chance][order]
    known = np.round(np.clip(chance, _LEAST, 1 - _LEAST), _DECIMALS)
    relative = _relative(against, other, chance, stances)
    words = _words(texts, against)
    if opposing is not None:
        able = np.isin(against, sorted(opposing))
        against, other, known = against[able], other[able], known[able]
    columns = {
        "against": stances[against],
        "other_against": stances[other],
        "relative": relative[against],
        "other_relative": relative[other],
        "probability": np.log(known / (1 - known)),
        "words": _shared_words(words, against, other),
        **_places(contexts, against, other),
        "reference": _references(texts, contexts, against, other),
        "refused": _refused(texts, against, other),
    }
    return Edges(against, other, np.stack([columns[name] for name in NAMES], axis=1))


def _relative(against: Ints, other: Ints, chance: Floats, stances: Floats) -> Floats:
    """Return how much more each text opposes than its candidates do, weighted by likelihood."""
    total = np.bincount(against, weights=chance, minlength=len(stances))
    around = np.bincount(against, weights=chance * stances[other], minlength=len(stances))
    return np.round(stances - around / np.maximum(total, _LEAST), _DECIMALS)


def _words(texts: Sequence[str], read: Ints) -> sparse.csr_matrix | None:
    """Return the TF-IDF vectors of the stems of some texts, None where none holds any word."""
    positions = np.unique(read)
    try:
        rows = TfidfVectorizer(analyzer=_stems).fit_transform([texts[i] for i in positions])
    except ValueError:
        return None
    places = np.zeros(len(texts), dtype=np.int64)
    places[positions] = np.arange(len(positions))
    return sparse.csr_matrix(rows)[places]


def _shared_words(rows: sparse.csr_matrix | None, against: Ints, other: Ints) -> Floats:
    """Return the cosine of the vectors of two texts."""
    if rows is None:
        return np.zeros(len(against))
    found: Floats = np.asarray(rows[against].multiply(rows[other]).sum(axis=1)).ravel()
    return np.round(found, _DECIMALS)


@lru_cache(maxsize=20_000)
def _stems(text: str) -> frozenset[str]:
    return frozenset(comparable(standard(text)))


def _places(contexts: Sequence[Context] | None, against: Ints, other: Ints) -> dict[str, Floats]:
    """Return how far apart two notes of a workshop came, in which order, and at which tables."""
    if contexts is None:
        contexts = [Context()] * (int(max(against.max(), other.max())) + 1)
    workshops = _numbered([context.workshop for context in contexts])
    tables = _numbered([context.table for context in contexts])
    ranks = np.array([np.nan if c.position is None else c.position for c in contexts])
    same = _equal(workshops, against, other)
    before = np.where(same, ranks[against] - ranks[other], np.nan)
    ordered = np.isfinite(before)
    gap = np.nan_to_num(before)
    return {
        "distance": np.where(ordered, np.round(np.log1p(np.abs(gap)), _DECIMALS), _USUAL_DISTANCE),
        "after": np.where(ordered, (gap > 0).astype(np.float64), _NO_ORDER),
        "table": (same & _equal(tables, against, other)).astype(np.float64),
    }


def _numbered(names: Sequence[str | None]) -> Ints:
    """Give each name a number; -1 where there is none."""
    numbers = {name: i for i, name in enumerate(sorted({n for n in names if n is not None}))}
    return np.array([-1 if name is None else numbers[name] for name in names], dtype=np.int64)


def _equal(numbers: Ints, against: Ints, other: Ints) -> NDArray[np.bool_]:
    equal: NDArray[np.bool_] = (numbers[against] == numbers[other]) & (numbers[against] >= 0)
    return equal


def _references(
    texts: Sequence[str], contexts: Sequence[Context] | None, against: Ints, other: Ints
) -> Floats:
    """Tell which text another one names: « pas d'accord avec l'interne », « la précédente »."""
    referring = {
        int(i): (_named(texts[i]), _BEFORE.search(standard(texts[i])) is not None)
        for i in np.unique(against)
    }
    found = np.zeros(len(against))
    for edge, (i, j) in enumerate(zip(against.tolist(), other.tolist(), strict=True)):
        named, previous = referring[i]
        by_name = bool(named) and not named.isdisjoint(_stems(texts[j]))
        by_place = previous and contexts is not None and _just_before(contexts[j], contexts[i])
        found[edge] = float(by_name or by_place)
    return found


def _refused(texts: Sequence[str], against: Ints, other: Ints) -> Floats:
    """Return the largest share of what a text says no to that the other one holds."""
    refused = {int(i): refused_objects(texts[i]) for i in np.unique(against)}
    found = np.zeros(len(against))
    for edge, (i, j) in enumerate(zip(against.tolist(), other.tolist(), strict=True)):
        if refused[i]:
            held = _stems(texts[j])
            found[edge] = max(len(stems & held) / len(stems) for stems in refused[i])
    return np.round(found, _DECIMALS)


def _named(text: str) -> frozenset[str]:
    """Return the stems of the words by which a text refers to another one."""
    return frozenset(comparable(" ".join(_REFERENCE.findall(standard(text)))))


def _just_before(context: Context, reference: Context) -> bool:
    if context.workshop is None or context.workshop != reference.workshop:
        return False
    if context.position is None or reference.position is None:
        return False
    return 0 < reference.position - context.position <= _JUST_BEFORE
