"""What is said about each cluster and family, once everyone has a place."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nlp.clustering import centroids, hierarchy_cuts
from nlp.fallback_titles import family_title
from nlp.grouping import Grouping
from nlp.keywords import Vocabulary, keywords, vocabulary, weights
from nlp.options import Options
from nlp.results import Cluster, Family, Tension, positions
from nlp.summaries import summarise
from nlp.tensions import candidate_pairs, tensions
from nlp.titles import title

_FAMILY_WORDS = 3
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
    texts: Sequence[str], vectors: NDArray[np.float64], grouping: Grouping, options: Options
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

    Returns
    -------
    Description
        Everything said.
    """
    known = vocabulary(texts)
    by_centrality = _members(grouping)
    family_of = _families(vectors, grouping)
    clusters: list[Cluster] = []
    opposed = tensions(texts, candidate_pairs(grouping.labels))
    for label, members in enumerate(by_centrality):
        taken = frozenset(cluster.title.lower() for cluster in clusters)
        weighed = weights(known, members)
        clusters.append(
            Cluster(
                members=members,
                title=title(texts, members, weighed, taken),
                summary=summarise(texts, members, weighed, options.n_sentences),
                keywords=keywords(known, members, options.n_keywords, weighed),
                exemplars=_exemplars(texts, members, options.n_exemplars),
                divergent=_divergent(members, grouping.closeness, opposed),
                cohesion=round(float(grouping.closeness[list(members)].mean()), _DECIMALS),
                family=family_of[label],
                origin=grouping.origins[label],
            )
        )
    families = tuple(_family(texts, known, clusters, f) for f in sorted(set(family_of)))
    return Description(tuple(clusters), families, opposed)


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


def _family(
    texts: Sequence[str], known: Vocabulary, clusters: Sequence[Cluster], family: int
) -> Family:
    inside = tuple(c for c, cluster in enumerate(clusters) if cluster.family == family)
    members = [i for c in inside for i in clusters[c].members]
    words = keywords(known, members, _FAMILY_WORDS)
    return Family(clusters=inside, title=family_title(texts, members, words), size=len(members))


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
