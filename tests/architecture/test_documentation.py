"""Documentation is tested: what it says exists, and what exists is said."""

import enum
import importlib
import re
from dataclasses import fields
from pathlib import Path

import click
import pytest

from tests.nonempty import some
from webapp.accounts.models import Role
from webapp.cli import main
from webapp.collection.models import (
    Channel,
    Concerned,
    ContributionKind,
    DecisionKind,
    QuestionKind,
    SurveyState,
    WorkshopKind,
    WorkshopState,
)
from webapp.config import Config
from webapp.review.models import ClusterStatus, Placement, RunState
from webapp.roadmap.models import ItemStatus
from webapp.vocabulary.labels import LABELS

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"


def read(path):
    return (ROOT / path).read_text("utf-8")


def commands(command, path=("semailles",)):
    if isinstance(command, click.Group):
        for name, child in command.commands.items():
            yield from commands(child, (*path, name))
    else:
        yield " ".join(path), command


COMMANDS = list(commands(main))
SAME_IN_FRENCH = {"question", "import"}


def test_every_setting_is_documented_with_its_default():
    settings = read("docs/settings.md")
    for field in fields(Config):
        if field.name == "testing":
            continue
        row = re.search(rf"\| `SEMAILLES_{field.name.upper()}` \| ([^|]*) \|", settings)
        assert row, field.name
        default = field.default
        if isinstance(default, int):
            assert f"`{int(default)}`" in row.group(1)
    documented = set(re.findall(r"`SEMAILLES_([A-Z_]+)`", settings))
    assert documented == {f.name.upper() for f in fields(Config)} - {"TESTING"}


@pytest.mark.parametrize(("name", "command"), COMMANDS, ids=[name for name, _ in COMMANDS])
def test_every_command_is_documented_with_its_options(name, command):
    assert command.help
    section = read("docs/commands.md").split(f"## `{name}", 1)
    assert len(section) == 2, f"{name} is not in docs/commands.md"
    text = section[1].split("\n## ", 1)[0]
    for parameter in command.params:
        if isinstance(parameter, click.Option) and parameter.name != "help":
            assert parameter.help or parameter.required or parameter.prompt
            assert f"`{parameter.opts[0]}`" in text


MODELS = {
    name: getattr(package, name)
    for path in sorted(ROOT.glob("webapp/*/models"))
    for package in [importlib.import_module(f"webapp.{path.parent.name}.models")]
    for name in package.__all__
}


def is_a_noun(name):
    return isinstance(MODELS[name], type) and name != "Base"


def test_the_glossary_names_every_model_and_state():
    glossary = read("docs/glossary.md")
    missing = [name for name in MODELS if is_a_noun(name) and f"`{name}`" not in glossary]
    assert missing == []
    named = set(re.findall(r"\| `([A-Z]\w+)` \|", glossary)) - {"Ledger"}
    assert [name for name in named if name not in MODELS] == []


def shown_states():
    noun_of = {
        WorkshopState: "workshop",
        DecisionKind: "moderation",
        ClusterStatus: "cluster",
        ItemStatus: "item",
        RunState: "run",
        ContributionKind: "kind",
        Channel: "channel",
        Concerned: "concerned",
        Placement: "placement",
        Role: "role",
        WorkshopKind: "workshop_kind",
        SurveyState: "survey",
        QuestionKind: "question_kind",
    }
    for kind, noun in noun_of.items():
        assert issubclass(kind, enum.StrEnum)
        for state in kind:
            yield noun, state


@pytest.mark.parametrize(("noun", "state"), list(shown_states()), ids=str)
def test_a_state_that_is_shown_has_its_french_word(app_without_database, noun, state):
    template = '{% import "macros/components.html" as ui %}{{ ui.state_word(state, noun) }}'
    with app_without_database.app_context():
        from flask import render_template_string  # noqa: PLC0415 - only within the context

        word = render_template_string(template, state=state, noun=noun)
    assert word.strip()
    assert word.strip() != state.value or state.value in SAME_IN_FRENCH


def test_the_readme_names_commands_that_exist():
    targets = set(re.findall(r"^([a-z-]+):", read("Makefile"), re.MULTILINE))
    assert set(re.findall(r"`make ([a-z-]+)`", read("README.md"))) <= targets
    known = {name for name, _ in COMMANDS}
    named = re.findall(r"`(semailles [a-z ]+?)(?: [A-Z-].*?)?`", read("README.md"))
    assert named
    assert set(named) <= known


def test_links_between_documents_lead_somewhere():
    links = [
        (path, target)
        for path in [*ROOT.glob("*.md"), *DOCS.rglob("*.md")]
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", path.read_text("utf-8"))
    ]
    for path, target in some(links):
        assert (path.parent / target).exists(), f"{path.name}: {target}"


@pytest.mark.parametrize("guide", sorted(DOCS.glob("guides/*.md")), ids=lambda p: p.stem)
def test_a_guide_names_only_what_is_on_the_screens(guide):
    screens = " ".join(p.read_text("utf-8") for p in ROOT.glob("templates/**/*.html"))
    screens += " ".join(p.read_text("utf-8") for p in ROOT.glob("webapp/*/forms/*.py"))
    screens += " ".join(text for texts in LABELS.values() for text in texts.values())
    screens = re.sub(r"\s+", " ", screens)
    for name in some(re.findall(r"\*\*« ?(.+?) ?»\*\*", guide.read_text("utf-8"))):
        assert re.sub(r"\s+", " ", name) in screens, name


def test_decisions_are_numbered_without_a_gap_and_say_why():
    files = sorted(DOCS.glob("decisions/*.md"))
    assert [int(path.name[:4]) for path in files] == list(range(1, len(files) + 1))
    for path in files:
        text = path.read_text("utf-8")
        assert len(text.splitlines()) <= 40
        for part in ("**Context.**", "**Decision.**", "**Consequences.**"):
            assert part in text, path.name


@pytest.fixture(scope="module")
def app_without_database(tmp_path_factory):
    """The templates need an application, not a database."""
    from webapp import create_app  # noqa: PLC0415 - built for this module only
    from webapp.platform.extensions import db  # noqa: PLC0415 - idem

    folder = tmp_path_factory.mktemp("instance")
    app = create_app(Config(instance_path=folder, secret_key="x" * 40, testing=True))
    yield app
    with app.app_context():
        db.engine.dispose()


def test_every_check_that_a_test_is_named_after_is_written_down():
    numbers = re.findall(r"^(\d+)\. ", read("docs/checks.md"), re.MULTILINE)
    listed = {int(number) for number in numbers}
    assert listed == set(range(1, 53))
    tests = " ".join(path.read_text("utf-8") for path in ROOT.glob("tests/**/test_*.py"))
    named = {int(number) for number in re.findall(r"def test_check_(\d+)_", tests)}
    assert len(named) > 30
    assert named <= listed
