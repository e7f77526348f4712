"""Groups vectors under human decisions: labels, confidence and suggestions."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from nlp.affinity import Affinity
from nlp.candidates import Pool
from nlp.clustering import ThemeClusterer
from nlp.constrained_assignment import Places
from nlp.feedback import Constraints
from nlp.grouped_sums import Vectors
from nlp.options import AUTO, Options
from nlp.results import ISOLATED, Isolation, Suggestion, positions
from nlp.self_training import self_trained

# Nearer than a quarter of the members of an accepted group: a text could be one of them.
_USUAL = 0.25


@dataclass(frozen=True, slots=True)
class Grouping:
    """Who stands with whom.

    Attributes
    ----------
    labels : ndarray of shape (n_texts,)
        Clusters by decreasing size, then first member; -1 for isolated ideas.
    confidence : ndarray of shape (n_texts,)
        How sure each place is, in [0, 1].
    closeness : ndarray of shape (n_texts,)
        Similarity of each text to the centre of its cluster; 0 for an isolated idea.
    origins : tuple of (str or None)
        Human group that each cluster continues.
    suggestions : tuple of Suggestion
        Free texts that would fit an accepted group.
    isolation : mapping of int to Isolation
        Why each isolated idea stands alone.
    calibrated : bool
        Whether the confidence is a measured probability.
    """

    labels: NDArray[np.int64]
    confidence: NDArray[np.float64]
    closeness: NDArray[np.float64]
    origins: tuple[str | None, ...]
    suggestions: tuple[Suggestion, ...]
    isolation: Mapping[int, Isolation]
    calibrated: bool


def machine_labels(
    vectors: Vectors,
    raw: Vectors,
    pool: Pool,
    options: Options,
) -> NDArray[np.int64]:
    """Group the vectors of ``pool``: what humans put together teaches where the others go.

    Parameters
    ----------
    vectors : ndarray of shape (n_kinds, n_features)
        Smoothed vectors of the distinct texts.
    raw : ndarray of shape (n_kinds, n_features)
        The same vectors before smoothing.
    pool : Pool
        Which of them are to be grouped, and what humans put together.
    options : Options
        Granularity and seed.

    Returns
    -------
    ndarray of shape (n_kinds,)
        Human groups keep their numbers, machine clusters come after; -1 outside the pool.
    """
    labels = np.full(len(vectors), ISOLATED, dtype=np.int64)
    if pool.open.any():
        inside, raw_inside = vectors[pool.open], raw[pool.open]
        model = ThemeClusterer(options.granularity, options.max_clusters, options.seed)
        human = pool.taught[pool.open]
        begun = np.where(human >= 0, human, pool.n_groups + model.fit(inside).labels_)
        names, started = np.unique(begun, return_inverse=True)
        all_wanted = options.granularity != AUTO
        placed = self_trained(started, raw_inside, inside, keep_all=all_wanted, fixed=human >= 0)
        labels[pool.open] = names[placed]
    return labels


def settle(
    affinity: Affinity,
    labels: NDArray[np.int64],
    decisions: Constraints,
    options: Options,
    noise: NDArray[np.bool_],
) -> Grouping:
    """Give way to human decisions, then measure how sure each place is.

    Parameters
    ----------
    affinity : Affinity
        How strongly each text is drawn to each cluster.
    labels : ndarray of shape (n_texts,)
        Labels found by :func:`machine_labels`.
    decisions : Constraints
        Human decisions; all are honoured.
    options : Options
        Smallest cluster.
    noise : ndarray of shape (n_texts,)
        Which texts are no contribution.

    Returns
    -------
    Grouping
        The final places.
    """
    distant = labels == ISOLATED
    places = Places(affinity, decisions, labels)
    places.separate()
    places.dissolve(options.min_cluster_size)
    final, order = _by_size(places.labels)
    similarities = places.similarities()
    names = [name for name, _ in decisions.groups]
    return Grouping(
        labels=final,
        confidence=_confidence(places, similarities),
        closeness=_own(places.labels, similarities),
        origins=tuple(names[c] if c < len(names) else None for c in order),
        suggestions=_suggestions(places, similarities),
        isolation=_isolation(places, distant, noise),
        calibrated=affinity.calibrated,
    )


def _isolation(
    places: Places, distant: NDArray[np.bool_], noise: NDArray[np.bool_]
) -> Mapping[int, Isolation]:
    reasons: dict[int, Isolation] = {}
    for i in positions(np.flatnonzero(places.labels == ISOLATED)):
        if i in places.decisions.isolated:
            reasons[i] = Isolation.DECIDED
        elif noise[i]:
            reasons[i] = Isolation.NOISE
        elif distant[i]:
            reasons[i] = Isolation.DISTANT
        else:
            reasons[i] = Isolation.SEPARATED if places.has_rivals(i) else Isolation.FEW
    return MappingProxyType(reasons)


def _by_size(labels: NDArray[np.int64]) -> tuple[NDArray[np.int64], list[int]]:
    """Renumber clusters by decreasing size, then by first member; return the old numbers too."""
    found, first, sizes = np.unique(labels, return_index=True, return_counts=True)
    ranked = sorted(zip(-sizes, first, found, strict=True))
    order = [int(label) for _, _, label in ranked if label != ISOLATED]
    final = np.full(len(labels), ISOLATED, dtype=np.int64)
    for rank, label in enumerate(order):
        final[labels == label] = rank
    return final, order


def _own(labels: NDArray[np.int64], similarities: NDArray[np.float64]) -> NDArray[np.float64]:
    closeness = np.zeros(len(labels))
    inside = np.flatnonzero(labels >= 0)
    closeness[inside] = similarities[inside, labels[inside]]
    return np.clip(closeness, 0.0, 1.0)


def _confidence(places: Places, similarities: NDArray[np.float64]) -> NDArray[np.float64]:
    confidence = _own(places.labels, places.affinity.confidences(similarities))
    confidence[places.fixed & (places.labels >= 0)] = 1.0
    return confidence


def _suggestions(places: Places, similarities: NDArray[np.float64]) -> tuple[Suggestion, ...]:
    """Offer to an accepted group what is nearer to it than to its own place, or than a member."""
    accepted = [
        (label, name)
        for label, (name, _) in enumerate(places.decisions.groups)
        if name in places.decisions.accepted
    ]
    shares = places.affinity.confidences(similarities)
    own = _own(places.labels, similarities)
    usual = {
        label: float(np.quantile(own[places.labels == label], _USUAL)) for label, _ in accepted
    }
    found = []
    for i in np.flatnonzero(~places.fixed) if accepted else ():
        open_to = [pair for pair in accepted if not places.meets_rival(int(i), pair[0])]
        if not open_to:
            continue
        label, name = max(open_to, key=lambda pair: (similarities[i, pair[0]], -pair[0]))
        near = similarities[i, label]
        if near > places.affinity.least_offer and (near > own[i] or near >= usual[label]):
            found.append(Suggestion(int(i), name, float(shares[i, label])))
    return tuple(found)
