"""Moderation decisions: an append-only history per contribution, whose text is never modified."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, exists, func, insert, select, update
from sqlalchemy.orm import Session, joinedload, selectinload

from webapp.collection import workshops
from webapp.collection.models import (
    SHOWN,
    Contribution,
    DecisionKind,
    Excerpt,
    HeldContribution,
    ModerationDecision,
    Workshop,
)
from webapp.exceptions import (
    ConflictError,
    ErasedError,
    NotFoundError,
    ReasonRequiredError,
    WithdrawnError,
)
from webapp.moderation import redaction
from webapp.platform import audit, text_cleaning
from webapp.platform.audit import Actor
from webapp.platform.jobs import Job, enqueue_on_commit
from webapp.review import clusters
from webapp.review.models import ClusterMember
from webapp.roadmap import sources
from webapp.territory.locking import lock_working_group

_NEEDS_REASON = frozenset({DecisionKind.MASKED, DecisionKind.SET_ASIDE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A moderation decision to record; without an actor, it is the author's.

    ``seen`` is the current decision shown to the moderator (optimistic locking); ``by_right`` marks
    an erasure at the request of the author, which is not blocked by an item that cites the text;
    ``reveal`` also shows the ideas of the workshop on its wall.
    """

    kind: DecisionKind
    now: datetime
    actor_id: int | None = None
    reason: str = ""
    masked_body: str | None = None
    seen: int | None = None
    by_right: bool = False
    reveal: bool = False


def queue(
    session: Session, *, group_id: int, workshop: str = "", newest: bool = False, limit: int = 50
) -> Sequence[Contribution]:
    """Return the pending contributions of a working group, or of one workshop.

    They come in the order of arrival, or the ``newest`` first. Those held in a surge are listed
    separately (``surges.list_held``).
    """
    query = _current(group_id, DecisionKind.PENDING)
    if workshop:
        query = query.where(Workshop.code == workshop)
    arrival = (Contribution.submitted_at, Contribution.id)
    return session.scalars(
        query.where(~exists().where(HeldContribution.contribution_id == Contribution.id))
        .order_by(*(column.desc() for column in arrival) if newest else arrival)
        .limit(limit)
    ).all()


def decided(session: Session, *, group_id: int, kind: DecisionKind) -> Sequence[Contribution]:
    """Return the contributions of a working group with this current decision, newest first."""
    query = _current(group_id, kind).order_by(ModerationDecision.id.desc())
    return session.scalars(query).all()


def count_by_kind(session: Session, *, group_id: int) -> dict[DecisionKind, int]:
    """Return the number of contributions of a working group by current decision."""
    rows = session.execute(
        select(ModerationDecision.kind, func.count())
        .join(ModerationDecision.contribution)
        .join(Contribution.workshop)
        .where(Workshop.working_group_id == group_id, ModerationDecision.is_current)
        .group_by(ModerationDecision.kind)
    )
    counts = dict.fromkeys(DecisionKind, 0)
    counts.update((kind, count) for kind, count in rows)
    return counts


def get_contribution(session: Session, *, group_id: int, public_id: str) -> Contribution:
    """Return a contribution of this working group.

    Raises
    ------
    NotFoundError
        If there is none.
    """
    contribution = session.scalar(
        select(Contribution)
        .join(Contribution.workshop)
        .where(Contribution.public_id == public_id, Workshop.working_group_id == group_id)
    )
    if contribution is None:
        raise NotFoundError(public_id)
    return contribution


def decide(session: Session, contribution: Contribution, decision: Decision) -> ModerationDecision:
    """Append ``decision`` to the history of ``contribution``; return it, now the current one.

    Raises
    ------
    ReasonRequiredError
        If a masking or setting aside has no reason.
    EmptyTextError
        If masking leaves no word.
    WithdrawnError, ErasedError
        If the author has withdrawn the contribution, or its words were destroyed.
    ConflictError
        If another decision was recorded since the page was opened.
    LastSourceError
        If an adopted item would keep no source, unless the author decides.
    """
    lock_working_group(session, group_id=contribution.workshop.working_group_id)
    session.expire(contribution, ["decision", "decisions", "excerpts"])
    _check_possible(contribution, decision.kind)
    _check_seen(contribution.decision, decision.seen)
    reason, masked = _checked_words(decision)
    if not _is_the_authors(decision):
        sources.check_remain(session, leaving=_leaving(contribution, decision.kind))
    was_shown = any(earlier.kind in SHOWN for earlier in contribution.decisions)
    for earlier in contribution.decisions:
        earlier.is_current = False
    session.flush()
    row = ModerationDecision(
        kind=decision.kind,
        masked_body=masked,
        reason=reason,
        actor_id=decision.actor_id,
        decided_at=decision.now,
    )
    contribution.decisions.append(row)
    session.flush()
    session.expire(contribution, ["decision"])
    if decision.kind is not DecisionKind.PUBLISHED:
        _forget_words(session, contribution)
        if was_shown:
            redaction.hide(session, contribution=contribution)
    if decision.kind is DecisionKind.MASKED:
        _rejoin(session, contribution)
    if decision.kind not in SHOWN:
        _leave_groups(session, contribution.excerpts)
    audit.record(session, _line(contribution, decision))
    return row


def moderate(session: Session, *, group_id: int, public_id: str, decision: Decision) -> None:
    """Record the decision of a moderator; the worker then reads the groups again.

    Raises
    ------
    NotFoundError
        If the working group has no such contribution.
    RuleError, StateError
        As :func:`decide`.
    """
    contribution = get_contribution(session, group_id=group_id, public_id=public_id)
    decide(session, contribution, decision)
    workshop = contribution.workshop
    if decision.reveal and decision.actor_id is not None and not workshop.wall_revealed:
        actor = Actor(id=decision.actor_id, now=decision.now)
        workshops.set_wall(session, workshop=workshop, revealed=True, actor=actor)
    enqueue_on_commit(session, Job.READ_GROUPS, group_id=group_id)


def publish_waiting(
    session: Session, *, group_id: int, public_ids: Sequence[str], actor: Actor
) -> int:
    """Publish the contributions that are still pending; return how many.

    Those decided by a colleague since the page was opened are left unchanged. The number of
    statements does not depend on the number of contributions: other writers wait meanwhile.

    Raises
    ------
    NotFoundError
        If one is not of this working group.
    ErasedError
        If the words of one were destroyed.
    """
    decision = Decision(kind=DecisionKind.PUBLISHED, now=actor.now, actor_id=actor.id)
    lock_working_group(session, group_id=group_id)
    found = _list_by_public_id(session, group_id, public_ids)
    waiting = [c for c in found if c.decision.kind is DecisionKind.PENDING]
    for contribution in waiting:
        _check_possible(contribution, decision.kind)
    if waiting:
        _replace_current(session, waiting, decision)
        audit.record_all(session, [_line(contribution, decision) for contribution in waiting])
    return len(waiting)


def _list_by_public_id(
    session: Session, group_id: int, public_ids: Sequence[str]
) -> list[Contribution]:
    """Return contributions with their current decisions, in the order of ``public_ids``."""
    rows = session.scalars(
        select(Contribution)
        .join(Contribution.workshop)
        .options(selectinload(Contribution.decision))
        .where(Contribution.public_id.in_(public_ids), Workshop.working_group_id == group_id)
        .execution_options(populate_existing=True)
    )
    found = {contribution.public_id: contribution for contribution in rows}
    for public_id in public_ids:
        if public_id not in found:
            raise NotFoundError(public_id)
    return [found[public_id] for public_id in dict.fromkeys(public_ids)]


def _replace_current(
    session: Session, contributions: Sequence[Contribution], decision: Decision
) -> None:
    """Make ``decision``, without a reason or a masked text, the current one of each."""
    ids = [contribution.id for contribution in contributions]
    session.execute(
        update(ModerationDecision)
        .where(ModerationDecision.contribution_id.in_(ids), ModerationDecision.is_current)
        .values(is_current=False)
        .execution_options(synchronize_session=False)
    )
    row = {"kind": decision.kind, "actor_id": decision.actor_id, "decided_at": decision.now}
    session.execute(insert(ModerationDecision), [row | {"contribution_id": i} for i in ids])
    for contribution in contributions:
        session.expire(contribution.decision)
        session.expire(contribution, ["decision", "decisions"])


def _line(contribution: Contribution, decision: Decision) -> audit.Line:
    return audit.Line(
        action=f"contribution.{decision.kind}",
        subject=f"contribution:{contribution.public_id}",
        at=decision.now,
        actor_id=decision.actor_id,
    )


def _check_possible(contribution: Contribution, kind: DecisionKind) -> None:
    if contribution.decision.kind is DecisionKind.WITHDRAWN:
        raise WithdrawnError
    if contribution.erased_at is not None and kind is DecisionKind.PUBLISHED:
        raise ErasedError


def _is_the_authors(decision: Decision) -> bool:
    own = decision.kind is DecisionKind.WITHDRAWN and decision.actor_id is None
    return own or decision.by_right


def _check_seen(current: ModerationDecision, seen: int | None) -> None:
    if seen is not None and seen != current.id:
        author = current.actor.display_name if current.actor else ""
        raise ConflictError(current.masked_body or "", author)


def _leaving(contribution: Contribution, kind: DecisionKind) -> Sequence[Excerpt]:
    """Return the excerpts that are no longer shown once the decision is ``kind``."""
    if kind is DecisionKind.PUBLISHED:
        return ()
    kept = [passage for passage in contribution.excerpts if not passage.dropped]
    return kept[1:] if kind is DecisionKind.MASKED else kept


def _checked_words(decision: Decision) -> tuple[str, str | None]:
    """Return the validated reason and masked text."""
    reason = text_cleaning.clean(decision.reason)
    if decision.kind in _NEEDS_REASON and not reason:
        raise ReasonRequiredError
    if decision.kind is not DecisionKind.MASKED:
        return reason, None
    return reason, text_cleaning.checked_body(decision.masked_body or "")


def _forget_words(session: Session, contribution: Contribution) -> None:
    """Clear the titles and keywords of groups that quote a text that is no longer shown."""
    for member in _members(session, contribution.excerpts):
        if member.cluster is not None:
            clusters.drop_quotations(session, cluster=member.cluster, erased=contribution.body)


def _rejoin(session: Session, contribution: Contribution) -> None:
    """Merge the excerpts of a split contribution into one, since its masked text is not split."""
    first, *others = [passage for passage in contribution.excerpts if not passage.dropped]
    first.stop = contribution.length
    _leave_groups(session, others)
    for passage in others:
        passage.dropped = True
    session.flush()


def _leave_groups(session: Session, excerpts: Sequence[Excerpt]) -> None:
    """Remove excerpts from their groups."""
    for member in _members(session, excerpts):
        session.delete(member)
    session.flush()


def _members(session: Session, excerpts: Sequence[Excerpt]) -> Sequence[ClusterMember]:
    ids = [excerpt.id for excerpt in excerpts]
    return session.scalars(
        select(ClusterMember)
        .options(joinedload(ClusterMember.cluster))
        .where(ClusterMember.excerpt_id.in_(ids))
    ).all()


def _current(group_id: int, kind: DecisionKind) -> Select[Contribution]:
    return (
        select(Contribution)
        .join(
            ModerationDecision,
            (ModerationDecision.contribution_id == Contribution.id) & ModerationDecision.is_current,
        )
        .join(Contribution.workshop)
        .options(selectinload(Contribution.workshop), selectinload(Contribution.decision))
        .where(Workshop.working_group_id == group_id, ModerationDecision.kind == kind)
    )
