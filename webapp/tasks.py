"""Background jobs run by the worker; each calls one service."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps

import structlog
from flask import Flask, current_app

from webapp.exceptions import RuleError
from webapp.moderation import surges
from webapp.notifications import mailings
from webapp.platform import gc_policy
from webapp.platform.extensions import jobs, transaction
from webapp.platform.jobs import Job, enqueue_on_commit
from webapp.platform.models import PurgeCause
from webapp.platform.public_address import public_address
from webapp.privacy import erasure_ops
from webapp.publishing import export_jobs
from webapp.review import analysis

# Hours, UTC: the purge when no workshop is running, messages before people begin to work.
_DAILY = {Job.PURGE: 2, Job.SEND_MAIL: 5}
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
        enqueue_on_commit(session, Job.COMPARE_NOTES, group_id=group_id)


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


def send_mail() -> None:
    """Send the reminders and the digests that accounts asked for."""
    mailer = current_app.config["MAILER"]
    sent = mailings.send_due(transaction, mailer=mailer, at=public_address, now=_now())
    log.info("mail", sent=sent)


_FUNCTIONS: dict[Job, Callable[..., None]] = {
    Job.RUN_ANALYSIS: run_analysis,
    Job.ALIGN_GROUPS: align_groups,
    Job.READ_GROUPS: read_groups,
    Job.COMPARE_NOTES: compare_notes,
    Job.MAKE_DOCUMENTS: make_documents,
    Job.SORT_SURGE: sort_surge,
    Job.FORGET_TEXTS: forget_texts,
    Job.PURGE: purge,
    Job.SEND_MAIL: send_mail,
}


def register(app: Flask) -> None:
    """Register the function of each job, in the context of ``app``."""
    for job in Job:
        function = _in_context(app, _FUNCTIONS[job])
        if job in _DAILY:
            jobs.register_nightly(job, function, hour=_DAILY[job])
        else:
            jobs.register(job, function)


def _in_context(app: Flask, job: Callable[..., None]) -> Callable[..., None]:
    """Run ``job`` in the application context of ``app``, then collect garbage."""

    @wraps(job)
    def run(*former: str | int, **arguments: str | int) -> None:
        # A queue that an earlier version filled names no argument.
        with app.app_context():
            job(*former, **arguments)
        gc_policy.collect()

    return run


def _now() -> datetime:
    return datetime.now(UTC)
