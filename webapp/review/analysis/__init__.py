"""Facade between the application and ``nlp``: the only module that imports it for grouping.

Web processes only queue and read runs; the worker and the commands execute them. The modules that
need NumPy and scikit-learn are imported lazily, to keep web processes small.
"""

from nlp import caches, segmentation
from webapp.review.analysis.ranking import rank_groups
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
    queue_run,
    request_run,
    settings_for,
)


def forget_texts(transaction: Transaction) -> None:
    """Clear the worker's text caches and delete the vectors of erased texts."""
    from webapp.review.analysis import vectors  # noqa: PLC0415 - loads NumPy: see above

    caches.forget_texts()
    with transaction() as session:
        vectors.delete_unused(session)


def segment_spans(words: str) -> tuple[tuple[int, int], ...]:
    """Return the (start, end) spans of the proposals in one contribution."""
    return tuple((span.start, span.end) for span in segmentation.segment(words))


def execute(
    transaction: Transaction, *, run_id: str, clock: Clock, report: Report = lambda *_: None
) -> None:
    """Execute the queued run ``run_id``; see :func:`execution.execute`."""
    from webapp.review.analysis import execution  # noqa: PLC0415 - loads scikit-learn: see above

    execution.execute(transaction, run_id=run_id, clock=clock, report=report)


def align_groups(transaction: Transaction, *, group_id: int | None = None) -> None:
    """Recompute the alignments of clusters; see :func:`alignment.align_groups`."""
    from webapp.review.analysis import alignment  # noqa: PLC0415 - loads scikit-learn: see above

    alignment.align_groups(transaction, group_id=group_id)


def compare_notes(transaction: Transaction, *, group_id: int) -> None:
    """Compare the notes of a working group two by two; see :func:`comparison.compare_notes`."""
    from webapp.review.analysis import comparison  # noqa: PLC0415 - loads scikit-learn: see above

    comparison.compare_notes(transaction, group_id=group_id)


def read_groups(transaction: Transaction, *, group_id: int) -> None:
    """Recompute the descriptions of edited clusters; see :func:`readings.read_groups`."""
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
    "compare_notes",
    "execute",
    "fail_interrupted",
    "forget_texts",
    "get_run",
    "latest_run",
    "list_changes",
    "list_runs",
    "queue_run",
    "rank_groups",
    "read_groups",
    "request_run",
    "segment_spans",
    "settings_for",
]
