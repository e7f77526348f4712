"""Background jobs run by the worker; each calls one service."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps

import structlog
from flask import Flask

from webapp.exceptions import RuleError
from webapp.moderation import surges
from webapp.platform import gc_policy
from webapp.platform.extensions import jobs, transaction
from webapp.platform.models import PurgeCause
from webapp.privacy import erasure_ops
from webapp.publishing import export_jobs
from webapp.review import analysis

_NIGHT = 2  # hour, UTC: no workshop is running
log = structlog.get_logger(__name__)


def run_analysis(run_id: str) -> None:
    """Group the contributions of a working group."""
    try:
        analysis.execute(transaction, run_id=run_id, clock=_now)
    except RuleError as error:
        # The run has already recorded the error for its page.
        log.info("analysis refused", run=run_id, error=type(error).__name__)
        return
    with transaction() as session:
        group_id = analysis.get_run(session, public_id=run_id).working_group_id
    jobs.enqueue("compare_notes", group_id)


def align_groups() -> None:
    """Align groups with the axes, measures and publics whose seed words changed."""
    analysis.align_groups(transaction)


def read_groups(group_id: int) -> None:
    """Recompute the words, tensions and splits of the groups changed by a review action."""
    analysis.read_groups(transaction, group_id=group_id)


def compare_notes(group_id: int) -> None:
    """Compare the notes of a working group two by two, for the pages that sort them."""
    analysis.compare_notes(transaction, group_id=group_id)


def make_documents(export_id: str) -> None:
    """Generate the documents of an export."""
    export_jobs.execute(transaction, export_id=export_id, clock=_now)


def sort_surge(group_id: int, actor_id: int, reason: str) -> None:
    """Set aside the contributions of a surge, or return them to the moderation queue."""
    surges.sort(transaction, group_id=group_id, reason=reason, actor_id=actor_id, now=_now())


def forget_texts() -> None:
    """Clear the analysis caches of this process, which hold contribution text."""
    analysis.forget_texts(transaction)


def purge() -> None:
    """Delete data whose retention period has ended."""
    log.info("purge", **erasure_ops.purge(now=_now(), cause=PurgeCause.NIGHT))


def register(app: Flask) -> None:
    """Register the jobs of ``app`` by function name."""
    asked = (
        run_analysis,
        align_groups,
        read_groups,
        compare_notes,
        make_documents,
        sort_surge,
        forget_texts,
    )
    for job in asked:
        jobs.register(job.__name__, _in_context(app, job))
    jobs.register_nightly(purge.__name__, _in_context(app, purge), hour=_NIGHT)


def _in_context(app: Flask, job: Callable[..., None]) -> Callable[..., None]:
    """Run ``job`` in the application context of ``app``, then collect garbage."""

    @wraps(job)
    def run(*arguments: str | int) -> None:
        with app.app_context():
            job(*arguments)
        gc_policy.collect()

    return run


def _now() -> datetime:
    return datetime.now(UTC)
