"""Demonstration data: the conference of Angers, loaded, reviewed, promoted and published."""

from webapp.demonstration.accounts import ACCOUNTS, PASSWORD
from webapp.demonstration.committee import follow_up, publish_first_version
from webapp.demonstration.conference import is_empty, is_loaded, load
from webapp.demonstration.review import moderate_late, review

__all__ = [
    "ACCOUNTS",
    "PASSWORD",
    "follow_up",
    "is_empty",
    "is_loaded",
    "load",
    "moderate_late",
    "publish_first_version",
    "review",
]
