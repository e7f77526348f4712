"""Everything that the services write in the journal has its French words."""

import ast
import re
from pathlib import Path

from webapp.collection.models import DecisionKind, SurveyState
from webapp.review.models import Act
from webapp.roadmap.models import ItemStatus, Verdict
from webapp.vocabulary.journal import JOURNAL, OBJECTS

WEBAPP = Path(__file__).parents[2] / "webapp"
SERVICES = sorted(
    path for path in WEBAPP.rglob("*.py") if not {"views", "forms", "models"} & set(path.parts)
)
RECORDERS = {"Line", "_record", "record", "record_act", "record_part"}
# The actions that end with the name of a state or of an act.
FAMILIES = {
    "cluster.": Act,
    "contribution.": DecisionKind,
    "decision.": Verdict,
    "item.": ItemStatus,
    "survey.": SurveyState,
}


def _calls():
    for path in SERVICES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                owner = getattr(getattr(node.func, "value", None), "id", "")
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                if name in RECORDERS:
                    yield owner, name, [*node.args, *(k.value for k in node.keywords)]


def _texts(argument):
    if isinstance(argument, ast.IfExp):
        return [*_texts(argument.body), *_texts(argument.orelse)]
    return [argument]


def _actions():
    for owner, name, arguments in _calls():
        of_a_workshop = name == "record_act" and owner != "audit"
        told = arguments[2:3] if of_a_workshop else arguments
        for argument in (text for one in told for text in _texts(one)):
            if isinstance(argument, ast.JoinedStr):
                first = getattr(argument.values[0], "value", "")
                if isinstance(first, str) and first.endswith(".") and first != "workshop.":
                    yield from (f"{first}{state.value}" for state in FAMILIES[first])
            elif _plain(argument) and of_a_workshop:
                yield f"workshop.{argument.value}"  # as collection/workshops.py writes it
            elif _plain(argument) and re.fullmatch(r"[a-z_]+\.[a-z_]+", argument.value):
                yield argument.value


def _plain(node):
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _subjects():
    for _, _, arguments in _calls():
        for argument in arguments:
            if isinstance(argument, ast.JoinedStr):
                first = getattr(argument.values[0], "value", "")
                if isinstance(first, str) and first.endswith(":"):
                    yield first[:-1]


def test_every_action_has_its_french_words_and_no_word_is_left_over():
    actions = set(_actions())
    assert len(actions) > 80
    assert actions == set(JOURNAL)


def test_every_kind_of_object_has_its_french_word():
    kinds = set(_subjects())
    assert kinds
    assert kinds <= set(OBJECTS)
