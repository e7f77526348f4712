"""Opposed excerpts, of one cluster or of two, as the board shows them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.collection.models import Excerpt
from webapp.review.models import Cluster, ExcerptTension


@dataclass(frozen=True, slots=True)
class Side:
    """One of two opposed excerpts: its group, None when it is isolated, and the telling words."""

    excerpt: Excerpt
    cluster: Cluster | None
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Opposition:
    """Two opposed excerpts: one of the group whose page is shown, and the other one."""

    here: Side
    there: Side
    about: tuple[str, ...]

    @property
    def across(self) -> bool:
        """Whether the two excerpts are not in one group."""
        return self.here.cluster is not self.there.cluster


def list_pairs(session: Session, *, group_id: int) -> Sequence[ExcerptTension]:
    """Return the oppositions of a working group, without the texts of their excerpts."""
    return session.scalars(
        select(ExcerptTension)
        .where(ExcerptTension.working_group_id == group_id)
        .order_by(ExcerptTension.id)
    ).all()


def count(pairs: Iterable[ExcerptTension], places: Mapping[int, int | None]) -> Counter[int]:
    """Count the oppositions of each cluster; one between two clusters counts for both.

    ``places`` gives the cluster of each placed excerpt; one that is only suggested is left out.
    """
    counts: Counter[int] = Counter()
    for pair in _placed(pairs, places):
        sides = {places[pair.first_id], places[pair.second_id]}
        counts.update(place for place in sides if place)
    return counts


def of_cluster(
    pairs: Iterable[ExcerptTension], places: Mapping[int, int | None], *, cluster_id: int
) -> list[ExcerptTension]:
    """Return the pairs that oppose a member of a cluster to another excerpt that has a place."""
    return [
        pair
        for pair in _placed(pairs, places)
        if cluster_id in {places[pair.first_id], places[pair.second_id]}
    ]


def describe(
    pairs: Iterable[ExcerptTension],
    *,
    cluster: Cluster,
    excerpts: Mapping[int, Excerpt],
    clusters: Mapping[int, Cluster | None],
) -> list[Opposition]:
    """Return the oppositions of a cluster, those between its members first.

    ``excerpts`` and ``clusters`` hold both excerpts of each pair, and where they are, by excerpt.
    """
    found = [_opposition(pair, cluster, excerpts, clusters) for pair in pairs]
    return sorted(found, key=lambda pair: pair.across)


def _placed(
    pairs: Iterable[ExcerptTension], places: Mapping[int, int | None]
) -> list[ExcerptTension]:
    return [pair for pair in pairs if pair.first_id in places and pair.second_id in places]


def _opposition(
    pair: ExcerptTension,
    cluster: Cluster,
    excerpts: Mapping[int, Excerpt],
    clusters: Mapping[int, Cluster | None],
) -> Opposition:
    """Return a pair with the excerpt of ``cluster`` first."""
    sides = [
        Side(excerpts[number], clusters[number], words)
        for number, words in (
            (pair.first_id, pair.first_words),
            (pair.second_id, pair.second_words),
        )
    ]
    here, there = sides if sides[0].cluster is cluster else sides[::-1]
    return Opposition(here, there, pair.about)
