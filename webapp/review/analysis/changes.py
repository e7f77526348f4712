"""Differences between the board before and after a run."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.review.analysis.inputs import GroupInput
from webapp.review.models import ChangeKind, Cluster, ClusterMember, Placement, RunChange


@dataclass(frozen=True, slots=True)
class BoardEntry:
    """Placement of an excerpt: its cluster, its title, and whether it is only suggested."""

    cluster_id: int | None
    title: str
    suggested: bool


Board = dict[int, BoardEntry]


def read_board(session: Session, *, group_id: int) -> Board:
    """Return the placement of each excerpt of a working group, by excerpt id."""
    rows = session.execute(
        select(
            ClusterMember.excerpt_id,
            ClusterMember.cluster_id,
            Cluster.title,
            ClusterMember.placed_by,
        )
        .outerjoin(Cluster, Cluster.id == ClusterMember.cluster_id)
        .where(ClusterMember.working_group_id == group_id)
        .order_by(ClusterMember.excerpt_id)
    )
    return {
        row.excerpt_id: BoardEntry(
            row.cluster_id, row.title or "", row.placed_by is Placement.SUGGESTED
        )
        for row in rows
    }


def compare(before: Board, after: Board, *, run_id: int) -> Iterator[RunChange]:
    """Yield the changes: new, joined, moved and vanished.

    Clusters get new identifiers at each run: a cluster continues an earlier one when each is the
    other's best match by number of shared excerpts.
    """
    continued = _continuations(before, after)
    for excerpt_id, now in after.items():
        was = before.get(excerpt_id)
        kind = _kind(was, now, continued)
        if kind is not None:
            yield RunChange(
                run_id=run_id,
                kind=kind,
                excerpt_id=excerpt_id,
                before=was.title if was else "",
                after=now.title,
            )
    titles = _titles(before)
    for cluster_id in sorted(titles.keys() - continued.keys()):
        yield RunChange(run_id=run_id, kind=ChangeKind.VANISHED, before=titles[cluster_id])


def would_move(
    data: GroupInput, free: Sequence[int], titles: Mapping[int, str], *, run_id: int
) -> Iterator[RunChange]:
    """Yield the members of kept clusters that an unconstrained grouping puts in another of them.

    ``free`` are the labels of the same texts grouped without people's decisions. A kept cluster is
    mapped to the label of the majority of its members; a member with the label of another kept
    cluster is reported. Nothing is moved.
    """
    labels = {
        c.cluster_id: _majority_label([free[p] for p in c.positions])
        for c in data.kept
        if c.positions
    }
    cluster_of_label = {home: cluster_id for cluster_id, home in labels.items() if home is not None}
    for cluster in data.kept:
        for position in cluster.positions:
            destination = cluster_of_label.get(free[position])
            if destination is not None and destination != cluster.cluster_id:
                yield RunChange(
                    run_id=run_id,
                    kind=ChangeKind.WOULD_MOVE,
                    excerpt_id=data.excerpt_ids[position],
                    before=titles[cluster.cluster_id],
                    after=titles[destination],
                )


def _majority_label(labels: Sequence[int]) -> int | None:
    """Return the majority label, or None when no label covers more than half of the members."""
    (label, count), *_ = Counter(labels).most_common(1)
    return label if label >= 0 and 2 * count > len(labels) > 1 else None


def _kind(was: BoardEntry | None, now: BoardEntry, continued: dict[int, int]) -> ChangeKind | None:
    if now.suggested:
        known = was is not None and was.suggested and was.cluster_id == now.cluster_id
        return None if known else ChangeKind.PROPOSED
    if was is None or was.suggested:
        joins = now.cluster_id is not None and now.cluster_id in continued.values()
        return ChangeKind.JOINED if joins else ChangeKind.NEW
    expected = None if was.cluster_id is None else continued.get(was.cluster_id)
    return None if expected == now.cluster_id else ChangeKind.MOVED


def _continuations(before: Board, after: Board) -> dict[int, int]:
    """Return, by earlier cluster, the cluster that continues it (itself when it was kept)."""
    shared = Counter(
        (was.cluster_id, after[excerpt].cluster_id)
        for excerpt, was in before.items()
        if excerpt in after and not was.suggested and not after[excerpt].suggested
    )
    pairs = [
        (old, new, n) for (old, new), n in shared.items() if old is not None and new is not None
    ]
    best_new = _best((old, new, n) for old, new, n in pairs)
    best_old = _best((new, old, n) for old, new, n in pairs)
    return {old: new for old, new in best_new.items() if best_old[new] == old}


def _best(pairs: Iterable[tuple[int, int, int]]) -> dict[int, int]:
    found: dict[int, tuple[int, int]] = {}
    for one, other, count in sorted(pairs):
        if count > found.get(one, (0, 0))[0]:
            found[one] = (count, other)
    return {one: other for one, (_, other) in found.items()}


def _titles(board: Board) -> dict[int, str]:
    return {
        place.cluster_id: place.title
        for place in board.values()
        if place.cluster_id is not None and not place.suggested
    }
