"""Analysis of what people say: from exact words to groups a human accepts or corrects."""

from nlp.agreement import agreement
from nlp.analysis import analyse, explain
from nlp.feedback import Feedback
from nlp.options import Options
from nlp.personal_data import find_personal_data
from nlp.results import Analysis, Cluster, Family, Suggestion, Tension
from nlp.segmentation import segment
from nlp.similarity import similar

__all__ = [
    "Analysis",
    "Cluster",
    "Family",
    "Feedback",
    "Options",
    "Suggestion",
    "Tension",
    "agreement",
    "analyse",
    "explain",
    "find_personal_data",
    "segment",
    "similar",
]
