"""Rules about the code that no linter knows."""

import ast
import importlib
import itertools
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from webapp import exceptions, wording
from webapp.collection.models import DecisionKind, SurveyState, WorkshopState
from webapp.error_pages import status_of
from webapp.platform.models.base import Base
from webapp.review.models import Act, ClusterStatus
from webapp.roadmap.models import ItemStatus

ROOT = Path(__file__).parents[2]
SOURCES = sorted([*ROOT.glob("webapp/**/*.py"), *ROOT.glob("nlp/**/*.py")])
MAX_VIEW_LINES = 20
BANNED = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "misc"}


def test_a_file_says_what_it_holds_by_its_name():
    assert [path for path in SOURCES if path.stem in BANNED] == []


def test_only_one_place_commits():
    guilty = {p for p in SOURCES if "session.commit()" in p.read_text("utf-8")}
    assert guilty == {ROOT / "webapp/platform/extensions.py"}


@pytest.mark.parametrize(
    "path", sorted(ROOT.glob("webapp/*/views/*.py")), ids=lambda p: f"{p.parts[-3]}.{p.stem}"
)
def test_a_view_is_short(path):
    nodes = ast.walk(ast.parse(path.read_text("utf-8")))
    views = [n for n in nodes if isinstance(n, ast.FunctionDef) and n.decorator_list]
    assert [n.name for n in views if n.end_lineno - n.lineno >= MAX_VIEW_LINES] == []


def _named(path):
    """Return the names that a module imports, reads or calls."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield from (alias.name.rpartition(".")[2] for alias in node.names)
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.Name):
            yield node.id


@pytest.mark.parametrize(
    ("folder", "forbidden", "allowed"),
    [
        # Services ask for jobs, so that an act has the same ones wherever it comes from.
        ("*/views/*.py", {"jobs", "enqueue", "enqueue_on_commit", "take_requests"}, set()),
        # Only the transaction enqueues, after its commit.
        ("**/*.py", {"enqueue", "take_requests"}, {"webapp/platform/extensions.py"}),
    ],
)
def test_jobs_are_asked_for_by_services_and_enqueued_by_the_transaction(folder, forbidden, allowed):
    paths = [path for path in ROOT.glob(f"webapp/{folder}") if path.is_file()]
    guilty = {path.relative_to(ROOT).as_posix() for path in paths if forbidden & set(_named(path))}
    assert len(paths) > 50
    assert guilty == allowed


def test_public_names_exist():
    rooms = [f"webapp.{path.parent.name}.models" for path in ROOT.glob("webapp/*/models")]
    assert len(rooms) > 5
    for name in ("nlp", "webapp.review.analysis", *rooms):
        module = importlib.import_module(name)
        assert module.__all__ == sorted(module.__all__, key=_constants_first)
        assert [public for public in module.__all__ if not hasattr(module, public)] == []


def _constants_first(name):
    return (not name.isupper(), not name[0].isupper(), name)


def domain_errors():
    found = [
        value
        for value in vars(exceptions).values()
        if isinstance(value, type) and issubclass(value, exceptions.SemaillesError)
    ]
    return [error for error in found if error is not exceptions.SemaillesError]


EXAMPLES = {
    exceptions.ConfigurationError: ("SEMAILLES_PORT", "not_integer", "abc"),
    exceptions.ParameterError: ("page", "abc"),
    exceptions.UndeclaredRouteError: (("desk.home",),),
    exceptions.TextTooLongError: (10_001, 10_000),
    exceptions.WorkshopClosedError: ("ABCDEF", "closed"),
    exceptions.SlipElsewhereError: ("Mobilités",),
    exceptions.TransitionError: ("item", "draft", "done"),
    exceptions.ItemSubmittedError: ("PDL-R-001",),
    exceptions.DecidedItemError: ("PDL-R-001",),
    exceptions.ItemNotSubmittedError: ("PDL-R-001",),
    exceptions.CodeFormError: ("cinq",),
    exceptions.UnlistedError: ("territory", "29"),
    exceptions.IncompleteItemError: (("lead",),),
    exceptions.RulingError: ("PDL-R-001", exceptions.ReasonRequiredError()),
    exceptions.LastSourceError: ("PDL-R-001",),
    exceptions.ConfirmationError: (3,),
    exceptions.PublicationChangedError: (("PDL-R-001",),),
    exceptions.ConflictError: ("Un titre", "Claire"),
    exceptions.WeakPasswordError: ("length",),
    exceptions.ProviderRefusedError: ("account",),
    exceptions.TooManyAttemptsError: (timedelta(seconds=30),),
    exceptions.NoPointLeftError: (3,),
    exceptions.DelayError: ("words_days", 1, 365),
    exceptions.MissingColumnError: ("texte", ("a", "b")),
    exceptions.ForeignFileError: ("xls",),
    exceptions.UncertainLayoutError: ((("encoding", "mac-roman"), ("header", "3")),),
    exceptions.InvalidRowsError: ((exceptions.RowProblem(2, "empty"),),),
    exceptions.UnknownFormatError: ("doc", ("odt", "pdf")),
    exceptions.VersionWithdrawnError: (2, datetime.now(UTC), "Un nom y restait"),
    exceptions.DocumentModelError: (("nom",),),
    exceptions.UnusableModelError: ("macro",),
    exceptions.RefusedRoadmapError: ("altered",),
}
STATES = {
    "workshop": WorkshopState,
    "survey": SurveyState,
    "moderation": DecisionKind,
    "cluster": ClusterStatus,
    "item": ItemStatus,
}
FAMILIES = {
    exceptions.RuleError,
    exceptions.StateError,
    exceptions.ImportFileError,
    exceptions.DocumentError,
}


@pytest.mark.parametrize("kind", domain_errors(), ids=lambda kind: kind.__name__)
def test_an_error_is_drawn_in_the_tree_and_has_its_status(kind):
    assert re.search(rf"\* {kind.__name__}$", exceptions.__doc__, re.MULTILINE)
    assert kind.__doc__
    if kind is not exceptions.ConfigurationError:
        assert 400 <= status_of(kind(*EXAMPLES.get(kind, ()))) < 600


@pytest.mark.parametrize(
    "kind", [k for k in domain_errors() if k not in FAMILIES], ids=lambda kind: kind.__name__
)
def test_an_error_says_in_french_what_to_do(kind):
    message = wording.message(kind(*EXAMPLES.get(kind, ())))
    assert message.title
    assert message.text.rstrip().endswith((".", "!"))
    assert raw_values(f"{message.title} {message.text}") == set()


def raw_values(text):
    """Return the values of enumerations that a French sentence shows as they are stored."""
    stored = {str(member) for states in STATES.values() for member in states} | {
        str(act) for act in Act
    }
    return set(re.findall(r"\w+", text)) & stored


@pytest.mark.parametrize(("noun", "states"), STATES.items())
def test_a_refused_change_of_state_names_both_states_in_french(noun, states):
    assert len(states) > 1
    for source, target in itertools.product(states, repeat=2):
        message = wording.message(exceptions.TransitionError(noun, source, target))
        assert raw_values(message.text) == set(), (source, target)


def test_every_noun_has_its_table_in_the_models():
    tables = {table.name for table in Base.metadata.sorted_tables}
    assert {"contribution", "cluster", "roadmap_item", "audit_entry"} <= tables
