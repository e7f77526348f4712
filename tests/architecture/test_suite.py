"""Rules about the tests: each asserts something whatever happens, and says where it runs."""

import ast
import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
# How a test speaks of what differs between databases.
OF_A_DATABASE = re.compile(r"DBAPIError|IntegrityError|Thread\(|_spoil\(|dialect\.name")
WITH_A_DATABASE = ("integration", "functional")
# What they call raises when something is wrong, and returns nothing.
JUST_CALLED = {
    "test_a_huge_text_is_read_in_one_pass",
    "test_a_phrase_is_accepted",
    "test_an_example_of_the_page_runs",
    "test_follows_the_scikit_learn_contract",
    "test_our_own_model_can_be_sent_back",
    "test_the_fields_of_a_page_are_welcome",
}


class Suite(dict):
    """The functions of the tests' folder by file, and those found by the name of a call."""

    def __init__(self):
        super().__init__()
        for path in sorted(TESTS.rglob("*.py")):
            tree = ast.parse(path.read_text("utf-8"))
            found = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
            self[path.relative_to(TESTS)] = {node.name: node for node in found}

    def tests(self):
        """Yield each test with its file."""
        for path, functions in self.items():
            for name, node in functions.items():
                if name.startswith("test_") and path.name.startswith("test_"):
                    yield path, node

    def called(self, path, call):
        """Return the functions of the tests that a call in ``path`` may be of."""
        name, owner = _name(call), getattr(getattr(call.func, "value", None), "id", None)
        if owner is None and name in self.get(path, {}):
            return [(path, self[path][name])]
        places = [p for p in self if owner in {None, p.stem}]
        return [(place, self[place][name]) for place in places if name in self[place]]


SUITE = Suite()


def asserts(body, path=None, seen=frozenset()):
    """Whether some statement asserts whatever happens, in loops only if they cannot be empty."""
    return any(_asserts(statement, path, seen) for statement in body)


def _asserts(node, path, seen):
    if isinstance(node, ast.With):
        entered = [_name(item.context_expr) for item in node.items]
        expected = any(name.startswith(("raises", "expect_")) for name in entered)
        return expected or asserts(node.body, path, seen)
    if isinstance(node, ast.For):
        return not _may_be_empty(node.iter) and asserts(node.body, path, seen)
    if isinstance(node, ast.If):
        return all(asserts(branch, path, seen) for branch in (node.body, node.orelse))
    if isinstance(node, ast.Try):
        return any(asserts(part, path, seen) for part in (node.body, node.finalbody))
    if isinstance(node, ast.Expr):
        calls = [one for one in ast.walk(node) if isinstance(one, ast.Call)]
        return any(_is_check(call, path, seen) for call in calls)
    return isinstance(node, ast.Assert)


def _is_check(call, path, seen):
    """Whether a call expects something, or is one of ours that asserts whatever happens."""
    name = _name(call)
    if name in {"expect", "wait_for", "fail"}:
        return True
    known = SUITE.called(path, call) if name not in seen else []
    return bool(known) and all(asserts(one.body, place, seen | {name}) for place, one in known)


def _may_be_empty(values):
    """Whether a loop may go through nothing: only what is written out, or ``some``, may not."""
    if isinstance(values, ast.Tuple | ast.List | ast.Set | ast.Dict):
        return not getattr(values, "elts", getattr(values, "keys", ()))
    if isinstance(values, ast.Name):
        return not values.id.isupper()
    if isinstance(values, ast.Constant):
        return not values.value
    name = _name(values)
    if name in {"zip", "enumerate", "sorted", "reversed", "dict"}:
        return any(_may_be_empty(argument) for argument in values.args[:1])
    if name in {"items", "values", "keys"}:
        return _may_be_empty(values.func.value)
    return name not in {"some", "range"}


def _name(node):
    if not isinstance(node, ast.Call):
        return ""
    return getattr(node.func, "attr", getattr(node.func, "id", ""))


def test_every_test_asserts_something_whatever_happens():
    tests = list(SUITE.tests())
    assert len(tests) > 1000
    assert {node.name for path, node in tests if not asserts(node.body, path)} == JUST_CALLED


@pytest.mark.parametrize(
    "body",
    [
        "for one in found():\n    assert one",
        "if found():\n    assert found()",
        "for one in ():\n    assert one",
        "found()",
        "for one in sorted(found()):\n    assert one",
    ],
)
def test_a_test_that_may_assert_nothing_is_seen(body):
    assert not asserts(ast.parse(body).body)


@pytest.mark.parametrize(
    "body",
    [
        "for one in some(found()):\n    assert one",
        "for one in (1, 2):\n    assert one",
        "with pytest.raises(ValueError):\n    found()",
        "if found():\n    assert one\nelse:\n    assert two",
        "expect(page).to_be_visible()",
    ],
)
def test_a_test_that_asserts_is_let_be(body):
    assert asserts(ast.parse(body).body)


def test_what_depends_on_the_database_runs_on_both():
    forgotten = []
    for path, node in SUITE.tests():
        source = (TESTS / path).read_text("utf-8")
        marked = "both_databases" in "".join(map(ast.unparse, node.decorator_list))
        everywhere = re.search(r"^pytestmark = .*?both_databases", source, re.MULTILINE | re.DOTALL)
        says_so = OF_A_DATABASE.search(ast.unparse(node))
        if path.parts[0] in WITH_A_DATABASE and says_so and not marked and not everywhere:
            forgotten.append(node.name)
    assert forgotten == []
