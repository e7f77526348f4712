"""The bridge between the database and ``nlp``: the one door into that library."""

from webapp.services.analysis.execution import Transaction, execute
from webapp.services.analysis.guard import Finding, find_personal_data
from webapp.services.analysis.runs import (
    Settings,
    fail_interrupted,
    get_run,
    latest_run,
    request_run,
)

__all__ = [
    "Finding",
    "Settings",
    "Transaction",
    "execute",
    "fail_interrupted",
    "find_personal_data",
    "get_run",
    "latest_run",
    "request_run",
]
