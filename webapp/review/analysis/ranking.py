"""Ranks the groups that an excerpt may join, from the pairs that the worker stored."""

from collections.abc import Mapping, Sequence
from struct import unpack

from sqlalchemy import select
from sqlalchemy.orm import Session

from nlp.group_ranking import rank_from_pairs
from webapp.review.models import ExcerptPairs

LARGEST_SHARE = 65_535  # a stored probability of 1


def rank_groups(
    session: Session, *, excerpt_id: int, groups: Mapping[int, Sequence[int]]
) -> list[tuple[int, float]]:
    """Return the groups that an excerpt may join, most probable first, with the probability.

    ``groups`` gives the excerpts of each group. A group none of whose excerpts was compared is
    left out; the answer is empty when the excerpt itself was not compared yet.
    """
    row = session.get(ExcerptPairs, excerpt_id)
    if row is None:
        return []
    positions = _positions(session, row.working_group_id)
    shares = [share / LARGEST_SHARE for share in _unpacked(row.probabilities)]
    others = {
        name: [positions[m] for m in members if m in positions and m != excerpt_id]
        for name, members in groups.items()
    }
    return rank_from_pairs(shares, others)


def _positions(session: Session, group_id: int) -> dict[int, int]:
    rows = session.execute(
        select(ExcerptPairs.excerpt_id, ExcerptPairs.position).where(
            ExcerptPairs.working_group_id == group_id
        )
    )
    return {row.excerpt_id: row.position for row in rows}


def _unpacked(probabilities: bytes) -> tuple[int, ...]:
    return unpack(f"<{len(probabilities) // 2}H", probabilities)
