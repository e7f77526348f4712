"""Merges, splits, creates and dissolves clusters."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from webapp.exceptions import ClusterDissolvedError, FeedsItemError, SelectionError
from webapp.platform.audit import Actor
from webapp.review.clusters import confirmed, feeds_item, next_position, one_line, suggested
from webapp.review.models import Act, Cluster, ClusterStatus, EditedField, Placement, ReviewAction
from webapp.review.recorder import Place, ReviewRecorder, check_version


def merge(
    session: Session,
    *,
    cluster: Cluster,
    others: Sequence[Cluster],
    actor: Actor,
    reason: str = "",
    seen: Mapping[str, int | None] | None = None,
) -> ReviewAction:
    """Move the members of ``others`` into ``cluster``, which keeps its title.

    ``seen`` gives, by public identifier, the version at which the person saw each of ``others``.

    Raises
    ------
    SelectionError
        If there is nothing to merge.
    FeedsItemError
        If one of ``others`` feeds an item.
    ClusterDissolvedError
        If one is dissolved.
    ConflictError
        If somebody changed one of them since it was read.
    """
    check_version(cluster, actor)
    for other in others:
        check_version(other, replace(actor, version=(seen or {}).get(other.public_id)))
    check_live(cluster, *others)
    rest = [other for other in others if other.id != cluster.id]
    if not rest:
        raise SelectionError
    if any(feeds_item(session, other) for other in rest):
        raise FeedsItemError
    review = ReviewRecorder(session, cluster.working_group_id, Act.MERGE, actor)
    review.load(member.excerpt_id for other in rest for member in other.members)
    position = next_position(cluster)
    for other in rest:
        for member in confirmed(other):
            review.place(member.excerpt_id, Place(cluster.id, position=position))
            position += 1
        for member in suggested(other):
            late = Place(cluster.id, Placement.SUGGESTED, member.confidence, member.position)
            review.place(member.excerpt_id, late)
        review.edit(other, EditedField.STATUS, ClusterStatus.DISSOLVED)
    review.keep(cluster)
    titles = " ; ".join(other.title for other in rest)
    return review.record(cluster, reason=reason, before=titles, after=cluster.title)


def merge_all(
    session: Session,
    *,
    picked: Sequence[Cluster],
    actor: Actor,
    reason: str = "",
    seen: Mapping[str, int | None] | None = None,
) -> Cluster:
    """Merge clusters into one and return it: the one with most decisions, then the largest.

    ``seen`` gives, by public identifier, the version at which the person saw each of ``picked``.

    Raises
    ------
    SelectionError
        If fewer than two were picked.
    FeedsItemError
        If two of them feed an item.
    ConflictError
        If somebody changed one of them since it was seen.
    """
    ranked = sorted(
        picked,
        key=lambda cluster: (
            not feeds_item(session, cluster),
            cluster.status is not ClusterStatus.ACCEPTED,
            -len(confirmed(cluster)),
            cluster.id,
        ),
    )
    if not ranked:
        raise SelectionError
    first, *rest = ranked
    who = replace(actor, version=(seen or {}).get(first.public_id))
    merge(session, cluster=first, others=rest, actor=who, reason=reason, seen=seen)
    return first


def split(
    session: Session,
    *,
    cluster: Cluster,
    excerpt_ids: Collection[int],
    title: str,
    actor: Actor,
    reason: str = "",
) -> Cluster:
    """Move some members of ``cluster`` to a new cluster, and return it.

    Raises
    ------
    EmptyTextError
        If the new title has no word.
    SelectionError
        If no member would leave, or none would stay.
    ConflictError
        If somebody changed the group since it was read.
    """
    chosen = one_line(title)
    check_version(cluster, actor)
    check_live(cluster)
    leaving = [m for m in confirmed(cluster) if m.excerpt_id in excerpt_ids]
    if not leaving or len(leaving) == len(confirmed(cluster)):
        raise SelectionError
    review = ReviewRecorder(session, cluster.working_group_id, Act.SPLIT, actor)
    made = create(session, review=review, beside=cluster, title=chosen)
    review.load(member.excerpt_id for member in leaving)
    for position, member in enumerate(leaving):
        review.place(member.excerpt_id, Place(made.id, position=position))
    review.keep(cluster)
    review.record(cluster, reason=reason, before=cluster.title, after=chosen)
    return made


def dissolve(session: Session, *, cluster: Cluster, actor: Actor, reason: str = "") -> None:
    """Dissolve a cluster: its members become unplaced, and no run groups them together again.

    Raises
    ------
    ClusterDissolvedError
        If it is dissolved already.
    FeedsItemError
        If it feeds an item.
    ConflictError
        If somebody changed it since it was read.
    """
    check_version(cluster, actor)
    check_live(cluster)
    if feeds_item(session, cluster):
        raise FeedsItemError
    review = ReviewRecorder(session, cluster.working_group_id, Act.DISSOLVE, actor)
    review.load(member.excerpt_id for member in cluster.members)
    for member in list(cluster.members):
        review.place(member.excerpt_id, None)
    review.edit(cluster, EditedField.STATUS, ClusterStatus.DISSOLVED)
    review.record(cluster, reason=reason, before=cluster.title)


def create(
    session: Session,
    *,
    review: ReviewRecorder,
    beside: Cluster | None,
    title: str,
    by_human: bool = True,
) -> Cluster:
    """Create an empty cluster within an action; undoing the action dissolves it.

    It takes the family and the place on the map of ``beside``, the cluster that its members leave.
    ``by_human`` tells whether a person wrote the title: what a person made and named is accepted,
    since there is no proposal of the analysis to read over.
    """
    made = Cluster(
        working_group_id=review.group_id,
        run_id=beside.run_id if beside else None,
        title=title,
        title_by_human=by_human,
        family=beside.family if beside else "",
        x=beside.x if beside else 0.0,
        y=beside.y if beside else 0.0,
        status=ClusterStatus.DISSOLVED,
    )
    session.add(made)
    session.flush()
    status = ClusterStatus.ACCEPTED if by_human else ClusterStatus.PROPOSED
    review.edit(made, EditedField.STATUS, status)
    review.keep(made)
    return made


def check_live(*found: Cluster) -> None:
    """Check that no cluster is dissolved.

    Raises
    ------
    ClusterDissolvedError
        If one of them is dissolved.
    """
    for cluster in found:
        if cluster.status is ClusterStatus.DISSOLVED:
            raise ClusterDissolvedError
