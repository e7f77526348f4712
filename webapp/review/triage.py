"""Sorts the notes of a working group one by one: the pile, the groups offered, who reads what."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from statistics import median
from typing import Any, TypeVarTuple

from sqlalchemy import (
    ColumnElement,
    ColumnExpressionArgument,
    CompoundSelect,
    Select,
    and_,
    case,
    delete,
    func,
    or_,
    select,
)
from sqlalchemy.orm import Session, joinedload
from sqlalchemy.orm.strategy_options import _AbstractLoad as Load

from webapp.accounts.models import User
from webapp.collection.models import SHOWN, Contribution, Excerpt, ModerationDecision, Workshop
from webapp.exceptions import NotFoundError
from webapp.platform.audit import Actor
from webapp.platform.jobs import Job, enqueue_on_commit
from webapp.review import excerpt_splits
from webapp.review.analysis import rank_groups
from webapp.review.excerpt_splits import CutPoint
from webapp.review.models import (
    Cluster,
    ClusterMember,
    ClusterStatus,
    ExcerptTension,
    Placement,
    ReviewAction,
    TriageClaim,
)
from webapp.territory.locking import lock_working_group
from webapp.territory.regions import PARIS

_Columns = TypeVarTuple("_Columns")
NUMBERED = 9  # groups that a digit places in
CLAIM = timedelta(minutes=3)
DEFAULT_PACE = 10.0  # seconds for one note, before a person has a pace of their own
_LAST_MEMBERS = 2
_PACE_OVER = 20
_FEWEST_GAPS = 5
_TOGETHER = 0.5  # seconds: acts of one gesture
_PAUSE = 120.0  # seconds: a longer gap between two acts is not sorting


class Pile(StrEnum):
    """Which notes are sorted: those without a group, or those placed by the machine alone."""

    UNPLACED = "sans-groupe"
    UNREAD = "a-relire"


class Order(StrEnum):
    """In which order: opposed and unsure ones first, or workshop by workshop."""

    DOUBT = "doute"
    WORKSHOP = "atelier"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorting:
    """What a person sorts: a pile in an order, and the rank that they have reached there."""

    pile: Pile = Pile.UNPLACED
    order: Order = Order.DOUBT
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Choice:
    """A group offered for a note; no probability when nothing was compared yet."""

    cluster: Cluster
    size: int
    probability: float | None
    last: tuple[Excerpt, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One note, where it stands, and what may be done with it."""

    excerpt: Excerpt
    member: ClusterMember | None
    choices: tuple[Choice, ...]
    points: tuple[CutPoint, ...]
    opposed: bool
    reader: str

    @property
    def is_ranked(self) -> bool:
        """Whether the groups are in the order of their probability."""
        return any(choice.probability is not None for choice in self.choices)


@dataclass(frozen=True, slots=True)
class Around:
    """Where a note is in its pile: its rank, and the notes before and after it."""

    rank: int
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds that a note takes; ``measured`` on the last acts of the person."""

    seconds: float
    measured: bool

    def minutes(self, notes: int) -> int:
        """Return the minutes that ``notes`` notes take, rounded up."""
        return -int(-notes * self.seconds // 60)


def pile_of(session: Session, *, group_id: int, wanted: Sorting) -> Sequence[int]:
    """Return the excerpts of a pile, in its order."""
    query = _excerpts(group_id).where(_IN[wanted.pile])
    return session.scalars(query.order_by(*_order(group_id, wanted.order))).all()


def count_piles(session: Session, *, group_ids: Iterable[int]) -> dict[int, dict[Pile, int]]:
    """Return the size of each pile of each working group."""
    ids = list(group_ids)
    found = {group_id: dict.fromkeys(Pile, 0) for group_id in ids}
    counts = [func.count(case((_IN[pile], Excerpt.id))) for pile in Pile]
    rows = session.execute(
        _joined(select(Workshop.working_group_id, *counts))
        .where(Workshop.working_group_id.in_(ids))
        .group_by(Workshop.working_group_id)
    )
    for group_id, *sizes in rows:
        found[group_id] = dict(zip(Pile, sizes, strict=True))
    return found


def read_offer(session: Session, *, group_id: int, excerpt_id: int, actor: Actor) -> Offer:
    """Return a note and the groups that it may join, the most probable first.

    Raises
    ------
    NotFoundError
        If the working group shows no such note.
    """
    excerpt = session.scalar(
        _joined(select(Excerpt))
        .options(_words())
        .where(Workshop.working_group_id == group_id, Excerpt.id == excerpt_id)
    )
    if excerpt is None:
        raise NotFoundError(str(excerpt_id))
    member = _member(session, group_id, excerpt_id)
    return Offer(
        excerpt=excerpt,
        member=member,
        choices=tuple(_choices(session, group_id, excerpt_id, member)),
        points=excerpt_splits.cut_points(excerpt.contribution),
        opposed=_is_opposed(session, group_id, excerpt_id),
        reader=_reader(session, excerpt_id, actor),
    )


def around(
    session: Session, *, group_id: int, excerpt_id: int, wanted: Sorting, actor: Actor
) -> Around:
    """Return where a note is in its pile, notes that others are reading left out."""
    pile = pile_of(session, group_id=group_id, wanted=wanted)
    rank = pile.index(excerpt_id) if excerpt_id in pile else min(wanted.rank, len(pile))
    taken = _claimed_by_others(session, actor)
    free = [(i, e) for i, e in enumerate(pile) if e not in taken and e != excerpt_id]
    earlier = [e for i, e in free if i < rank]
    later = [e for i, e in free if i >= rank]
    return Around(rank, earlier[-1] if earlier else None, later[0] if later else None)


def request_comparison(session: Session, *, group_id: int) -> None:
    """Have the worker compare the notes that came since a person last sorted this group."""
    enqueue_on_commit(session, Job.COMPARE_NOTES, group_id=group_id)


def claim_next(
    session: Session, *, group_id: int, wanted: Sorting, actor: Actor, excerpt_id: int | None = None
) -> int | None:
    """Give a person the next note that nobody else reads, or ``excerpt_id``; None at the end.

    A person reads one note at a time: the claim replaces theirs, and expires after ``CLAIM``.
    """
    lock_working_group(session, group_id=group_id)
    session.execute(
        delete(TriageClaim).where(
            or_(TriageClaim.user_id == actor.id, TriageClaim.until <= actor.now)
        )
    )
    pile = pile_of(session, group_id=group_id, wanted=wanted)
    taken = _claimed_by_others(session, actor)
    turned = [*pile[wanted.rank :], *pile[: wanted.rank]]
    free = next((e for e in turned if e not in taken), None)
    chosen = free
    if excerpt_id is not None and _is_shown(session, group_id, excerpt_id):
        chosen = excerpt_id
    if chosen is not None and chosen not in taken:
        session.add(TriageClaim(excerpt_id=chosen, user_id=actor.id, until=actor.now + CLAIM))
        session.flush()
    return chosen


def read_pace(session: Session, *, group_id: int, actor_id: int) -> Pace:
    """Return the median time between the last acts of a person, or the default one."""
    instants = session.scalars(
        select(ReviewAction.done_at)
        .where(ReviewAction.working_group_id == group_id, ReviewAction.actor_id == actor_id)
        .order_by(ReviewAction.id.desc())
        .limit(_PACE_OVER + 1)
    ).all()
    gaps = [(later - earlier).total_seconds() for later, earlier in pairwise(instants)]
    short = [gap for gap in gaps if _TOGETHER < gap <= _PAUSE]
    if len(short) < _FEWEST_GAPS:
        return Pace(DEFAULT_PACE, measured=False)
    return Pace(median(short), measured=True)


def count_acts(session: Session, *, group_id: int, now: datetime) -> Sequence[tuple[str, int]]:
    """Return the names of those who acted today, with the number of their acts."""
    since = now.astimezone(PARIS).replace(hour=0, minute=0, second=0, microsecond=0)
    rows = session.execute(
        select(User.display_name, func.count(ReviewAction.id))
        .join(ReviewAction, ReviewAction.actor_id == User.id)
        .where(ReviewAction.working_group_id == group_id, ReviewAction.done_at >= since)
        .group_by(User.id, User.display_name)
        .order_by(func.count(ReviewAction.id).desc(), User.display_name)
    )
    return [(name, count) for name, count in rows]


def excerpt_of(action: ReviewAction | None) -> int | None:
    """Return the excerpt that an act moved, to read it again once the act is undone."""
    if action is None:
        return None
    return next((move.excerpt_id for move in action.moves), action.excerpt_id)


def _joined(query: Select[*_Columns]) -> Select[*_Columns]:
    """Join to excerpts what tells whether they are shown, and where they stand."""
    return (
        query.select_from(Excerpt)
        .join(Excerpt.contribution)
        .join(Contribution.workshop)
        .join(Contribution.decision)
        .outerjoin(
            ClusterMember,
            and_(
                ClusterMember.excerpt_id == Excerpt.id,
                ClusterMember.working_group_id == Workshop.working_group_id,
            ),
        )
        .outerjoin(Cluster, Cluster.id == ClusterMember.cluster_id)
        .where(Excerpt.dropped.is_(False), ModerationDecision.kind.in_(SHOWN))
    )


def _excerpts(group_id: int) -> Select[int]:
    return _joined(select(Excerpt.id)).where(Workshop.working_group_id == group_id)


_IN: dict[Pile, ColumnElement[bool]] = {
    Pile.UNPLACED: or_(ClusterMember.id.is_(None), ClusterMember.placed_by == Placement.SUGGESTED),
    # What a person accepted as a whole was read.
    Pile.UNREAD: and_(
        ClusterMember.placed_by == Placement.MACHINE,
        or_(Cluster.id.is_(None), Cluster.status == ClusterStatus.PROPOSED),
    ),
}


def _is_shown(session: Session, group_id: int, excerpt_id: int) -> bool:
    return session.scalar(_excerpts(group_id).where(Excerpt.id == excerpt_id)) is not None


def _order(group_id: int, order: Order) -> list[ColumnExpressionArgument[Any]]:
    if order is Order.WORKSHOP:
        return [Contribution.workshop_id, Excerpt.id]
    opposed = _opposed(group_id)
    first = case((Excerpt.id.in_(opposed), 0), else_=1)
    return [first, func.coalesce(ClusterMember.confidence, 0.0), Excerpt.id]


def _opposed(group_id: int) -> CompoundSelect[int]:
    own = ExcerptTension.working_group_id == group_id
    firsts = select(ExcerptTension.first_id).where(own)
    return firsts.union_all(select(ExcerptTension.second_id).where(own))


def _is_opposed(session: Session, group_id: int, excerpt_id: int) -> bool:
    pair = select(ExcerptTension.id).where(
        ExcerptTension.working_group_id == group_id,
        or_(ExcerptTension.first_id == excerpt_id, ExcerptTension.second_id == excerpt_id),
    )
    return session.scalar(pair.limit(1)) is not None


def _member(session: Session, group_id: int, excerpt_id: int) -> ClusterMember | None:
    return session.scalar(
        select(ClusterMember)
        .options(joinedload(ClusterMember.cluster))
        .where(ClusterMember.working_group_id == group_id, ClusterMember.excerpt_id == excerpt_id)
    )


def _choices(
    session: Session, group_id: int, excerpt_id: int, member: ClusterMember | None
) -> list[Choice]:
    """Return every group: ranked ones first, then the latest ones; its own has a number."""
    clusters = {
        cluster.id: cluster
        for cluster in session.scalars(
            select(Cluster)
            .where(Cluster.working_group_id == group_id, Cluster.status != ClusterStatus.DISSOLVED)
            .order_by(Cluster.id.desc())
        )
    }
    members = _members(session, group_id)
    ranked = rank_groups(session, excerpt_id=excerpt_id, groups={i: members[i] for i in clusters})
    probability: dict[int, float | None] = dict(ranked)
    ids = [*probability, *(i for i in clusters if i not in probability)]
    if member is not None and member.cluster_id in ids[NUMBERED:]:
        ids.remove(member.cluster_id)
        ids.insert(NUMBERED - 1, member.cluster_id)
    shown = {i: [m for m in members[i] if m != excerpt_id][-_LAST_MEMBERS:] for i in ids[:NUMBERED]}
    read = _read(session, [e for last in shown.values() for e in last])
    return [
        Choice(
            clusters[i],
            len(members[i]),
            probability.get(i),
            tuple(read[e] for e in reversed(shown.get(i, ())) if e in read),
        )
        for i in ids
    ]


def _members(session: Session, group_id: int) -> dict[int, list[int]]:
    """Return the confirmed excerpts of each group, the last placed at the end."""
    rows = session.execute(
        select(ClusterMember.cluster_id, ClusterMember.excerpt_id)
        .where(
            ClusterMember.working_group_id == group_id,
            ClusterMember.cluster_id.is_not(None),
            ClusterMember.placed_by != Placement.SUGGESTED,
        )
        .order_by(ClusterMember.position, ClusterMember.id)
    )
    found: dict[int, list[int]] = defaultdict(list)
    for cluster_id, excerpt_id in rows:
        if cluster_id is not None:
            found[cluster_id].append(excerpt_id)
    return found


def _read(session: Session, ids: Sequence[int]) -> dict[int, Excerpt]:
    found = session.scalars(select(Excerpt).options(_words()).where(Excerpt.id.in_(ids)))
    return {excerpt.id: excerpt for excerpt in found if excerpt.shown_text}


def _words() -> Load:
    contribution = joinedload(Excerpt.contribution)
    return contribution.options(
        joinedload(Contribution.decision),
        joinedload(Contribution.prompt),
        joinedload(Contribution.workshop),
    )


def _claimed_by_others(session: Session, actor: Actor) -> set[int]:
    query = select(TriageClaim.excerpt_id).where(
        TriageClaim.user_id != actor.id, TriageClaim.until > actor.now
    )
    return set(session.scalars(query))


def _reader(session: Session, excerpt_id: int, actor: Actor) -> str:
    """Return the name of another person who is reading the excerpt."""
    query = (
        select(User.display_name)
        .join(TriageClaim, TriageClaim.user_id == User.id)
        .where(
            TriageClaim.excerpt_id == excerpt_id,
            TriageClaim.user_id != actor.id,
            TriageClaim.until > actor.now,
        )
    )
    return session.scalar(query) or ""
