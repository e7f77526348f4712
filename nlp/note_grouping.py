"""Grouping of workshop notes by the learned probability of their pairs."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nlp.candidates import Pool
from nlp.context import Context
from nlp.options import Options
from nlp.results import ISOLATED
from nlp.similarity.notes_model import Limits, NotesModel, attractions, notes_model
from nlp.similarity.pair_clustering import PairClusterer
from nlp.similarity.population import population
from nlp.similarity.profiles import Profiler
from nlp.similarity.subject_space import Floats

# Beyond, the pairs would take more memory than a worker has: texts are grouped by theme.
MOST_NOTES = 2_000
_SEVERAL = 2


@dataclass(frozen=True, slots=True)
class ComparedNotes:
    """Distinct notes and the probability of their pairs.

    Attributes
    ----------
    vectors : ndarray of shape (n_kinds, n_features)
        Unit vectors: meaning, demands and concepts.
    pairs : ndarray of shape (n_kinds, n_kinds)
        Probability that two notes ask for the same thing.
    model : NotesModel
        The learned models.
    limits : Limits
        Limits of the groups.
    """

    vectors: Floats
    pairs: Floats
    model: NotesModel
    limits: Limits


def compare_notes(
    texts: Sequence[str], contexts: Sequence[Context] | None, embeddings: Floats
) -> ComparedNotes:
    """Compute the probability of every pair of notes.

    Parameters
    ----------
    texts : sequence of str
        Distinct notes.
    contexts : sequence of Context or None
        Where each was said.
    embeddings : ndarray of shape (n_kinds, 1024)
        Their vectors from :func:`nlp.encoders.embed`.

    Returns
    -------
    ComparedNotes
        The notes compared.
    """
    model = notes_model()
    profiler = Profiler().fit(texts, vectors=embeddings)
    places = contexts or [Context()] * len(texts)
    known = population(profiler.transform(texts, places, vectors=embeddings))
    notes = known.notes
    joined = np.hstack([notes.vectors / np.sqrt(2), notes.demands, notes.concepts]) / np.sqrt(3)
    limits = model.limits if known.placed else model.bare_limits
    return ComparedNotes(joined, model.pair_probabilities(known), model, limits)


def note_labels(compared: ComparedNotes, pool: Pool, options: Options) -> NDArray[np.int64]:
    """Group the notes of ``pool``, around what people put together.

    Parameters
    ----------
    compared : ComparedNotes
        The distinct notes.
    pool : Pool
        Which of them are to be grouped, and what people put together.
    options : Options
        Granularity.

    Returns
    -------
    ndarray of shape (n_kinds,)
        Human groups keep their numbers, machine groups come after; -1 outside the pool, and for
        a note that nothing attracts.
    """
    labels = np.full(len(compared.pairs), ISOLATED, dtype=np.int64)
    if not pool.open.any():
        return labels
    alone = attractions(compared.pairs) < compared.limits.least_attraction
    inside = np.flatnonzero(pool.open & ~(alone & (pool.voices < _SEVERAL) & (pool.taught < 0)))
    if not len(inside):
        return labels
    taught = pool.taught[inside]
    clusterer = PairClusterer(compared.limits.threshold, options.granularity)
    found = clusterer.fit(compared.pairs[np.ix_(inside, inside)], taught).labels_
    # The clusterer numbers its groups after those it was taught, which may not be all of them.
    machine = found > taught.max(initial=-1)
    found = np.where(machine, found + pool.n_groups, found)
    sizes = np.bincount(found, weights=pool.voices[inside])
    found[machine & (sizes[found] < options.min_cluster_size)] = ISOLATED
    labels[inside] = found
    return labels
