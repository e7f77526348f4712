"""Analysis of what people say: from exact words to groups a human accepts or corrects.

Each name is imported when it is first used: a program that only looks for personal data does not
load the numerical libraries.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nlp.analysis import analyse, explain
    from nlp.context import Context
    from nlp.feedback import Feedback
    from nlp.measures import agreement
    from nlp.options import Options
    from nlp.personal_data import find_personal_data
    from nlp.results import Analysis, Cluster, Family, Suggestion, Tension, Title
    from nlp.segmentation import segment
    from nlp.similarity.near_duplicates import similar
    from nlp.similarity.ranking import rank

__all__ = [
    "Analysis",
    "Cluster",
    "Context",
    "Family",
    "Feedback",
    "Options",
    "Suggestion",
    "Tension",
    "Title",
    "agreement",
    "analyse",
    "explain",
    "find_personal_data",
    "rank",
    "segment",
    "similar",
]
_HOMES = {
    "Analysis": "results",
    "Cluster": "results",
    "Context": "context",
    "Family": "results",
    "Feedback": "feedback",
    "Options": "options",
    "Suggestion": "results",
    "Tension": "results",
    "Title": "results",
    "agreement": "measures",
    "analyse": "analysis",
    "explain": "analysis",
    "find_personal_data": "personal_data",
    "segment": "segmentation",
    "rank": "similarity.ranking",
    "similar": "similarity.near_duplicates",
}


def __getattr__(name: str) -> object:
    """Return a public name from its module (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    """Return the public names, so that completion sees them before they are used."""
    return __all__
