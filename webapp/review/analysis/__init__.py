"""The bridge between the database and ``nlp``: the one door into that library.

The web processes ask for runs and read them; only the worker and the commands carry them out. What
computes is therefore imported when a run starts, so that no web process pays for it in memory.
"""

from nlp import forgetting, segmentation
from webapp.review.analysis.runs import (
    Clock,
    Granularity,
    Report,
    Settings,
    Transaction,
    cancel_run,
    fail_interrupted,
    get_run,
    latest_run,
    list_changes,
    list_runs,
    request_run,
    settings_for,
)


def forget_texts(transaction: Transaction) -> None:
    """Have the worker forget the texts that it has read, and what it made of those erased since."""
    from webapp.review.analysis import vectors  # noqa: PLC0415 - loads NumPy: see above

    forgetting.forget_texts()
    with transaction() as session:
        vectors.sweep(session)


def segment_spans(words: str) -> tuple[tuple[int, int], ...]:
    """Return where the separate proposals of one contribution begin and end."""
    return tuple((span.start, span.end) for span in segmentation.segment(words))


def execute(
    transaction: Transaction, *, run_id: str, clock: Clock, report: Report = lambda *_: None
) -> None:
    """Carry out the queued run ``run_id``; see :func:`execution.execute`."""
    from webapp.review.analysis import execution  # noqa: PLC0415 - loads scikit-learn: see above

    execution.execute(transaction, run_id=run_id, clock=clock, report=report)


def align_groups(transaction: Transaction, *, group_id: int | None = None) -> None:
    """Read again what groups speak of in the Pacte; see :func:`alignment.align_groups`."""
    from webapp.review.analysis import alignment  # noqa: PLC0415 - loads scikit-learn: see above

    alignment.align_groups(transaction, group_id=group_id)


def read_groups(transaction: Transaction, *, group_id: int) -> None:
    """Read again the groups that people changed; see :func:`readings.read_groups`."""
    from webapp.review.analysis import readings  # noqa: PLC0415 - loads scikit-learn: see above

    readings.read_groups(transaction, group_id=group_id)


__all__ = [
    "Clock",
    "Granularity",
    "Report",
    "Settings",
    "Transaction",
    "align_groups",
    "cancel_run",
    "execute",
    "fail_interrupted",
    "forget_texts",
    "get_run",
    "latest_run",
    "list_changes",
    "list_runs",
    "read_groups",
    "request_run",
    "segment_spans",
    "settings_for",
]
