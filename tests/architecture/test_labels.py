"""Labels of coded values are written once, in ``webapp/vocabulary``, and each value has its own."""

import ast
import re
from pathlib import Path

import pytest

from nlp.personal_data import Kind as PersonalDataKind
from nlp.results import Isolation
from tests.nonempty import some
from webapp.accounts.models import Role
from webapp.accounts.permissions import Scope
from webapp.collection.models import (
    Channel,
    Concerned,
    ContributionKind,
    DecisionKind,
    QuestionKind,
    Survey,
    SurveyState,
    Workshop,
    WorkshopKind,
    WorkshopState,
)
from webapp.privacy.models import Conformity
from webapp.publishing.documents.content import ChapterBasis
from webapp.publishing.documents.priorities import Priority as DocumentPriority
from webapp.review.analysis.runs import Granularity
from webapp.review.boards import CardOrder, CardState
from webapp.review.excerpts import Outcome
from webapp.review.models import Act, ClusterStatus, Placement, RunState
from webapp.review.triage import Order, Pile
from webapp.roadmap.models import (
    ItemStatus,
    LinkKind,
    MeetingState,
    OrganisationKind,
    Priority,
    Verdict,
)
from webapp.territory.models import ReferenceKind
from webapp.vocabulary import ACTS, OUTCOMES, REFERENCE_KINDS
from webapp.vocabulary.labels import LABELS, capitalised, label

ROOT = Path(__file__).parents[2]
FAMILIES = {
    "card_order": CardOrder,
    "card_state": CardState,
    "channel": Channel,
    "chapter_basis": ChapterBasis,
    "cluster": ClusterStatus,
    "concerned": Concerned,
    "concerned_answer": Concerned,
    "concerned_note": Concerned,
    "conformity": Conformity,
    "granularity": Granularity,
    "isolation": Isolation,
    "item": ItemStatus,
    "item_act": ItemStatus,
    "item_in_document": ItemStatus,
    "kind": ContributionKind,
    "kind_answer": ContributionKind,
    "kind_list": ContributionKind,
    "link": LinkKind,
    "mask": PersonalDataKind,
    "meeting": MeetingState,
    "moderation": DecisionKind,
    "moderation_list": DecisionKind,
    "organisation": OrganisationKind,
    "permission_scope": Scope,
    "personal_data": PersonalDataKind,
    "pile": Pile,
    "place": Outcome,
    "placement": Placement,
    "priority": DocumentPriority,
    "priority_choice": Priority,
    "question_kind": QuestionKind,
    "role": Role,
    "role_choice": Role,
    "run": RunState,
    "survey": SurveyState,
    "triage_order": Order,
    "verdict": Verdict,
    "verdict_act": Verdict,
    "workshop": WorkshopState,
    "workshop_kind": WorkshopKind,
}
# What exists before anybody may choose otherwise: lists of the region, not labels of the code.
DATA = {"webapp/territory/models/references.py"}
# A dictionary that a template looks a value up in, or keeps under a name to do so.
LOOKUP = re.compile(
    r"""\{\s*"\w*"\s*:[^{}]*[a-zà-ÿ]{3}[^{}]*\}(?=\[|\.get\()|{% set \w+ = \{\s*"[^%]*%}"""
)
# Classes of the style sheet, names of icons, numbers of colours: not read by anybody.
LOOKS = re.compile(
    r'"(?:success|error|info|plus|cross|half|check|ring|neutral|warning)"|: 1, |slug'
)


@pytest.mark.parametrize(("family", "values"), FAMILIES.items())
def test_every_value_has_a_label(family, values):
    assert {str(value) for value in values} <= LABELS[family].keys()


@pytest.mark.parametrize(
    ("family", "model", "states"),
    [("workshop_act", Workshop, WorkshopState), ("survey_act", Survey, SurveyState)],
)
def test_every_change_of_state_has_the_label_of_its_button(family, model, states):
    changes = {f"{one}-{after}" for one in states for after in model(state=one).next_states}
    assert changes == LABELS[family].keys()


def test_every_act_outcome_and_list_has_a_label():
    assert (set(Act), set(Outcome), set(ReferenceKind)) == (
        set(ACTS),
        set(OUTCOMES),
        set(REFERENCE_KINDS),
    )


def test_a_value_without_label_is_shown_as_it_is_and_a_family_without_labels_is_an_error():
    assert (label("item", ItemStatus.DONE), label("item", "gone")) == ("réalisée", "gone")
    with pytest.raises(KeyError):
        label("weather", "rain")


def test_the_options_of_a_form_begin_with_a_capital():
    assert capitalised("question_kind")["scale"] == "Échelle de 1 à 5"


def _is_text(node):
    call = isinstance(node, ast.Call) and len(node.args) == 1
    return _is_text(node.args[0]) if call else isinstance(getattr(node, "value", None), str)


def label_dictionaries(source):
    """Yield the lines of the dictionaries that give a text to each member of an enumeration."""
    for node in ast.walk(ast.parse(source)):
        keys = node.keys if isinstance(node, ast.Dict) else []
        if any(isinstance(key, ast.Attribute) for key in keys) and all(map(_is_text, node.values)):
            yield node.lineno


def test_code_holds_no_labels():
    paths = [p for p in (ROOT / "webapp").rglob("*.py") if "migrations" not in p.parts]
    names = {path.relative_to(ROOT).as_posix(): path for path in some(paths)}
    found = {name: [*label_dictionaries(path.read_text())] for name, path in names.items()}
    assert {name for name, lines in found.items() if lines} == DATA


def test_templates_hold_no_labels():
    for path in some(sorted((ROOT / "templates").rglob("*.html"))):
        found = [one for one in LOOKUP.findall(path.read_text()) if not LOOKS.search(one)]
        assert not found, path.relative_to(ROOT)


@pytest.mark.parametrize(
    "planted", ['{ItemStatus.DONE: "réalisée"}', '{Role.A: _("animation"), "": _("autre")}']
)
def test_a_planted_dictionary_is_found(planted):
    assert [*label_dictionaries(f"WORDS = {planted}")]
    assert LOOKUP.search('{{ {"done": "réalisée"}[item.status] }}')
