"""The notes of a consultation that others are compared with, and their neighbourhoods."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nlp.similarity.profiles import Profiles
from nlp.similarity.subject_space import Floats

_NEIGHBOURS = 8
# Nearness of a note to itself, below any other; and bound of the standardised nearness.
NOBODY = -9.0
_LEAST_SPREAD = 0.05
_DEMANDS_WEIGHT = 2
LIMIT = 9


@dataclass(frozen=True, slots=True)
class Population:
    """Notes, and how near each is to the others.

    Attributes
    ----------
    notes : Profiles
        The notes.
    workshops : ndarray of shape (n_notes,)
        Number of the workshop of each; all 0 when no workshop is known.
    placed : bool
        Whether any workshop is known.
    nearness : ndarray of shape (n_notes, n_notes)
        Sum of the similarities by meaning, subject and concept; −9 on the diagonal.
    usual : ndarray of shape (n_notes,)
        Mean nearness of the eight nearest notes.
    level, spread : ndarray of shape (n_notes,)
        Mean and standard deviation of the nearness inside the workshop.
    attention : ndarray of shape (n_notes,)
        Sum over the workshop of the exponentials of the standardised nearness.
    """

    notes: Profiles
    workshops: NDArray[np.int64]
    placed: bool
    nearness: Floats
    usual: Floats
    level: Floats
    spread: Floats
    attention: Floats


def population(notes: Profiles) -> Population:
    """Measure the neighbourhoods of notes.

    Parameters
    ----------
    notes : Profiles
        The notes of a consultation.

    Returns
    -------
    Population
        The same notes, ready to be compared with.
    """
    names = [context.workshop for context in notes.contexts]
    placed = any(name is not None for name in names)
    workshops = numbers(names, sorted({str(name) for name in names}))
    near = nearness(notes, notes)
    np.fill_diagonal(near, NOBODY)
    same = workshops[:, None] == workshops[None]
    level, spread = inside(near, same)
    attention = attentions((near - level[:, None]) / spread[:, None], same).sum(axis=1)
    return Population(notes, workshops, placed, near, usual(near), level, spread, attention)


def numbers(names: Sequence[str | None], known: Sequence[str]) -> NDArray[np.int64]:
    """Give each workshop a number.

    Parameters
    ----------
    names : sequence of (str or None)
        Workshop of each note.
    known : sequence of str
        The workshops, in order.

    Returns
    -------
    ndarray of shape (n_notes,)
        Position of each in ``known``; -1 for another.
    """
    at = {name: number for number, name in enumerate(known)}
    return np.array([at.get(str(name), -1) for name in names], dtype=np.int64)


def nearness(rows: Profiles, columns: Profiles) -> Floats:
    """Return the sum of the similarities of notes by meaning, subject and concept.

    Parameters
    ----------
    rows, columns : Profiles
        Notes.

    Returns
    -------
    ndarray of shape (n_rows, n_columns)
        Nearness.
    """
    near = rows.vectors @ columns.vectors.T
    near += _DEMANDS_WEIGHT * (rows.demands @ columns.demands.T)
    near += rows.concepts @ columns.concepts.T
    return near


def usual(near: Floats) -> Floats:
    """Return the mean nearness of the eight nearest notes of each row.

    Parameters
    ----------
    near : ndarray of shape (n_rows, n_columns)
        Nearness.

    Returns
    -------
    ndarray of shape (n_rows,)
        Means.
    """
    kept = min(_NEIGHBOURS, max(1, near.shape[1] - 1))
    nearest = -np.partition(-near, kept - 1, axis=1)[:, :kept]
    means: Floats = np.maximum(nearest, -1).mean(axis=1)
    return means


def inside(near: Floats, same: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """Return the mean and the spread of the nearness of each row to its workshop.

    Parameters
    ----------
    near : ndarray of shape (n_rows, n_columns)
        Nearness.
    same : ndarray of shape (n_rows, n_columns)
        Which columns are of the workshop of the row.

    Returns
    -------
    tuple of two ndarray of shape (n_rows,)
        Means and standard deviations; 0 and about 1 for a note alone in its workshop.
    """
    others = same & (near > NOBODY)
    counts = np.maximum(others.sum(axis=1), 1)
    values = np.where(others, near, 0)
    level = values.sum(axis=1) / counts
    squares = np.where(others, (near - level[:, None]) ** 2, 0).sum(axis=1) / counts
    spread = np.where(others.any(axis=1), np.sqrt(squares), 1) + _LEAST_SPREAD
    return level.astype(np.float32), spread.astype(np.float32)


def attentions(standardised: Floats, same: NDArray[np.bool_]) -> Floats:
    """Return the exponentials of the standardised nearness, null outside the workshop.

    Parameters
    ----------
    standardised : ndarray of shape (n_rows, n_columns)
        Nearness less its mean, over its spread.
    same : ndarray of shape (n_rows, n_columns)
        Which columns are of the workshop of the row.

    Returns
    -------
    ndarray of shape (n_rows, n_columns)
        Non-negative weights.
    """
    weights: Floats = np.where(same, np.exp(np.clip(standardised, -LIMIT, LIMIT)), 0)
    return weights
