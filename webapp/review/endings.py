"""What a working group did, once every contribution has a place and every cluster was read."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.accounts.models import User
from webapp.collection.models import Contribution, DecisionKind, ModerationDecision, Workshop
from webapp.review.boards import Board, Card
from webapp.review.effective_actions import UNDONE_IDS
from webapp.review.ledger import LedgerLine
from webapp.review.models import Act, ReviewAction


@dataclass(frozen=True, slots=True)
class Share:
    """The acts of one person that are in effect: how many of each kind, most frequent first."""

    name: str
    acts: tuple[tuple[Act, int], ...]

    @property
    def total(self) -> int:
        """How many acts in all."""
        return sum(count for _, count in self.acts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """The end of a review: what was done, by whom, and the clusters that feed no item yet."""

    total: LedgerLine
    accepted: int
    people: tuple[Share, ...]
    reasons: tuple[tuple[str, int], ...]
    without_item: tuple[Card, ...]
    unread: int


def is_over(board: Board, total: LedgerLine) -> bool:
    """Whether every contribution has a place, and a person accepted every cluster."""
    return (
        bool(board.cards) and not total.outcomes["pending"] and len(board.cards) == board.accepted
    )


def read(
    session: Session, *, group_id: int, board: Board, total: LedgerLine, fed: Collection[int]
) -> Ending:
    """Return the end of the review of a working group; ``fed`` are the clusters with an item."""
    return Ending(
        total=total,
        accepted=board.accepted,
        people=_people(session, group_id),
        reasons=_reasons(session, group_id),
        without_item=tuple(card for card in board.cards if card.cluster.id not in fed),
        unread=board.unread_isolated,
    )


def _people(session: Session, group_id: int) -> tuple[Share, ...]:
    """Return who acted, as the history names them; what was undone is left out."""
    rows = session.execute(
        select(User.id, User.display_name, ReviewAction.act, func.count(ReviewAction.id))
        .join(ReviewAction, ReviewAction.actor_id == User.id)
        .where(
            ReviewAction.working_group_id == group_id,
            ReviewAction.act != Act.UNDO,
            ReviewAction.id.not_in(UNDONE_IDS),
        )
        .group_by(User.id, User.display_name, ReviewAction.act)
    )
    acts: dict[tuple[int, str], list[tuple[Act, int]]] = defaultdict(list)
    for user_id, name, act, count in rows:
        acts[user_id, name].append((act, count))
    shares = [Share(name, _by_count(found)) for (_, name), found in acts.items()]
    return tuple(sorted(shares, key=lambda share: (-share.total, share.name)))


def _by_count(acts: Iterable[tuple[Act, int]]) -> tuple[tuple[Act, int], ...]:
    return tuple(sorted(acts, key=lambda pair: (-pair[1], pair[0])))


def _reasons(session: Session, group_id: int) -> tuple[tuple[str, int], ...]:
    """Return why contributions were set aside, the most frequent reason first."""
    rows = session.execute(
        select(ModerationDecision.reason, func.count(ModerationDecision.id))
        .join(Contribution, Contribution.id == ModerationDecision.contribution_id)
        .join(Contribution.workshop)
        .where(
            Workshop.working_group_id == group_id,
            ModerationDecision.is_current,
            ModerationDecision.kind == DecisionKind.SET_ASIDE,
        )
        .group_by(ModerationDecision.reason)
        .order_by(func.count(ModerationDecision.id).desc(), ModerationDecision.reason)
    )
    return tuple((reason, count) for reason, count in rows)
