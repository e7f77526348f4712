"""Search in the excerpts of a working group, by text, outcome and metadata."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session, joinedload

from webapp.collection.models import (
    SHOWN,
    Concerned,
    Contribution,
    ContributionKind,
    DecisionKind,
    Excerpt,
    ModerationDecision,
    Workshop,
)
from webapp.exceptions import NotFoundError
from webapp.platform.text_cleaning import folded
from webapp.review.models import Cluster, ClusterMember, Placement

PAGE = 50


class Outcome(StrEnum):
    """Outcome of a contribution, as counted in the ledger."""

    GROUPED = "grouped"
    ISOLATED = "isolated"
    SET_ASIDE = "set_aside"
    WITHDRAWN = "withdrawn"
    PENDING = "pending"


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """Search criteria; an empty one excludes nothing."""

    words: str = ""
    outcome: Outcome | None = None
    cluster: str = ""
    workshop: str = ""
    territory: str | None = None
    kind: ContributionKind | None = None
    concerned: Concerned | None = None
    unsure_first: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """One excerpt and its placement."""

    excerpt: Excerpt
    member: ClusterMember | None

    @property
    def box(self) -> str:
        """The value of its box: the excerpt, and the cluster where it is seen."""
        return f"{self.excerpt.id}-{self.member.cluster_id or '' if self.member else ''}"


@dataclass(frozen=True, slots=True)
class Page:
    """One page of results, with the total count and the number of pages."""

    entries: tuple[Hit, ...]
    total: int
    number: int
    pages: int


def search(session: Session, *, group_id: int, wanted: Search, number: int = 1) -> Page:
    """Return one page of results, ``PAGE`` entries at most."""
    query = _matching(group_id, wanted)
    ids = (
        _containing(session, query, wanted.words)
        if wanted.words.strip()
        else session.scalars(query).all()
    )
    pages = max(1, -(-len(ids) // PAGE))
    number = min(max(1, number), pages)
    part = ids[(number - 1) * PAGE : number * PAGE]
    return Page(tuple(_load(session, group_id, part)), len(ids), number, pages)


def list_excerpts(
    session: Session, *, group_id: int, excerpt_ids: Collection[int]
) -> Sequence[Excerpt]:
    """Return excerpts of this working group that may be shown.

    Raises
    ------
    NotFoundError
        If one of them is not.
    """
    found = session.scalars(
        select(Excerpt)
        .join(Excerpt.contribution)
        .join(Contribution.workshop)
        .join(Contribution.decision)
        .options(joinedload(Excerpt.contribution).joinedload(Contribution.decision))
        .where(
            Excerpt.id.in_(sorted(excerpt_ids)),
            Excerpt.dropped.is_(False),
            Workshop.working_group_id == group_id,
            ModerationDecision.kind.in_(SHOWN),
        )
        .order_by(Excerpt.id)
    ).all()
    if missing := set(excerpt_ids) - {excerpt.id for excerpt in found}:
        raise NotFoundError(str(sorted(missing)))
    return found


def _matching(group_id: int, wanted: Search) -> Select[int]:
    conditions: list[ColumnElement[bool]] = [
        Workshop.working_group_id == group_id,
        Excerpt.dropped.is_(False),
    ]
    if wanted.cluster:
        conditions.append(
            ClusterMember.cluster.has(Cluster.public_id == wanted.cluster)
            & (ClusterMember.placed_by != Placement.SUGGESTED)
        )
    if wanted.workshop:
        conditions.append(Workshop.code == wanted.workshop)
    for column, value in (
        (Contribution.territory, wanted.territory),
        (Contribution.kind, wanted.kind),
        (Contribution.concerned, wanted.concerned),
    ):
        if value is not None:
            conditions.append(column == value)
    if wanted.outcome is not None:
        conditions.append(_OUTCOMES[wanted.outcome])
    order = [ClusterMember.confidence, Excerpt.id] if wanted.unsure_first else [Excerpt.id]
    return (
        select(Excerpt.id)
        .join(Excerpt.contribution)
        .join(Contribution.workshop)
        .join(Contribution.decision)
        .outerjoin(
            ClusterMember,
            (ClusterMember.excerpt_id == Excerpt.id) & (ClusterMember.working_group_id == group_id),
        )
        .where(*conditions)
        .order_by(*order)
    )


_SHOWN = ModerationDecision.kind.in_(SHOWN)
_UNPLACED = ClusterMember.id.is_(None) | (ClusterMember.placed_by == Placement.SUGGESTED)
_OUTCOMES: dict[Outcome, ColumnElement[bool]] = {
    Outcome.GROUPED: _SHOWN & ClusterMember.cluster_id.is_not(None) & ~_UNPLACED,
    Outcome.ISOLATED: _SHOWN & ClusterMember.id.is_not(None) & ClusterMember.cluster_id.is_(None),
    Outcome.SET_ASIDE: ModerationDecision.kind == DecisionKind.SET_ASIDE,
    Outcome.WITHDRAWN: ModerationDecision.kind == DecisionKind.WITHDRAWN,
    Outcome.PENDING: (ModerationDecision.kind == DecisionKind.PENDING) | (_SHOWN & _UNPLACED),
}


def _containing(session: Session, query: Select[int], words: str) -> Sequence[int]:
    """Return the excerpts that contain all of ``words``, ignoring case and accents."""
    terms = folded(words).split()
    texts = session.execute(
        query.add_columns(
            Contribution.body,
            Excerpt.start,
            Excerpt.stop,
            ModerationDecision.kind,
            ModerationDecision.masked_body,
        )
    )
    return [
        excerpt_id
        for excerpt_id, body, start, stop, kind, masked in texts
        if kind is not DecisionKind.WITHDRAWN
        and _contains(masked if kind is DecisionKind.MASKED else body[start:stop], terms)
    ]


def _contains(text: str, terms: list[str]) -> bool:
    plain = folded(text)
    return all(word in plain for word in terms)


def _load(session: Session, group_id: int, ids: Sequence[int]) -> list[Hit]:
    rows = session.execute(
        select(Excerpt, ClusterMember)
        .outerjoin(
            ClusterMember,
            (ClusterMember.excerpt_id == Excerpt.id) & (ClusterMember.working_group_id == group_id),
        )
        .options(
            joinedload(Excerpt.contribution).options(
                joinedload(Contribution.decision), joinedload(Contribution.workshop)
            ),
            joinedload(ClusterMember.cluster),
        )
        .where(Excerpt.id.in_(ids))
    )
    found = {excerpt.id: Hit(excerpt, member) for excerpt, member in rows}
    return [found[i] for i in ids]
