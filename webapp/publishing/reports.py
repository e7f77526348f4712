"""Reports: workshop summary, working group synthesis, committee overview."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from webapp.collection.models import (
    SHOWN,
    Concerned,
    Contribution,
    Excerpt,
    ModerationDecision,
    Workshop,
)
from webapp.platform.small_counts import Shown, shown_together
from webapp.review import boards, provenance
from webapp.review.boards import Card
from webapp.review.ledger import LedgerLine, read_ledger, read_line
from webapp.review.models import Cluster, ClusterMember, ClusterStatus, Placement
from webapp.review.provenance import Provenance
from webapp.roadmap import items, progress
from webapp.roadmap.models import ItemStatus, RoadmapItem
from webapp.roadmap.progress import Late
from webapp.territory.models import Roadmap, WorkingGroup

_QUOTES = 2


@dataclass(frozen=True, slots=True)
class Subject:
    """A cluster in a workshop summary, with its size and a few quotations."""

    title: str
    accepted: bool
    count: int
    quotes: tuple[Excerpt, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Restitution:
    """One-page summary of a workshop."""

    line: LedgerLine
    counts: Provenance
    subjects: tuple[Subject, ...]
    isolated: tuple[Excerpt, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a chart; profiles hide counts under five."""

    label: str
    count: int
    shown: Shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Participation:
    """Participation counts by workshop, channel, territory and profile."""

    counts: Provenance
    workshops: tuple[Bar, ...]
    channels: tuple[Bar, ...]
    territories: tuple[Bar, ...]
    concerned: tuple[Bar, ...]

    @property
    def concerned_count(self) -> Shown:
        """Number of concerned people, as in the table."""
        return next((bar.shown for bar in self.concerned if bar.label == Concerned.YES), 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Synthesis:
    """Synthesis of a working group."""

    participation: Participation
    total: LedgerLine
    accepted: tuple[Card, ...]
    waiting: int
    items: dict[int, RoadmapItem]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """Overview of the roadmap for the steering committee."""

    participation: Participation
    total: LedgerLine
    statuses: tuple[Bar, ...]
    items: tuple[RoadmapItem, ...]
    late: Late


def restitution(session: Session, *, workshop: Workshop) -> Restitution:
    """Return the summary of a workshop by cluster, with shown contributions only."""
    rows = session.execute(
        select(Excerpt, ClusterMember)
        .join(Excerpt.contribution)
        .join(Contribution.decision)
        .outerjoin(
            ClusterMember,
            (ClusterMember.excerpt_id == Excerpt.id)
            & (ClusterMember.working_group_id == workshop.working_group_id)
            & (ClusterMember.placed_by != Placement.SUGGESTED),
        )
        .options(
            joinedload(Excerpt.contribution).joinedload(Contribution.decision),
            joinedload(ClusterMember.cluster),
        )
        .where(
            Contribution.workshop_id == workshop.id,
            Excerpt.dropped.is_(False),
            ModerationDecision.kind.in_(SHOWN),
        )
        .order_by(ClusterMember.position, Excerpt.id)
    ).all()
    found: dict[int, tuple[Cluster, list[Excerpt]]] = {}
    isolated: list[Excerpt] = []
    for excerpt, member in rows:
        cluster = _cluster_of(member)
        if cluster is None:
            isolated.append(excerpt)
        else:
            found.setdefault(cluster.id, (cluster, []))[1].append(excerpt)
    return Restitution(
        line=read_line(session, workshop=workshop),
        counts=provenance.count(excerpt.contribution for excerpt, _ in rows),
        subjects=_subjects(found.values()),
        isolated=tuple(isolated),
    )


def synthesis(session: Session, *, group_id: int) -> Synthesis:
    """Return the synthesis of a working group."""
    cards = boards.list_cards(session, group_id=group_id)
    accepted = [card for card in cards if card.cluster.status is ClusterStatus.ACCEPTED]
    return Synthesis(
        participation=participation(session, group_ids=[group_id]),
        total=read_ledger(session, group_ids=[group_id]).total,
        accepted=tuple(accepted),
        waiting=len(cards) - len(accepted),
        items=items.items_by_cluster(session, group_id=group_id),
    )


def overview(session: Session, *, roadmap: Roadmap, today: date) -> Overview:
    """Return the overview of the roadmap for the steering committee."""
    groups = session.scalars(
        select(WorkingGroup.id).where(WorkingGroup.roadmap_id == roadmap.id)
    ).all()
    shown = (RoadmapItem.merge, RoadmapItem.indicators)
    listed = [
        item
        for item in items.list_items(session, roadmap_id=roadmap.id, load=shown)
        if item.merge is None and item.status is not ItemStatus.DRAFT
    ]
    return Overview(
        participation=participation(session, group_ids=groups),
        total=read_ledger(session, group_ids=groups).total,
        statuses=tuple(Bar(status, count, count) for status, count in _statuses(listed)),
        items=tuple(_pressing(listed, today)),
        late=progress.read_late(session, roadmap_id=roadmap.id, today=today),
    )


def participation(session: Session, *, group_ids: Sequence[int]) -> Participation:
    """Count participation in the workshops of working groups, whatever the outcomes."""
    contributions = session.scalars(
        select(Contribution)
        .join(Contribution.workshop)
        .options(joinedload(Contribution.workshop))
        .where(Workshop.working_group_id.in_(group_ids))
    ).all()
    return Participation(
        counts=provenance.count(contributions),
        workshops=_bars(contribution.workshop.title for contribution in contributions),
        channels=_bars(str(contribution.channel) for contribution in contributions),
        territories=_profile(str(contribution.territory or "") for contribution in contributions),
        concerned=_profile(str(contribution.concerned) for contribution in contributions),
    )


def _pressing(listed: Iterable[RoadmapItem], today: date) -> list[RoadmapItem]:
    """Return the items by urgency: submitted, overdue, then in progress."""
    order = {ItemStatus.SUBMITTED: 0, ItemStatus.IN_PROGRESS: 2, ItemStatus.ADOPTED: 3}

    def rank(item: RoadmapItem) -> tuple[int, str]:
        place = order.get(item.status, 4)
        return (min(place, 1) if progress.is_late(item, today) else place, item.reference)

    return sorted(listed, key=rank)


def _cluster_of(member: ClusterMember | None) -> Cluster | None:
    return member.cluster if member is not None else None


def _subjects(found: Iterable[tuple[Cluster, list[Excerpt]]]) -> tuple[Subject, ...]:
    subjects = [
        Subject(
            title=cluster.title,
            accepted=cluster.status is ClusterStatus.ACCEPTED,
            count=len({excerpt.contribution_id for excerpt in excerpts}),
            quotes=tuple(excerpts[:_QUOTES]),
        )
        for cluster, excerpts in found
    ]
    return tuple(sorted(subjects, key=lambda subject: (-subject.count, subject.title)))


def _bars(labels: Iterable[str]) -> tuple[Bar, ...]:
    return tuple(Bar(label, count, count) for label, count in _counted(labels))


def _profile(labels: Iterable[str]) -> tuple[Bar, ...]:
    """Count labels, hiding small counts and those that the page's total would reveal."""
    counted = _counted(labels)
    shown = shown_together([count for _, count in counted])
    return tuple(Bar(label, n, s) for (label, n), s in zip(counted, shown, strict=True))


def _counted(labels: Iterable[str]) -> list[tuple[str, int]]:
    return sorted(Counter(labels).items(), key=lambda pair: (-pair[1], pair[0]))


def _statuses(listed: Iterable[RoadmapItem]) -> list[tuple[ItemStatus, int]]:
    counts = Counter(item.status for item in listed)
    return [(status, counts[status]) for status in ItemStatus if status is not ItemStatus.DRAFT]
