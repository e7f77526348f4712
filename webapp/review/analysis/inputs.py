"""Inputs of an analysis: the published excerpts of a working group and people's decisions."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from itertools import combinations

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, selectinload

from nlp import Context, Feedback
from webapp.collection.models import SHOWN, Contribution, Excerpt, ModerationDecision, Workshop
from webapp.platform.text_cleaning import without_masks
from webapp.review.effective_actions import UNDONE_IDS
from webapp.review.history import root_of
from webapp.review.models import (
    Act,
    Cluster,
    ClusterMember,
    ClusterStatus,
    EditedField,
    Placement,
    ReviewAction,
    ReviewEdit,
    ReviewMove,
)


@dataclass(frozen=True, slots=True)
class KeptCluster:
    """A cluster edited by people: a new run keeps it."""

    cluster_id: int
    public_id: str
    accepted: bool
    positions: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class GroupInput:
    """All inputs of a run; ``mark`` changes when people act."""

    excerpt_ids: tuple[int, ...]
    texts: tuple[str, ...]
    contexts: tuple[Context, ...]
    kept: tuple[KeptCluster, ...]
    isolated: tuple[int, ...]
    apart: tuple[tuple[int, int], ...]
    mark: tuple[int, int]

    def feedback(self) -> Feedback:
        """Return the decisions as the constraints of ``nlp``."""
        groups = {
            cluster.public_id: cluster.positions for cluster in self.kept if cluster.positions
        }
        accepted = {c.public_id for c in self.kept if c.accepted and c.public_id in groups}
        return Feedback(
            groups=groups,
            accepted=frozenset(accepted),
            isolated=frozenset(self.isolated),
            apart=frozenset(self.apart),
        )

    def digest(self) -> str:
        """Return the SHA-256 of the texts, their contexts and the decisions."""
        decisions = [[c.public_id, c.accepted, c.positions] for c in self.kept]
        contexts = [astuple(context) for context in self.contexts]
        content = json.dumps(
            [self.texts, contexts, decisions, self.isolated, self.apart], ensure_ascii=False
        )
        return hashlib.sha256(content.encode()).hexdigest()


def read_input(session: Session, *, group_id: int) -> GroupInput:
    """Read the inputs of a working group, oldest excerpt first."""
    excerpts = [e for e in _shown_excerpts(session, group_id) if e.shown_text]
    position_of = {excerpt.id: position for position, excerpt in enumerate(excerpts)}
    kept = _kept_clusters(session, group_id, position_of)
    return GroupInput(
        excerpt_ids=tuple(position_of),
        texts=tuple(without_masks(excerpt.shown_text or "") for excerpt in excerpts),
        contexts=_contexts([excerpt.contribution for excerpt in excerpts]),
        kept=kept,
        isolated=_isolated_positions(session, group_id, position_of),
        apart=_separated_pairs(session, group_id, position_of, kept),
        mark=read_revision(session, group_id=group_id),
    )


def _contexts(contributions: Sequence[Contribution]) -> tuple[Context, ...]:
    """Return the context of each contribution, with its position in its workshop, oldest first."""
    ranks: dict[int, dict[int, int]] = {}
    for contribution in sorted(contributions, key=lambda c: c.id):
        workshop = ranks.setdefault(contribution.workshop_id, {})
        workshop.setdefault(contribution.id, len(workshop))
    return tuple(
        Context(
            workshop=str(c.workshop_id),
            question=None if c.prompt_id is None else str(c.prompt_id),
            table=c.table_label or None,
            sheet=c.sheet or None,
            position=ranks[c.workshop_id][c.id],
        )
        for c in contributions
    )


def read_revision(session: Session, *, group_id: int) -> tuple[int, int]:
    """Return the ids of the last review action and moderation decision of a working group."""
    act = session.scalar(
        select(func.max(ReviewAction.id)).where(ReviewAction.working_group_id == group_id)
    )
    decision = session.scalar(
        select(func.max(ModerationDecision.id))
        .join(ModerationDecision.contribution)
        .join(Contribution.workshop)
        .where(Workshop.working_group_id == group_id)
    )
    return act or 0, decision or 0


def _shown_excerpts(session: Session, group_id: int) -> Sequence[Excerpt]:
    return session.scalars(
        select(Excerpt)
        .join(Excerpt.contribution)
        .join(Contribution.workshop)
        .join(Contribution.decision)
        .options(selectinload(Excerpt.contribution).selectinload(Contribution.decision))
        .where(
            Workshop.working_group_id == group_id,
            ModerationDecision.kind.in_(SHOWN),
            Excerpt.dropped.is_(False),
        )
        .order_by(Excerpt.id)
    ).all()


def _kept_clusters(
    session: Session, group_id: int, position_of: dict[int, int]
) -> tuple[KeptCluster, ...]:
    clusters = session.scalars(
        select(Cluster)
        .options(selectinload(Cluster.members))
        .where(
            Cluster.working_group_id == group_id,
            Cluster.status != ClusterStatus.DISSOLVED,
            or_(Cluster.status == ClusterStatus.ACCEPTED, Cluster.title_by_human, Cluster.kept),
        )
        .order_by(Cluster.id)
    )
    return tuple(
        KeptCluster(
            cluster_id=cluster.id,
            public_id=cluster.public_id,
            accepted=cluster.status is ClusterStatus.ACCEPTED,
            positions=_positions(cluster.members, position_of),
        )
        for cluster in clusters
    )


def _positions(members: Sequence[ClusterMember], position_of: dict[int, int]) -> tuple[int, ...]:
    placed = (m.excerpt_id for m in members if m.placed_by is not Placement.SUGGESTED)
    return tuple(sorted(position_of[excerpt] for excerpt in placed if excerpt in position_of))


def _isolated_positions(
    session: Session, group_id: int, position_of: dict[int, int]
) -> tuple[int, ...]:
    """Return the positions of the excerpts that a person isolated."""
    isolated = session.scalars(
        select(ClusterMember.excerpt_id).where(
            ClusterMember.working_group_id == group_id,
            ClusterMember.cluster_id.is_(None),
            ClusterMember.placed_by == Placement.HUMAN,
        )
    )
    return tuple(sorted(position_of[excerpt] for excerpt in isolated if excerpt in position_of))


def _separated_pairs(
    session: Session,
    group_id: int,
    position_of: dict[int, int],
    kept: tuple[KeptCluster, ...],
) -> tuple[tuple[int, int], ...]:
    """Return the pairs separated by the dissolution of their cluster, unless joined since."""
    together = {position: cluster.cluster_id for cluster in kept for position in cluster.positions}
    pairs: set[tuple[int, int]] = set()
    for action in _dissolutions(session, group_id):
        moved = {
            position_of[move.excerpt_id]
            for move in action.moves
            if move.excerpt_id in position_of and _released(move)
        }
        pairs.update(
            (i, j)
            for i, j in combinations(sorted(moved), 2)
            if i not in together or together[i] != together.get(j)
        )
    return tuple(sorted(pairs))


def _released(move: ReviewMove) -> bool:
    """Whether a move removed a confirmed member from its cluster and left it unplaced."""
    return move.after_placed_by is None and move.before_placed_by is not Placement.SUGGESTED


def _dissolutions(session: Session, group_id: int) -> Sequence[ReviewAction]:
    """Return the actions in effect that dissolved a cluster, redos included.

    A run that was taken back is no such decision, even when it is taken back again.
    """
    dissolves = (ReviewEdit.field == EditedField.STATUS) & (
        ReviewEdit.after == ClusterStatus.DISSOLVED.value
    )
    found = session.scalars(
        select(ReviewAction)
        .options(selectinload(ReviewAction.moves))
        .where(
            ReviewAction.working_group_id == group_id,
            ReviewAction.act.in_([Act.DISSOLVE, Act.REDO]),
            ReviewAction.edits.any(dissolves),
            ReviewAction.id.not_in(UNDONE_IDS),
        )
    )
    return [a for a in found if root_of(session, a).act is not Act.TAKE_BACK]
