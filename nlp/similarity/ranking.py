"""Ranks the groups that a note may join."""

from collections.abc import Mapping, Sequence
from typing import Self

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted
from threadpoolctl import threadpool_limits

from nlp.bounded_cache import BoundedCache
from nlp.checks import checked_embeddings, checked_texts
from nlp.context import Context
from nlp.encoders import embed
from nlp.exceptions import TextError
from nlp.similarity.notes_model import NotesModel, notes_model
from nlp.similarity.population import Population, population
from nlp.similarity.profiles import Profiler
from nlp.similarity.subject_space import Floats


class Ranker(BaseEstimator):
    """Rank the groups of a consultation for any of its notes, or for a late one.

    The pairs are computed once; ranking a note after each placement costs a few milliseconds.

    Parameters
    ----------
    model : NotesModel or None, default=None
        The learned models; those of ``nlp/data`` when None.

    Attributes
    ----------
    pairs_ : ndarray of shape (n_notes, n_notes)
        Probabilities of the pairs of the notes.
    """

    def __init__(self, model: NotesModel | None = None) -> None:
        self.model = model

    def fit(
        self,
        X: Sequence[str],
        y: object = None,
        *,
        contexts: Sequence[Context] | None = None,
        vectors: Floats | None = None,
    ) -> Self:
        """Compare the notes of a consultation with each other.

        Parameters
        ----------
        X : sequence of str
            Every note, placed or not.
        y : None
            Ignored.
        contexts : sequence of Context or None, default=None
            Where each was said.
        vectors : ndarray of shape (n_notes, 1024) or None, default=None
            Vectors from :func:`nlp.encoders.embed`, when they are known.

        Returns
        -------
        Self
            The fitted ranker.
        """
        del y
        known = embed(X) if vectors is None else vectors
        self.model_ = self.model or notes_model()
        with threadpool_limits(1):
            self.profiler_ = Profiler().fit(X, vectors=known)
            profiles = self.profiler_.transform(X, contexts or [Context()] * len(X), vectors=known)
            self.population_: Population = population(profiles)
            self.pairs_: Floats = self.model_.pair_probabilities(self.population_)
        return self

    def rank(self, note: int, groups: Mapping[str, Sequence[int]]) -> list[tuple[str, float]]:
        """Rank groups for one of the notes.

        Parameters
        ----------
        note : int
            Position of the note.
        groups : mapping of str to sequence of int
            Positions of the members of each group; the note itself is left out of its own.

        Returns
        -------
        list of (str, float)
            Groups that have another member, most probable first, with the probability that the
            note belongs there.
        """
        check_is_fitted(self, "pairs_")
        return self._ranked(self.pairs_[note], groups, note)

    def rank_late(
        self,
        text: str,
        groups: Mapping[str, Sequence[int]],
        *,
        context: Context | None = None,
        vector: Floats | None = None,
    ) -> list[tuple[str, float]]:
        """Rank groups for a note that is not of the consultation.

        Parameters
        ----------
        text : str
            The note.
        groups : mapping of str to sequence of int
            Positions of the members of each group.
        context : Context or None, default=None
            Where it was said.
        vector : ndarray of shape (1024,) or None, default=None
            Its vector, when it is known.

        Returns
        -------
        list of (str, float)
            Groups, most probable first, with the probability that the note belongs there.
        """
        check_is_fitted(self, "pairs_")
        known = None if vector is None else vector[None]
        with threadpool_limits(1):
            late = self.profiler_.transform([text], [context or Context()], vectors=known)
            (pairs,) = self.model_.late_probabilities(late, self.population_)
        return self._ranked(pairs, groups, None)

    def _ranked(
        self, pairs: Floats, groups: Mapping[str, Sequence[int]], note: int | None
    ) -> list[tuple[str, float]]:
        model = self.model_.ranking
        found = [
            (name, model.probability(pairs[others]))
            for name, members in groups.items()
            if len(others := _others(members, note))
        ]
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))


_rankers = BoundedCache[tuple[tuple[str, ...], tuple[Context, ...]], Ranker](4)


def rank(
    text: str,
    groups: Mapping[str, Sequence[str]],
    *,
    context: Context | None = None,
    contexts: Mapping[str, Sequence[Context]] | None = None,
    embeddings: Mapping[str, Floats] | None = None,
) -> list[tuple[str, float]]:
    """Order the groups that a note may join.

    The members are compared with each other once; the last few sets of notes are remembered.
    :class:`Ranker` ranks many notes of one consultation.

    Parameters
    ----------
    text : str
        The note.
    groups : mapping of str to sequence of str
        The members of each group as it now stands.
    context : Context or None, default=None
        Where the note was said.
    contexts : mapping of str to sequence of Context or None, default=None
        Where the members of each group were said.
    embeddings : mapping of str to ndarray of shape (n_members, 1024) or None, default=None
        Vectors of the members from :func:`nlp.encoders.embed`, when they are known.

    Returns
    -------
    list of (str, float)
        Groups that are not empty, most probable first, with the calibrated probability that the
        note belongs there.

    Raises
    ------
    TextError
        If a text is not a string, or a group has another number of contexts than of members.
    EmbeddingsError
        If the vectors of a group have another shape.

    Examples
    --------
    >>> groups = {"bus": ["Un bus le soir", "Plus de cars"], "dents": ["Un dentiste au village"]}
    >>> [name for name, _ in rank("Le dernier bus part à 17 h", groups)]
    ['bus', 'dents']
    """
    names = sorted(name for name in groups if len(groups[name]))
    if not names:
        return []
    (note,) = checked_texts([text])
    texts = checked_texts([member for name in names for member in groups[name]])
    places = _contexts(names, groups, contexts)
    vectors = None
    if embeddings is not None:
        parts = [checked_embeddings(embeddings[n], len(groups[n])) for n in names]
        vectors = np.concatenate(parts)
    ranker = _fitted(texts, places, vectors)
    ends = np.cumsum([0, *(len(groups[name]) for name in names)]).tolist()
    positions = {
        name: range(first, last) for name, first, last in zip(names, ends, ends[1:], strict=False)
    }
    return ranker.rank_late(note, positions, context=context)


def _fitted(
    texts: tuple[str, ...], contexts: tuple[Context, ...], vectors: Floats | None
) -> Ranker:
    """Return a ranker of these notes; their vectors follow from them, and are in no key."""
    known = _rankers.get((texts, contexts))
    if known is None:
        known = Ranker().fit(texts, contexts=contexts, vectors=vectors)
        _rankers.put((texts, contexts), known)
    return known


def _contexts(
    names: Sequence[str],
    groups: Mapping[str, Sequence[str]],
    contexts: Mapping[str, Sequence[Context]] | None,
) -> tuple[Context, ...]:
    if contexts is None:
        return (Context(),) * sum(len(groups[name]) for name in names)
    for name in names:
        if len(contexts[name]) != len(groups[name]):
            raise TextError(f"group {name!r}: {len(contexts[name])} contexts for its members")
    return tuple(context for name in names for context in contexts[name])


def _others(members: Sequence[int], note: int | None) -> NDArray[np.int64]:
    return np.array([member for member in members if member != note], dtype=np.int64)
