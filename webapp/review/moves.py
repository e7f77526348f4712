"""Moves, isolates, attaches and sets aside excerpts.

Placements made by people are kept by later runs: an edited cluster keeps its members and its
identifier, and an isolated excerpt stays isolated.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.collection.models import DecisionKind, Excerpt
from webapp.exceptions import (
    ConflictError,
    FeedsItemError,
    NotFoundError,
    SelectionError,
)
from webapp.moderation import decisions
from webapp.moderation.decisions import Decision
from webapp.platform.audit import Actor
from webapp.review import excerpts
from webapp.review.cluster_edits import check_live, create
from webapp.review.clusters import (
    feeds_item,
    next_position,
    one_line,
    provisional_title,
    suggested,
)
from webapp.review.models import (
    Act,
    Cluster,
    ClusterMember,
    ClusterStatus,
    EditedField,
    Placement,
    ReviewAction,
    ReviewMove,
)
from webapp.review.recorder import Place, ReviewRecorder
from webapp.roadmap import sources


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Selected excerpts, each with the cluster where it was seen (None: unplaced)."""

    seen: Mapping[int, int | None]
    reason: str = ""


def move(session: Session, *, chosen: Chosen, target: Cluster, actor: Actor) -> ReviewAction:
    """Move excerpts into ``target``.

    Raises
    ------
    SelectionError
        If nothing was chosen.
    ClusterDissolvedError
        If ``target`` is dissolved.
    ConflictError
        If somebody moved one of them since it was seen.
    """
    check_live(target)
    review = ReviewRecorder(session, target.working_group_id, Act.MOVE, actor)
    sources = _source_clusters(session, review, chosen)
    position = next_position(target)
    for excerpt_id in chosen.seen:
        review.place(excerpt_id, Place(target.id, position=position))
        position += 1
    _update_sources(session, review, sources, target)
    review.keep(target)
    titles = " ; ".join(source.title for source in sources if source is not target)
    return review.record(target, reason=chosen.reason, before=titles, after=target.title)


def move_to_new(
    session: Session, *, chosen: Chosen, title: str, group_id: int, actor: Actor
) -> Cluster:
    """Move excerpts into a new cluster, and return it.

    Raises
    ------
    EmptyTextError
        If the title has no word.
    SelectionError
        If nothing was chosen.
    ConflictError
        If somebody moved one of them since it was seen.
    """
    review = ReviewRecorder(session, group_id, Act.MOVE, actor)
    return _move_to_new(session, review, chosen, title=one_line(title), by_human=True)


def start_cluster(session: Session, *, chosen: Chosen, group_id: int, actor: Actor) -> Cluster:
    """Move excerpts into a new cluster without a title of a person, and return it.

    It has the first words of an excerpt until the worker proposes a title.

    Raises
    ------
    SelectionError
        If nothing was chosen.
    ConflictError
        If somebody moved one of them since it was seen.
    """
    review = ReviewRecorder(session, group_id, Act.MOVE, actor)
    found = excerpts.list_excerpts(session, group_id=group_id, excerpt_ids=chosen.seen)
    words = provisional_title(found[0].shown_text or "") if found else ""
    return _move_to_new(session, review, chosen, title=words, by_human=False)


def isolate(session: Session, *, chosen: Chosen, group_id: int, actor: Actor) -> ReviewAction:
    """Isolate excerpts: later runs do not group them.

    Raises
    ------
    SelectionError
        If nothing was chosen.
    ConflictError
        If somebody moved one of them since it was seen.
    """
    review = ReviewRecorder(session, group_id, Act.ISOLATE, actor)
    sources = _source_clusters(session, review, chosen)
    for excerpt_id in chosen.seen:
        review.place(excerpt_id, Place(None))
    _update_sources(session, review, sources, None)
    titles = " ; ".join(source.title for source in sources)
    subject = sources[0] if sources else session.get(Excerpt, next(iter(chosen.seen)))
    return review.record(subject, reason=chosen.reason, before=titles)


def attach(
    session: Session,
    *,
    cluster: Cluster,
    excerpt_ids: Collection[int],
    actor: Actor,
    reason: str = "",
) -> ReviewAction:
    """Confirm the suggested placement of late excerpts in a cluster.

    Raises
    ------
    NotFoundError
        If one of them is not suggested there.
    """
    waiting = {member.excerpt_id for member in suggested(cluster)}
    missing = sorted(set(excerpt_ids) - waiting)
    if missing or not excerpt_ids:
        raise NotFoundError(str(missing))
    review = ReviewRecorder(session, cluster.working_group_id, Act.ATTACH, actor)
    review.load(excerpt_ids)
    position = next_position(cluster)
    for excerpt_id in sorted(excerpt_ids):
        review.place(excerpt_id, Place(cluster.id, position=position))
        position += 1
    review.keep(cluster)
    return review.record(cluster, reason=reason, after=cluster.title)


def set_aside(session: Session, *, excerpt: Excerpt, actor: Actor, reason: str) -> ReviewAction:
    """Set a contribution aside, with a reason shown to its author.

    Raises
    ------
    ReasonRequiredError
        If there is none.
    WithdrawnError
        If it may not be decided about.
    LastSourceError
        If an adopted item would lose its last source.
    """
    contribution = excerpt.contribution
    group_id = contribution.workshop.working_group_id
    review = ReviewRecorder(session, group_id, Act.SET_ASIDE, actor)
    sources.check_remain(session, leaving=contribution.excerpts)
    excerpt_ids = [passage.id for passage in contribution.excerpts]
    members = [m for m in review.load(excerpt_ids).values() if m is not None]
    origins = list({m.cluster_id: m.cluster for m in members if m.cluster is not None}.values())
    for excerpt_id in excerpt_ids:
        review.place(excerpt_id, None)
    session.flush()
    for origin in origins:
        review.touch(origin)
        _dissolve_if_empty(session, review, origin)
    decision = Decision(
        kind=DecisionKind.SET_ASIDE, now=actor.now, actor_id=actor.id, reason=reason
    )
    found = session.scalars(select(Cluster).where(Cluster.working_group_id == group_id)).all()
    words = [(cluster, cluster.title, cluster.summary) for cluster in found]
    review.decided(decisions.decide(session, contribution, decision))
    _record_redactions(review, words)
    return review.record(excerpt, reason=reason, before=" ; ".join(o.title for o in origins))


def _move_to_new(
    session: Session, review: ReviewRecorder, chosen: Chosen, *, title: str, by_human: bool
) -> Cluster:
    sources = _source_clusters(session, review, chosen)
    beside = next(iter(sources), None)
    made = create(session, review=review, beside=beside, title=title, by_human=by_human)
    for position, excerpt_id in enumerate(chosen.seen):
        review.place(excerpt_id, Place(made.id, position=position))
    _update_sources(session, review, sources, made)
    titles = " ; ".join(source.title for source in sources)
    review.record(made, reason=chosen.reason, before=titles, after=title)
    return made


def _record_redactions(review: ReviewRecorder, words: Iterable[tuple[Cluster, str, str]]) -> None:
    """Record on the action the titles and summaries that the decision redacted."""
    for cluster, title, summary in words:
        for field, before in ((EditedField.TITLE, title), (EditedField.SUMMARY, summary)):
            after = getattr(cluster, field)
            setattr(cluster, field, before)
            review.edit(cluster, field, after)


def _source_clusters(session: Session, review: ReviewRecorder, chosen: Chosen) -> list[Cluster]:
    """Check that the excerpts are where they were seen; return their clusters."""
    if not chosen.seen:
        raise SelectionError
    excerpts.list_excerpts(session, group_id=review.group_id, excerpt_ids=chosen.seen.keys())
    members = review.load(chosen.seen)
    sources: dict[int, Cluster] = {}
    for excerpt_id, seen in chosen.seen.items():
        member = members[excerpt_id]
        now = member.cluster if member else None
        if (now.id if now else None) != seen:
            raise ConflictError(now.title if now else "", _last_mover(session, excerpt_id))
        if now is not None:
            sources[now.id] = now
    return list(sources.values())


def _last_mover(session: Session, excerpt_id: int) -> str:
    """Return the name of the last person who moved an excerpt."""
    action = session.scalar(
        select(ReviewAction)
        .join(ReviewAction.moves)
        .where(ReviewMove.excerpt_id == excerpt_id)
        .order_by(ReviewAction.id.desc())
        .limit(1)
    )
    return action.actor.display_name if action else ""


def _update_sources(
    session: Session, review: ReviewRecorder, sources: Iterable[Cluster], target: Cluster | None
) -> None:
    """Mark the source clusters as kept; dissolve the empty ones."""
    session.flush()
    for source in sources:
        if source is target:
            continue
        review.keep(source)
        if not _dissolve_if_empty(session, review, source):
            raise FeedsItemError


def _dissolve_if_empty(session: Session, review: ReviewRecorder, source: Cluster) -> bool:
    """Dissolve an empty cluster; return False when it feeds an item and must stay."""
    rest = session.scalars(select(ClusterMember).where(ClusterMember.cluster_id == source.id)).all()
    if any(member.placed_by is not Placement.SUGGESTED for member in rest):
        return True
    if feeds_item(session, source):
        return False
    for member in rest:
        review.place(member.excerpt_id, None)
    review.edit(source, EditedField.STATUS, ClusterStatus.DISSOLVED)
    return True
