"""Describes clusters and families: titles, keywords, exemplars, divergent members."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nlp.clustering import centroids, hierarchy_cuts
from nlp.family_titles import family_titles
from nlp.grouping import Grouping
from nlp.keywords import keywords, vocabulary, weights
from nlp.options import Options
from nlp.results import Cluster, Family, Tension, positions
from nlp.summaries import summarise
from nlp.titles import titles_of

_MARGIN_SHARE = 0.5
_MAX_MARGINAL = 3
_DECIMALS = 6


@dataclass(frozen=True, slots=True)
class Description:
    """Clusters, families and tensions, ready for :class:`nlp.Analysis`.

    Attributes
    ----------
    clusters : tuple of Cluster
        In the order of the labels.
    families : tuple of Family
        By decreasing size.
    tensions : tuple of Tension
        In order of positions.
    """

    clusters: tuple[Cluster, ...]
    families: tuple[Family, ...]
    tensions: tuple[Tension, ...]


def describe(
    texts: Sequence[str],
    vectors: NDArray[np.float64],
    grouping: Grouping,
    options: Options,
    embeddings: NDArray[np.float32] | None = None,
    opposed: tuple[Tension, ...] = (),
) -> Description:
    """Name, sum up and gather the clusters of ``grouping``.

    Parameters
    ----------
    texts : sequence of str
        The texts.
    vectors : ndarray of shape (n_texts, n_features)
        Unit vectors.
    grouping : Grouping
        Who stands with whom.
    options : Options
        How much to say.
    embeddings : ndarray of shape (n_texts, 1024) or None, default=None
        Vectors of the texts from :func:`nlp.encoders.embed`; without them, titles are chosen by
        their words alone.
    opposed : tuple of Tension, default=()
        Pairs of texts that seem opposed.

    Returns
    -------
    Description
        Everything said.
    """
    known = vocabulary(texts)
    by_centrality = _members(grouping)
    family_of = _families(vectors, grouping)
    weighed = [weights(known, members) for members in by_centrality]
    # Only workshop notes have calibrated places.
    themes = not grouping.calibrated
    proposals = titles_of(texts, by_centrality, weighed, embeddings, themes=themes)
    clusters = tuple(
        Cluster(
            members=members,
            title=proposals[label][0].text,
            titles=proposals[label],
            summary=summarise(texts, members, weighed[label], options.n_sentences),
            keywords=keywords(known, members, options.n_keywords, weighed[label]),
            exemplars=_exemplars(texts, members, options.n_exemplars),
            divergent=_divergent(members, grouping.closeness, opposed),
            precision=_precision(grouping, members),
            cohesion=round(float(grouping.closeness[list(members)].mean()), _DECIMALS),
            family=family_of[label],
            origin=grouping.origins[label],
        )
        for label, members in enumerate(by_centrality)
    )
    return Description(clusters, _named(texts, clusters, embeddings), opposed)


def _precision(grouping: Grouping, members: Sequence[int]) -> float | None:
    """Return the share of members expected to be rightly placed, where it is measured."""
    if not grouping.calibrated:
        return None
    return round(float(grouping.confidence[list(members)].mean()), _DECIMALS)


def _members(grouping: Grouping) -> list[tuple[int, ...]]:
    closeness = np.round(grouping.closeness, _DECIMALS)
    found = []
    for label in range(len(grouping.origins)):
        inside = np.flatnonzero(grouping.labels == label)
        found.append(positions(inside[np.argsort(-closeness[inside], kind="stable")]))
    return found


def _families(vectors: NDArray[np.float64], grouping: Grouping) -> list[int]:
    """Return the family of each cluster; families are numbered by decreasing size."""
    n_clusters = len(grouping.origins)
    if not n_clusters:
        return []
    centres = centroids(vectors, grouping.labels)
    (cut,) = hierarchy_cuts(centres, [max(1, round((2 * n_clusters) ** 0.5))])
    sizes = np.bincount(grouping.labels[grouping.labels >= 0], minlength=n_clusters)
    totals = np.bincount(cut, weights=sizes)
    ranked = sorted(set(cut.tolist()), key=lambda f: (-totals[f], int(np.argmax(cut == f))))
    return [ranked.index(family) for family in cut.tolist()]


def _named(
    texts: Sequence[str], clusters: Sequence[Cluster], embeddings: NDArray[np.float32] | None
) -> tuple[Family, ...]:
    """Return the families of the clusters, each with its title and its size."""
    inside = [
        tuple(c for c, cluster in enumerate(clusters) if cluster.family == family)
        for family in sorted({cluster.family for cluster in clusters})
    ]
    members = [[i for c in family for i in clusters[c].members] for family in inside]
    named = family_titles(texts, members, embeddings)
    return tuple(
        Family(clusters=inside[f], title=named[f], size=len(members[f])) for f in range(len(inside))
    )


def _exemplars(texts: Sequence[str], members: Sequence[int], n_exemplars: int) -> tuple[int, ...]:
    """Return the most central members that do not repeat each other."""
    chosen: dict[str, int] = {}
    for i in members:
        chosen.setdefault(" ".join(texts[i].lower().split()), i)
        if len(chosen) == n_exemplars:
            break
    return tuple(chosen.values())


def _divergent(
    members: Sequence[int], closeness: NDArray[np.float64], found: Sequence[Tension]
) -> tuple[int, ...]:
    pairs = [{tension.first, tension.second} for tension in found]
    opposed = {i for pair in pairs if pair <= set(members) for i in pair}
    limit = _MARGIN_SHARE * closeness[list(members)].mean()
    margin = [i for i in reversed(members) if closeness[i] < limit][:_MAX_MARGINAL]
    return tuple(sorted(opposed.union(margin)))
