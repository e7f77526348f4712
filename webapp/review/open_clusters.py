"""Read model of one cluster, open on the board: a page of its members, and what opposes them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from webapp.collection.models import Contribution, Excerpt
from webapp.review import provenance, tensions
from webapp.review.boards import Board, Card
from webapp.review.models import (
    Cluster,
    ClusterMember,
    ClusterPartition,
    ClusterStatus,
    ExcerptTension,
    Placement,
)
from webapp.review.provenance import Provenance
from webapp.review.tensions import Opposition

PAGE = 20  # members on one page


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCluster:
    """One cluster: a page of its members, the least certain first, and what else is shown."""

    cluster: Cluster
    members: tuple[ClusterMember, ...]
    total: int
    number: int
    pages: int
    late: tuple[ClusterMember, ...]
    oppositions: tuple[Opposition, ...]
    provenance: Provenance
    ticked: frozenset[str]
    partition: ClusterPartition | None
    following: Card | None

    @property
    def live(self) -> bool:
        """Whether the cluster is not dissolved."""
        return self.cluster.status is not ClusterStatus.DISSOLVED

    @property
    def elsewhere(self) -> list[str]:
        """The boxes that are ticked on other pages."""
        return sorted(self.ticked - {box_of(member) for member in self.members})


def box_of(member: ClusterMember) -> str:
    """Return the value of the box of a member: its excerpt, and the cluster where it is seen."""
    return f"{member.excerpt_id}-{member.cluster_id or ''}"


def read(
    session: Session,
    *,
    board: Board,
    cluster: Cluster,
    number: int = 1,
    ticked: Collection[str] = (),
    partition: ClusterPartition | None = None,
) -> OpenCluster:
    """Return one cluster of ``board``; boxes of excerpts that left it are no longer ticked."""
    pairs = tensions.of_cluster(board.tensions, board.places, cluster_id=cluster.id)
    found = _members(session, cluster, pairs)
    own = [member for member in found if member.cluster_id == cluster.id]
    settled = [member for member in own if member.placed_by is not Placement.SUGGESTED]
    settled.sort(key=lambda member: (member.confidence, member.position, member.id))
    pages = max(1, -(-len(settled) // PAGE))
    number = min(max(1, number), pages)
    leaving = () if partition is None else partition.leaving
    return OpenCluster(
        cluster=cluster,
        members=tuple(settled[(number - 1) * PAGE : number * PAGE]),
        total=len(settled),
        number=number,
        pages=pages,
        late=tuple(m for m in own if m.placed_by is Placement.SUGGESTED),
        oppositions=tuple(
            tensions.describe(
                pairs,
                cluster=cluster,
                excerpts={member.excerpt_id: member.excerpt for member in found},
                clusters={m.excerpt_id: board.cluster(m.cluster_id) for m in found},
            )
        ),
        provenance=provenance.count([m.excerpt.contribution for m in settled]),
        ticked=frozenset(
            box_of(m) for m in settled if box_of(m) in ticked or str(m.excerpt_id) in leaving
        ),
        partition=partition,
        following=board.after(cluster),
    )


def _members(
    session: Session, cluster: Cluster, pairs: Sequence[ExcerptTension]
) -> Sequence[ClusterMember]:
    """Return the members of a cluster and the excerpts opposed to them, with their texts."""
    opposed = sorted({side for pair in pairs for side in (pair.first_id, pair.second_id)})
    contribution = joinedload(ClusterMember.excerpt).joinedload(Excerpt.contribution)
    return session.scalars(
        select(ClusterMember)
        .options(
            contribution.options(
                joinedload(Contribution.decision), joinedload(Contribution.workshop)
            )
        )
        .where(
            ClusterMember.working_group_id == cluster.working_group_id,
            or_(ClusterMember.cluster_id == cluster.id, ClusterMember.excerpt_id.in_(opposed)),
        )
        .order_by(ClusterMember.position, ClusterMember.id)
    ).all()
