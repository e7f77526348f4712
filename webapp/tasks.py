"""Background jobs: each calls one service."""

from datetime import UTC, datetime

import structlog
from flask import Flask

from webapp.exceptions import RuleError
from webapp.extensions import collector, forgetting, jobs, transaction
from webapp.models import PurgeCause
from webapp.services import analysis, export_jobs

_NIGHT = 2  # o'clock, UTC: nobody is in a workshop
log = structlog.get_logger(__name__)


def register(app: Flask) -> None:
    """Make the jobs of ``app`` callable by their name."""

    def run_analysis(run_id: str) -> None:
        with app.app_context():
            try:
                analysis.execute(transaction, run_id=run_id, clock=_now)
            except RuleError as error:
                # The run already says so on its page; there is nothing for the worker to do.
                log.info("analysis refused", run=run_id, error=type(error).__name__)
        collector.collect()

    def align_groups() -> None:
        with app.app_context():
            analysis.align_groups(transaction)
        collector.collect()

    def read_groups(group_id: int) -> None:
        with app.app_context():
            analysis.read_groups(transaction, group_id=group_id)
        collector.collect()

    def make_documents(export_id: str) -> None:
        with app.app_context():
            export_jobs.execute(transaction, export_id=export_id, clock=_now)
        collector.collect()

    jobs.register("make_documents", make_documents)
    jobs.register("run_analysis", run_analysis)
    jobs.register("align_groups", align_groups)
    jobs.register("read_groups", read_groups)
    _register_upkeep(app)


def _register_upkeep(app: Flask) -> None:
    """Make callable what the instance does for itself."""

    def forget_texts() -> None:
        with app.app_context():
            analysis.forget_texts(transaction)
        collector.collect()

    def purge() -> None:
        with app.app_context():
            counts = forgetting.purge(now=_now(), cause=PurgeCause.NIGHT)
            log.info("purge", **counts)
        collector.collect()

    jobs.register("forget_texts", forget_texts)
    jobs.register_nightly("purge", purge, hour=_NIGHT)


def _now() -> datetime:
    return datetime.now(UTC)
