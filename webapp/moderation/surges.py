"""Surges: contributions beyond a workshop's plausible rate are stored, but held out of the queue.

A script that discards its cookie counts as a new device each time, and IP addresses are not used.
The limits are therefore on new devices and arrivals per workshop. Held contributions get the same
response as others, and are moderated separately.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, selectinload

from webapp.collection.models import (
    Contribution,
    DecisionKind,
    DeviceMark,
    HeldContribution,
    ModerationDecision,
    SurgeDecision,
    Workshop,
)
from webapp.moderation import decisions
from webapp.platform import audit
from webapp.platform.audit import Actor
from webapp.platform.jobs import Job, enqueue_on_commit
from webapp.territory.models import WorkingGroup

# New devices per window. A conference has two hundred people, a plenary up to five hundred.
MAX_DEVICES = 500
WINDOW = timedelta(minutes=10)
# Contributions per burst: fifty a second for ten seconds, above any real workshop.
MAX_ARRIVALS = 500
BURST = timedelta(seconds=10)
_BATCH = 100  # rows per transaction, so that other writers are not blocked

Transaction = Callable[[], AbstractContextManager[Session]]


def hold_if_beyond(session: Session, *, contribution: Contribution, now: datetime) -> None:
    """Hold ``contribution`` if its workshop exceeds the limits.

    A device that already contributed is held by the limit on arrivals only.
    """
    mark = session.get(DeviceMark, contribution.id)
    if mark is None:
        return
    arrivals = (
        select(DeviceMark.device)
        .join(Contribution, Contribution.id == DeviceMark.contribution_id)
        .where(Contribution.workshop_id == mark.workshop_id)
    )
    recent = arrivals.where(Contribution.submitted_at > now - BURST).limit(MAX_ARRIVALS + 1)
    beyond = _count(session, recent) > MAX_ARRIVALS
    if not beyond and _is_new(session, mark):
        devices = arrivals.where(Contribution.submitted_at > now - WINDOW).distinct()
        beyond = _count(session, devices.limit(MAX_DEVICES + 1)) > MAX_DEVICES
    if beyond:
        session.add(HeldContribution(contribution_id=contribution.id))
        session.flush()


def list_held(session: Session, *, group_id: int, limit: int = 50) -> Sequence[Contribution]:
    """Return the pending held contributions of a working group, oldest first."""
    query = _held_query(group_id).where(ModerationDecision.kind == DecisionKind.PENDING)
    return session.scalars(
        query.options(
            selectinload(Contribution.workshop), selectinload(Contribution.decision)
        ).limit(limit)
    ).all()


def count(session: Session, *, group_id: int) -> tuple[int, int]:
    """Return the numbers of held contributions: pending, and set aside in bulk."""
    kinds = [
        session.scalar(
            select(func.count()).select_from(_held_query(group_id).where(which).subquery())
        )
        for which in (ModerationDecision.kind == DecisionKind.PENDING, _set_aside_together())
    ]
    return kinds[0] or 0, kinds[1] or 0


def request_sort(session: Session, *, group_id: int, reason: str, actor: Actor) -> None:
    """Have the worker sort the held contributions of a group, as :func:`sort` does."""
    enqueue_on_commit(session, Job.SORT_SURGE, group_id=group_id, actor_id=actor.id, reason=reason)


def sort(
    transaction: Transaction, *, group_id: int, reason: str, actor_id: int, now: datetime
) -> int:
    """Set a group's held contributions aside with ``reason``, or return them to the queue.

    Individual decisions are kept. Works in batches, one transaction each, so that participants can
    write in between. Return the number of contributions.
    """
    concerned = ModerationDecision.kind == DecisionKind.PENDING
    kind = DecisionKind.SET_ASIDE
    if not reason:
        concerned |= _set_aside_together()
        kind = DecisionKind.PENDING
    decision = decisions.Decision(kind=kind, now=now, actor_id=actor_id, reason=reason)
    query = _held_query(group_id).where(concerned).limit(_BATCH)
    done = 0
    while batch := _decide_batch(transaction, query, decision):
        done += batch
    with transaction() as session:
        group = session.get_one(WorkingGroup, group_id)
        actor = Actor(id=actor_id, now=now)
        audit.record_act(
            session,
            actor,
            "group.set_aside_surge" if reason else "group.resume_surge",
            f"group:{group.slug}",
            str(done),
        )
    return done


def _decide_batch(
    transaction: Transaction,
    query: Select[Contribution],
    decision: decisions.Decision,
) -> int:
    with transaction() as session:
        batch = session.scalars(query).all()
        for contribution in batch:
            if decision.kind is DecisionKind.PENDING:
                session.delete(session.get_one(HeldContribution, contribution.id))
            if contribution.decision.kind is not decision.kind:
                row = decisions.decide(session, contribution, decision)
                if decision.kind is DecisionKind.SET_ASIDE:
                    session.add(SurgeDecision(decision_id=row.id))
        session.flush()
        return len(batch)


def _held_query(group_id: int) -> Select[Contribution]:
    return (
        select(Contribution)
        .join(HeldContribution, HeldContribution.contribution_id == Contribution.id)
        .join(Contribution.workshop)
        .join(
            ModerationDecision,
            (ModerationDecision.contribution_id == Contribution.id) & ModerationDecision.is_current,
        )
        .where(Workshop.working_group_id == group_id)
        .order_by(Contribution.id)
    )


def _set_aside_together() -> ColumnElement[bool]:
    return ModerationDecision.id.in_(select(SurgeDecision.decision_id))


def _is_new(session: Session, mark: DeviceMark) -> bool:
    same = select(DeviceMark.contribution_id).where(
        DeviceMark.workshop_id == mark.workshop_id, DeviceMark.device == mark.device
    )
    return len(session.scalars(same.limit(2)).all()) == 1


def _count(session: Session, rows: Select[str]) -> int:
    return session.scalar(select(func.count()).select_from(rows.subquery())) or 0
