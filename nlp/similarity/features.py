"""The evidence about pairs of notes: each feature is one matrix of rows against a population.

The length and the style of the notes are no feature. Every feature is a continuous function of
the vectors, so that the last bits of a processor change no decision.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.preprocessing import normalize

from nlp.similarity.population import (
    LIMIT,
    NOBODY,
    Population,
    attentions,
    inside,
    nearness,
    numbers,
    usual,
)
from nlp.similarity.profiles import Profiles
from nlp.similarity.subject_space import HALF, Floats

_JUST_BEFORE = 3
_LEAST_SHARE = 0.01
_TINY = 1e-6
FAMILIES = {
    "meaning": ("meaning", "subject"),
    "subjects": ("demands", "concept_space"),
    "clauses": ("clause_meaning", "clause_whole", "clause_demands", "pooled_demands"),
    "words": ("words", "rare_word"),
    "spelling": ("characters",),
    "lexicon": ("named", "rare_named", "themes"),
    "neighbourhood": (
        "mutual", "level", "greater_attention", "lesser_attention", "common_neighbours",
    ),
    "context": ("table", "other_question", "refers"),
}  # fmt: skip
NAMES = tuple(name for family in FAMILIES.values() for name in family)


def features(
    rows: Profiles, known: Population, own: NDArray[np.int64] | None = None
) -> Iterator[tuple[str, Floats]]:
    """Compute the evidence about each note of ``rows`` and each of a population.

    Parameters
    ----------
    rows : Profiles
        Notes.
    known : Population
        The notes that they are compared with.
    own : ndarray of shape (n_rows,) or None, default=None
        Position of each row in the population; None for late notes.

    Yields
    ------
    tuple of (str, ndarray of shape (n_rows, n_notes))
        The name of a feature and its values, in the order of ``NAMES``.
    """
    yield from _alone(rows, known.notes)
    yield from _neighbourhood(rows, known, own)
    yield from _context(rows, known)


def same_workshop(rows: Profiles, known: Population) -> NDArray[np.bool_]:
    """Tell which notes of a population are of the workshop of each row.

    Parameters
    ----------
    rows : Profiles
        Notes.
    known : Population
        The notes that they are compared with.

    Returns
    -------
    ndarray of shape (n_rows, n_notes)
        True for the notes of the same workshop, and everywhere when no workshop is known.
    """
    names = sorted({str(context.workshop) for context in known.notes.contexts})
    here = numbers([context.workshop for context in rows.contexts], names)
    same: NDArray[np.bool_] = here[:, None] == known.workshops[None]
    return same


def _alone(rows: Profiles, notes: Profiles) -> Iterator[tuple[str, Floats]]:
    """Compare two notes without looking at any other."""
    yield "meaning", rows.vectors[:, :HALF] @ notes.vectors[:, :HALF].T
    yield "subject", rows.vectors[:, HALF:] @ notes.vectors[:, HALF:].T
    yield "demands", rows.demands @ notes.demands.T
    yield "concept_space", rows.concepts @ notes.concepts.T
    yield "clause_meaning", _best(rows, notes, rows.clause_vectors @ notes.clause_vectors.T)
    yield "clause_whole", _clause_to_whole(rows, notes)
    yield "clause_demands", _best(rows, notes, rows.clause_demands @ notes.clause_demands.T)
    yield "pooled_demands", rows.pooled @ notes.pooled.T
    yield "words", _product(rows.words, notes.words)
    yield "rare_word", _rarest(rows.words, notes.words, notes.rarity)
    yield "characters", _product(rows.characters, notes.characters)
    yield "named", _product(rows.named, notes.named)
    yield "rare_named", _rarest(rows.named, notes.named, notes.named_rarity)
    yield "themes", _product(rows.themes, notes.themes)


def _best(rows: Profiles, notes: Profiles, scores: Floats) -> Floats:
    """Return the best score of the clauses of two notes."""
    by_row = np.maximum.reduceat(scores, rows.clause_starts, axis=0)
    best: Floats = np.maximum.reduceat(by_row, notes.clause_starts, axis=1)
    return best


def _clause_to_whole(rows: Profiles, notes: Profiles) -> Floats:
    """Return the best similarity of a clause of one note to the whole of the other."""
    there = rows.vectors[:, :HALF] @ notes.clause_vectors.T
    back = rows.clause_vectors @ notes.vectors[:, :HALF].T
    best: Floats = np.maximum(
        np.maximum.reduceat(there, notes.clause_starts, axis=1),
        np.maximum.reduceat(back, rows.clause_starts, axis=0),
    )
    return best


def _product(rows: sparse.csr_array, notes: sparse.csr_array) -> Floats:
    product: Floats = (rows @ notes.T).toarray()
    return product


def _rarest(rows: sparse.csr_array, notes: sparse.csr_array, rarity: Floats) -> Floats:
    """Return the rarity of the rarest thing that two notes hold."""
    held = notes.astype(bool).astype(np.float32).multiply(rarity[None, :]).tocsc()
    rarest = np.zeros((rows.shape[0], notes.shape[0]), dtype=np.float32)
    for i in range(rows.shape[0]):
        columns = rows.indices[rows.indptr[i] : rows.indptr[i + 1]]
        if len(columns):
            rarest[i] = held[:, columns].max(axis=1).toarray().ravel()
    return rarest


def _neighbourhood(
    rows: Profiles, known: Population, own: NDArray[np.int64] | None
) -> Iterator[tuple[str, Floats]]:
    """Compare the nearness of two notes with that of their neighbours."""
    near = nearness(rows, known.notes)
    if own is not None:
        near[np.arange(len(rows)), own] = NOBODY
    same = same_workshop(rows, known)
    level, spread = inside(near, same)
    mine = (near - level[:, None]) / spread[:, None]
    theirs = (near - known.level[None]) / known.spread[None]
    yield "mutual", 2 * near - usual(near)[:, None] - known.usual[None]
    yield "level", np.where(same, (mine + theirs) / 2, 0)
    weights = attentions(mine, same)
    given = _share(weights, weights.sum(axis=1, keepdims=True))
    received = _share(attentions(theirs, same), known.attention[None])
    yield "greater_attention", np.where(same, np.maximum(given, received), 0)
    yield "lesser_attention", np.where(same, np.minimum(given, received), 0)
    yield "common_neighbours", _common_neighbours(mine, same, known, own)


def _share(weights: Floats, total: Floats) -> Floats:
    shares: Floats = np.log(weights / np.maximum(total, _TINY) + _LEAST_SHARE)
    return shares


def _common_neighbours(
    mine: Floats, same: NDArray[np.bool_], known: Population, own: NDArray[np.int64] | None
) -> Floats:
    """Return the cosine of how two notes of a workshop stand to all the notes of it."""
    theirs = (known.nearness - known.level[:, None]) / known.spread[:, None]
    common = np.zeros_like(mine)
    for workshop in np.unique(known.workshops):
        inside_it = np.flatnonzero(known.workshops == workshop)
        rows = np.flatnonzero(same[:, inside_it[0]])
        if not len(rows):
            continue
        left, right = mine[np.ix_(rows, inside_it)], theirs[np.ix_(inside_it, inside_it)]
        right = _with_oneself(right, np.arange(len(inside_it)))
        if own is not None:
            left = _with_oneself(left, np.searchsorted(inside_it, own[rows]))
        common[np.ix_(rows, inside_it)] = normalize(left) @ normalize(right).T
    return common


def _with_oneself(standing: Floats, at: NDArray[np.int64]) -> Floats:
    """Return how notes stand to others, each standing to itself as to its nearest."""
    filled = np.maximum(standing, -LIMIT)
    rows = np.arange(len(filled))
    filled[rows, at] = -LIMIT
    filled[rows, at] = np.maximum(filled.max(axis=1), 0)
    return filled


def _context(rows: Profiles, known: Population) -> Iterator[tuple[str, Floats]]:
    """Compare where two notes were said; nothing that is unknown counts.

    The distance between two positions is no feature: consecutive notes share a group less often
    than others in most training consultations, and not in other sets.
    """
    same = same_workshop(rows, known) & known.placed
    ours, theirs = rows.contexts, known.notes.contexts
    yield "table", same * _equal([c.table for c in ours], [c.table for c in theirs])
    questions = [c.question for c in ours], [c.question for c in theirs]
    yield "other_question", same * _known(*questions) * (1 - _equal(*questions))
    before = _before([c.position for c in ours], [c.position for c in theirs])
    yield "refers", same * _references(rows, known.notes, before)


def _equal(ours: list[str | None], theirs: list[str | None]) -> Floats:
    left, right = np.array(ours, dtype=object), np.array(theirs, dtype=object)
    equal: Floats = (_known(ours, theirs) * (left[:, None] == right[None])).astype(np.float32)
    return equal


def _known(ours: list[str | None], theirs: list[str | None]) -> Floats:
    left, right = ([value is not None for value in values] for values in (ours, theirs))
    return np.outer(left, right).astype(np.float32)


def _before(ours: list[int | None], theirs: list[int | None]) -> NDArray[np.float64]:
    """Return how many notes before ours theirs came; NaN where a position is unknown."""
    left, right = (np.array(values, dtype=np.float64) for values in (ours, theirs))
    return left[:, None] - right[None]


def _references(rows: Profiles, notes: Profiles, before: NDArray[np.float64]) -> Floats:
    """Tell which notes one of two refers to: by its table, or as the one that came before."""
    back = rows.refers_back[:, None] & (before > 0) & (before <= _JUST_BEFORE)
    back |= notes.refers_back[None] & (before < 0) & (before >= -_JUST_BEFORE)
    found = back / np.maximum(np.abs(before), 1)
    found = np.nan_to_num(found)
    for i, tables in enumerate(rows.tables_named):
        if tables:
            found[i] = np.maximum(found[i], [c.table in tables for c in notes.contexts])
    for j, tables in enumerate(notes.tables_named):
        if tables:
            found[:, j] = np.maximum(found[:, j], [c.table in tables for c in rows.contexts])
    return found.astype(np.float32)
