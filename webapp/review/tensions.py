"""Opposed excerpts, of one cluster or of two, as the board shows them."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased, joinedload
from sqlalchemy.orm.strategy_options import _AbstractLoad as Load

from webapp.collection.models import Contribution, Excerpt
from webapp.review.models import Cluster, ClusterMember, ClusterStatus, ExcerptTension, Placement


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


def of_cluster(session: Session, *, cluster: Cluster) -> list[Opposition]:
    """Return the oppositions of a group: those between its members first."""
    places = _places(session, cluster.working_group_id)
    mine = [excerpt_id for excerpt_id, place in places.items() if place == cluster.id]
    found = session.scalars(
        select(ExcerptTension)
        .options(_words_of(ExcerptTension.first), _words_of(ExcerptTension.second))
        .where(
            ExcerptTension.working_group_id == cluster.working_group_id,
            ExcerptTension.first_id.in_(mine) | ExcerptTension.second_id.in_(mine),
        )
        .order_by(ExcerptTension.id)
    )
    shown = [t for t in found if t.first_id in places and t.second_id in places]
    clusters = _clusters(session, cluster.working_group_id)
    pairs = [_opposition(tension, cluster, places, clusters) for tension in shown]
    return sorted(pairs, key=lambda pair: pair.across)


def count_by_cluster(session: Session, *, group_id: int) -> Counter[int]:
    """Count the oppositions of each cluster; one between two clusters counts for both."""
    first, second = aliased(ClusterMember), aliased(ClusterMember)
    pairs = session.execute(
        select(first.cluster_id, second.cluster_id)
        .select_from(ExcerptTension)
        .join(first, first.excerpt_id == ExcerptTension.first_id)
        .join(second, second.excerpt_id == ExcerptTension.second_id)
        .where(
            ExcerptTension.working_group_id == group_id,
            first.placed_by != Placement.SUGGESTED,
            second.placed_by != Placement.SUGGESTED,
        )
    )
    counts: Counter[int] = Counter()
    for here, there in pairs:
        counts.update({place for place in (here, there) if place})
    return counts


def _places(session: Session, group_id: int) -> dict[int, int | None]:
    """Return the group of each placed excerpt; one that is only suggested has no place yet."""
    rows = session.execute(
        select(ClusterMember.excerpt_id, ClusterMember.cluster_id).where(
            ClusterMember.working_group_id == group_id,
            ClusterMember.placed_by != Placement.SUGGESTED,
        )
    )
    return {excerpt_id: cluster_id for excerpt_id, cluster_id in rows}  # noqa: C416 - rows are not pairs to mypy


def _clusters(session: Session, group_id: int) -> dict[int, Cluster]:
    found = session.scalars(
        select(Cluster).where(
            Cluster.working_group_id == group_id, Cluster.status != ClusterStatus.DISSOLVED
        )
    )
    return {cluster.id: cluster for cluster in found}


def _opposition(
    tension: ExcerptTension,
    cluster: Cluster,
    places: dict[int, int | None],
    clusters: dict[int, Cluster],
) -> Opposition:
    """Return a pair with the excerpt of ``cluster`` first."""
    sides = [
        Side(excerpt, clusters.get(places[excerpt.id] or 0), words)
        for excerpt, words in (
            (tension.first, tension.first_words),
            (tension.second, tension.second_words),
        )
    ]
    here, there = sides if places[tension.first_id] == cluster.id else sides[::-1]
    return Opposition(here, there, tension.about)


def _words_of(side: InstrumentedAttribute[Excerpt]) -> Load:
    """Load an excerpt with all that is shown of it."""
    contribution = joinedload(side).joinedload(Excerpt.contribution)
    return contribution.options(
        joinedload(Contribution.decision), joinedload(Contribution.workshop)
    )
