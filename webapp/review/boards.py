"""Read model of the review board: one card per cluster, in a fixed number of queries."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.collection.models import Concerned, Contribution, DeviceMark, Excerpt
from webapp.platform.text_cleaning import folded
from webapp.review import provenance, tensions
from webapp.review.models import (
    Cluster,
    ClusterMember,
    ClusterStatus,
    ExcerptTension,
    Placement,
    ReviewAction,
)
from webapp.review.provenance import Provenance

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


class CardOrder(StrEnum):
    """Order of the list of clusters."""

    FAMILY = "famille"
    SIZE = "taille"
    DOUBT = "doute"
    TITLE = "titre"


class CardState(StrEnum):
    """Which clusters the list shows."""

    PROPOSED = "a-relire"
    ACCEPTED = "acceptes"
    LATE = "rattachements"
    OPPOSED = "avis-divergents"
    UNSURE = "peu-sures"


@dataclass(frozen=True, slots=True, kw_only=True)
class CardQuery:
    """Words, state and order of the list of clusters; an empty one shows all, by family."""

    words: str = ""
    state: CardState | None = None
    order: CardOrder = CardOrder.FAMILY


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """The cards of a working group, the part that a query keeps, and the known oppositions."""

    cards: tuple[Card, ...]
    chapters: tuple["Chapter", ...]
    tensions: tuple[ExcerptTension, ...]
    places: dict[int, int | None]
    last_act: int  # id of the last action of the working group, or 0
    unread_isolated: int  # excerpts that the analysis alone left isolated

    @property
    def listed(self) -> list[Card]:
        """The cards that the query keeps, in its order."""
        return [card for chapter in self.chapters for card in chapter.cards]

    @property
    def accepted(self) -> int:
        """How many clusters a person has accepted."""
        return sum(card.cluster.status is ClusterStatus.ACCEPTED for card in self.cards)

    def card(self, public_id: str) -> Card | None:
        """Return the card of a cluster, unless it is dissolved or of another working group."""
        return next((card for card in self.cards if card.cluster.public_id == public_id), None)

    def cluster(self, cluster_id: int | None) -> Cluster | None:
        """Return a cluster by primary key."""
        return next((c.cluster for c in self.cards if c.cluster.id == cluster_id), None)

    @property
    def targets(self) -> list[Cluster]:
        """The clusters that an excerpt may be moved to, by title."""
        return sorted((c.cluster for c in self.cards), key=lambda c: (folded(c.title), c.id))

    def first(self) -> Card | None:
        """Return the card to open first: the first one to review, or the first of the list."""
        waiting = (c for c in self.listed if c.late or c.cluster.status is ClusterStatus.PROPOSED)
        return next(waiting, next(iter(self.listed), None))

    def after(self, cluster: Cluster) -> Card | None:
        """Return the next card to review after ``cluster`` in the list, going round."""
        listed = self.listed
        ids = [card.cluster.id for card in listed]
        start = ids.index(cluster.id) + 1 if cluster.id in ids else 0
        turned = [*listed[start:], *listed[:start]]
        waiting = (c for c in turned if c.late or c.cluster.status is ClusterStatus.PROPOSED)
        return next((card for card in waiting if card.cluster.id != cluster.id), None)


@dataclass(frozen=True, slots=True)
class Chapter:
    """The cards of one family, or all of them in another order."""

    title: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    """The counted columns of one member; from ``id`` on, those of its contribution."""

    excerpt_id: int
    placed_by: Placement
    confidence: float
    id: int
    workshop_id: int
    table_label: str
    territory: str | None
    concerned: Concerned
    people: int
    device: str | None


def list_cards(session: Session, *, group_id: int) -> list[Card]:
    """Return the cards of the clusters that are not dissolved, largest first."""
    return list(read_board(session, group_id=group_id).cards)


def read_board(session: Session, *, group_id: int, wanted: CardQuery | None = None) -> Board:
    """Return the cards of a working group, and those that ``wanted`` keeps, in its order."""
    clusters, last_act = _clusters(session, group_id)
    members = _places(session, group_id)
    places = {
        place.excerpt_id: cluster_id
        for cluster_id, found in members.items()
        for place in found
        if place.placed_by is not Placement.SUGGESTED
    }
    pairs = tensions.list_pairs(session, group_id=group_id)
    opposed = tensions.count(pairs, places)
    cards = [_card(c, members[c.id], opposed) for c in clusters]
    cards.sort(key=lambda card: (-card.size, card.cluster.id))
    return Board(
        cards=tuple(cards),
        chapters=tuple(_chosen(cards, wanted or CardQuery())),
        tensions=tuple(pairs),
        places=places,
        last_act=last_act,
        unread_isolated=sum(one.placed_by is Placement.MACHINE for one in members[None]),
    )


def _clusters(session: Session, group_id: int) -> tuple[list[Cluster], int]:
    """Return the clusters that are not dissolved, and the last action that they show."""
    last = select(func.max(ReviewAction.id)).where(ReviewAction.working_group_id == group_id)
    rows = session.execute(
        select(Cluster, last.scalar_subquery()).where(
            Cluster.working_group_id == group_id, Cluster.status != ClusterStatus.DISSOLVED
        )
    ).all()
    last_act = rows[0][1] if rows else session.scalar(last)
    return [cluster for cluster, _ in rows], last_act or 0


def _chosen(cards: Sequence[Card], wanted: CardQuery) -> list[Chapter]:
    """Return the cards that a query keeps, by family or in one chapter without a title."""
    words = folded(wanted.words).split()
    kept = [c for c in cards if _IS[wanted.state](c) and _says(c.cluster, words)]
    if wanted.order is CardOrder.FAMILY:
        return chapters(kept)
    if wanted.order is CardOrder.TITLE:
        kept.sort(key=lambda card: folded(card.cluster.title))
    elif wanted.order is CardOrder.DOUBT:
        kept.sort(key=lambda card: (-card.late, -card.tensions, -card.unsure / max(card.size, 1)))
    return [Chapter("", tuple(kept))] if kept else []


def _says(cluster: Cluster, words: Iterable[str]) -> bool:
    """Whether the title, the summary or the keywords of a cluster contain all the words."""
    plain = folded(" ".join((cluster.title, cluster.summary, *cluster.keywords)))
    return all(word in plain for word in words)


_IS: dict[CardState | None, Callable[[Card], bool]] = {
    None: lambda _: True,
    CardState.PROPOSED: lambda card: card.cluster.status is ClusterStatus.PROPOSED,
    CardState.ACCEPTED: lambda card: card.cluster.status is ClusterStatus.ACCEPTED,
    CardState.LATE: lambda card: card.late > 0,
    CardState.OPPOSED: lambda card: card.tensions > 0,
    CardState.UNSURE: lambda card: card.unsure > 0,
}


def chapters(cards: Iterable[Card]) -> list[Chapter]:
    """Group cards by family, the largest family first, cards without family last."""
    by_family: dict[str, list[Card]] = defaultdict(list)
    for card in cards:
        by_family[card.cluster.family].append(card)
    ranked = sorted(
        by_family.items(), key=lambda pair: (not pair[0], -sum(c.size for c in pair[1]), pair[0])
    )
    return [Chapter(title, tuple(found)) for title, found in ranked]


def _places(session: Session, group_id: int) -> dict[int | None, list[_Place]]:
    """Return the counted columns of the members of each cluster, of isolated ones under None."""
    rows = session.execute(
        select(
            ClusterMember.cluster_id,
            ClusterMember.excerpt_id,
            ClusterMember.placed_by,
            ClusterMember.confidence,
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
        .where(ClusterMember.working_group_id == group_id)
        .order_by(ClusterMember.position, ClusterMember.id)
    )
    places: dict[int | None, list[_Place]] = defaultdict(list)
    for cluster_id, *values in rows:
        places[cluster_id].append(_Place(*values))
    return places


def _card(cluster: Cluster, places: list[_Place], opposed: Counter[int]) -> Card:
    settled = [place for place in places if place.placed_by is not Placement.SUGGESTED]
    return Card(
        cluster=cluster,
        size=len(settled),
        late=len(places) - len(settled),
        unsure=sum(place.confidence < UNSURE for place in settled),
        tensions=opposed[cluster.id],
        devices=_devices(settled),
        provenance=provenance.count(settled),
    )


def _devices(places: Iterable[_Place]) -> int:
    """Count distinct devices; contributions without a device mark count for one each."""
    return len({place.device or f"contribution {place.id}" for place in places})
