"""Read model of the review board: one card per cluster, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from webapp.collection.models import Concerned, Contribution, DeviceMark, Excerpt
from webapp.review import provenance, tensions
from webapp.review.models import Cluster, ClusterMember, ClusterStatus, Placement
from webapp.review.provenance import Provenance

_TYPICAL = 2
_DIVERGENT = 1
_SPREAD = 400
_LARGEST = 90
_TONES = 6  # colours of the charts
UNSURE = 0.5  # confidence below which a placement is flagged as unsure


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What the board shows of one cluster."""

    cluster: Cluster
    size: int
    late: int
    unsure: int
    tensions: int
    devices: int
    provenance: Provenance
    typical: tuple[ClusterMember, ...]
    divergent: tuple[ClusterMember, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """The cards of one family."""

    title: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    """The counted columns of one member; from ``id`` on, those of its contribution."""

    member_id: int
    placed_by: Placement
    confidence: float
    divergent: bool
    id: int
    workshop_id: int
    table_label: str
    territory: str | None
    concerned: Concerned
    people: int
    device: str | None


def list_cards(session: Session, *, group_id: int) -> list[Card]:
    """Return the cards of the clusters that are not dissolved, largest first."""
    clusters = session.scalars(
        select(Cluster).where(
            Cluster.working_group_id == group_id, Cluster.status != ClusterStatus.DISSOLVED
        )
    ).all()
    places = _places(session, group_id)
    shown = [i for c in clusters for side in _shown(places[c.id]) for i in side]
    members = _members(session, shown)
    opposed = tensions.count_by_cluster(session, group_id=group_id)
    cards = [_card(c, places[c.id], members, opposed[c.id]) for c in clusters]
    return sorted(cards, key=lambda card: (-card.size, card.cluster.id))


def chapters(cards: Iterable[Card]) -> list[Chapter]:
    """Group cards by family, the largest family first, cards without family last."""
    by_family: dict[str, list[Card]] = defaultdict(list)
    for card in cards:
        by_family[card.cluster.family].append(card)
    ranked = sorted(
        by_family.items(), key=lambda pair: (not pair[0], -sum(c.size for c in pair[1]), pair[0])
    )
    return [Chapter(title, tuple(found)) for title, found in ranked]


@dataclass(frozen=True, slots=True)
class MapMarker:
    """A cluster on the map (1,000 by 1,000): area by size, colour by family."""

    card: Card
    x: float
    y: float
    radius: float
    tone: int


def map_markers(cards: Iterable[Card]) -> list[MapMarker]:
    """Return the map positions, largest first, so that small clusters are drawn on top."""
    shown = [card for card in cards if card.size]
    largest = max((card.size for card in shown), default=1)
    families = {chapter.title: number for number, chapter in enumerate(chapters(shown))}
    return [
        MapMarker(
            card,
            round(500 + _SPREAD * card.cluster.x, 1),
            round(500 - _SPREAD * card.cluster.y, 1),
            round(_LARGEST * (card.size / largest) ** 0.5, 1),
            families[card.cluster.family] % _TONES + 1,
        )
        for card in sorted(shown, key=lambda card: -card.size)
    ]


def _places(session: Session, group_id: int) -> dict[int, list[_Place]]:
    """Return the counted columns of the members of each cluster, by position."""
    rows = session.execute(
        select(
            ClusterMember.cluster_id,
            ClusterMember.id,
            ClusterMember.placed_by,
            ClusterMember.confidence,
            ClusterMember.divergent,
            Contribution.id,
            Contribution.workshop_id,
            Contribution.table_label,
            Contribution.territory,
            Contribution.concerned,
            Contribution.people,
            DeviceMark.device,
        )
        .join(ClusterMember.excerpt)
        .join(Excerpt.contribution)
        .outerjoin(DeviceMark, DeviceMark.contribution_id == Contribution.id)
        .where(ClusterMember.working_group_id == group_id, ClusterMember.cluster_id.is_not(None))
        .order_by(ClusterMember.position, ClusterMember.id)
    )
    places: dict[int, list[_Place]] = defaultdict(list)
    for cluster_id, *values in rows:
        if cluster_id is not None:
            places[cluster_id].append(_Place(*values))
    return places


def _shown(places: list[_Place]) -> tuple[list[int], list[int]]:
    """Return the ids of the most typical members, then of the divergent ones."""
    settled = [place for place in places if place.placed_by is not Placement.SUGGESTED]
    typical = [place.member_id for place in settled[:_TYPICAL]]
    apart = [p.member_id for p in settled[_TYPICAL:] if p.divergent]
    return typical, apart[:_DIVERGENT]


def _card(
    cluster: Cluster, places: list[_Place], members: dict[int, ClusterMember], opposed: int
) -> Card:
    settled = [place for place in places if place.placed_by is not Placement.SUGGESTED]
    typical, divergent = _shown(places)
    return Card(
        cluster=cluster,
        size=len(settled),
        late=len(places) - len(settled),
        unsure=sum(place.confidence < UNSURE for place in settled),
        tensions=opposed,
        devices=_devices(settled),
        provenance=provenance.count(settled),
        typical=tuple(members[i] for i in typical),
        divergent=tuple(members[i] for i in divergent),
    )


def _devices(places: Iterable[_Place]) -> int:
    """Count distinct devices; contributions without a device mark count for one each."""
    return len({place.device or f"contribution {place.id}" for place in places})


def _members(session: Session, ids: list[int]) -> dict[int, ClusterMember]:
    """Return the members quoted on the cards, with their texts loaded."""
    found = session.scalars(
        select(ClusterMember)
        .options(
            joinedload(ClusterMember.excerpt)
            .joinedload(Excerpt.contribution)
            .options(joinedload(Contribution.decision), joinedload(Contribution.workshop))
        )
        .where(ClusterMember.id.in_(ids))
    )
    return {member.id: member for member in found}
