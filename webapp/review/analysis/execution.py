"""Executes a run: reads inputs, computes outside any transaction, writes the result."""

from datetime import datetime

from sqlalchemy.orm import Session

from nlp import analyse
from nlp.analysis import explain_all
from webapp.exceptions import AnalysisOvertakenError, NothingToAnalyseError
from webapp.review.analysis.alignment import align_groups
from webapp.review.analysis.inputs import GroupInput, read_input, read_revision
from webapp.review.analysis.readings import read_groups
from webapp.review.analysis.results import GroupingOutcome, store_result
from webapp.review.analysis.runs import (
    INTERRUPTED,
    Clock,
    Report,
    Settings,
    Transaction,
    get_run,
    settings_of,
)
from webapp.review.analysis.vectors import (
    Vectors,
    assemble,
    compute_missing,
    load_vectors,
    store_vectors,
)
from webapp.review.models import AnalysisRun, RunState
from webapp.territory.locking import lock_working_group

_ENCODING_SHARE = 0.7
_STEP = 0.05
_ATTEMPTS = 5


def execute(transaction: Transaction, *, run_id: str, clock: Clock, report: Report) -> None:
    """Execute the queued run ``run_id``; a failure is recorded on the run and re-raised.

    If people acted during the computation, it is repeated on the new decisions, with the cached
    vectors.

    Raises
    ------
    NothingToAnalyseError
        If the working group has no published contribution.
    AnalysisOvertakenError
        If people kept acting during every attempt.
    """
    execution = _Execution(transaction, run_id, report)
    try:
        execution.run(clock)
    except _CancelledError:
        return
    except Exception as error:
        execution.fail(type(error).__name__, clock())
        raise
    except BaseException:  # Ctrl-C: an unfinished run would block the next one
        execution.fail(INTERRUPTED, clock())
        raise


class _CancelledError(Exception):
    """The run was cancelled: nothing is written."""


class _Execution:
    """One run being executed; it stores its progress, which a page polls."""

    def __init__(self, transaction: Transaction, run_id: str, report: Report) -> None:
        self._transaction = transaction
        self._run_id = run_id
        self._report = report
        self._written = (-1.0, "")

    def run(self, clock: Clock) -> None:
        """Compute until the result is based on the current decisions, then store it."""
        settings = self._start()
        if settings is None:
            return
        for _ in range(_ATTEMPTS):
            data, vectors = self._read()
            if not data.texts:
                raise NothingToAnalyseError
            vectors |= self._encode(data, vectors)
            if self._finish(data, self._analyse(data, vectors, settings), clock):
                group_id = self._group_id()
                read_groups(self._transaction, group_id=group_id)
                align_groups(self._transaction, group_id=group_id)
                return
        raise AnalysisOvertakenError

    def fail(self, error: str, now: datetime) -> None:
        """Record why the run failed."""
        with self._transaction() as session:
            run = get_run(session, public_id=self._run_id)
            if run.is_active:
                run.state, run.error, run.finished_at = RunState.FAILED, error, now

    def _start(self) -> Settings | None:
        """Claim the run; None if it was already claimed (a queue may deliver a job twice)."""
        with self._transaction() as session:
            run = get_run(session, public_id=self._run_id)
            if run.state is not RunState.QUEUED:
                return None
            run.state, run.stage = RunState.RUNNING, "reading"
            return settings_of(run)

    def _read(self) -> tuple[GroupInput, Vectors]:
        with self._transaction() as session:
            group_id = get_run(session, public_id=self._run_id).working_group_id
            data = read_input(session, group_id=group_id)
            return data, load_vectors(session, texts=data.texts)

    def _group_id(self) -> int:
        with self._transaction() as session:
            return get_run(session, public_id=self._run_id).working_group_id

    def _encode(self, data: GroupInput, known: Vectors) -> Vectors:
        missing = compute_missing(
            data.texts,
            known,
            lambda part: self._report_progress(part * _ENCODING_SHARE, "encoding"),
        )
        if missing:
            with self._transaction() as session:
                store_vectors(session, vectors=missing)
        return missing

    def _analyse(self, data: GroupInput, vectors: Vectors, settings: Settings) -> GroupingOutcome:
        rest = 1 - _ENCODING_SHARE
        options, embeddings = settings.options(), assemble(data.texts, vectors)
        analysis = analyse(
            data.texts,
            contexts=data.contexts,
            options=options,
            feedback=data.feedback(),
            embeddings=embeddings,
            progress=lambda part, stage: self._report_progress(
                _ENCODING_SHARE + part * rest, stage
            ),
        )
        words = explain_all(analysis)
        if not any(cluster.positions for cluster in data.kept):
            return GroupingOutcome(analysis, tuple(analysis.labels.tolist()), words)
        free = analyse(data.texts, contexts=data.contexts, options=options, embeddings=embeddings)
        return GroupingOutcome(analysis, tuple(free.labels.tolist()), words)

    def _finish(self, data: GroupInput, outcome: GroupingOutcome, clock: Clock) -> bool:
        """Store the result unless people have acted since the data were read."""
        with self._transaction() as session:
            run = self._running(session)
            if read_revision(session, group_id=run.working_group_id) != data.mark:
                return False
            store_result(session, run=run, data=data, outcome=outcome, now=clock())
            return True

    def _report_progress(self, fraction: float, stage: str) -> None:
        """Report progress at each new stage and at most once per ``_STEP``."""
        last, last_stage = self._written
        if stage == last_stage and fraction < last + _STEP:
            return
        self._written = (fraction, stage)
        self._report(fraction, stage)
        with self._transaction() as session:
            run = self._running(session)
            run.progress, run.stage = max(run.progress, min(fraction, 1.0)), str(stage)

    def _running(self, session: Session) -> AnalysisRun:
        """Lock the working group and return the run, unless it was cancelled."""
        run = get_run(session, public_id=self._run_id)
        lock_working_group(session, group_id=run.working_group_id)
        session.refresh(run)
        if run.state is not RunState.RUNNING:
            raise _CancelledError
        return run
