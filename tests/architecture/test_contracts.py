"""The import contracts bite: each is tried with a planted violation on a copy of the code."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
VIOLATIONS = {
    "Rooms import downwards only": ("webapp/platform/tokens.py", "import webapp.review.ledger"),
    "In a room: views, then forms, then models": (
        "webapp/roadmap/models/items.py",
        "import webapp.roadmap.forms.items",
    ),
    "Services know no views": ("webapp/roadmap/items.py", "import webapp.roadmap.views.steering"),
    "Services know no forms": ("webapp/roadmap/items.py", "import webapp.roadmap.forms.items"),
    "Services and models know no web framework": ("webapp/platform/tokens.py", "import flask"),
    "nlp is a library: no web, no database": ("nlp/text.py", "import sqlalchemy"),
    "Two doors into nlp": ("webapp/platform/tokens.py", "import nlp.text"),
    "Renderers know no database": (
        "webapp/publishing/documents/narrative.py",
        "import webapp.accounts.models.users",
    ),
    "No import cycle between siblings": ("nlp/options.py", "import nlp.analysis"),
}


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """A copy of the code that may be spoiled."""
    folder = tmp_path_factory.mktemp("checkout")
    shutil.copy(ROOT / "pyproject.toml", folder)
    for package in ("webapp", "nlp"):
        ignored = shutil.ignore_patterns("__pycache__", "static", "*.csv")
        shutil.copytree(ROOT / package, folder / package, ignore=ignored)
    return folder


def contracts(folder):
    """Run import-linter in ``folder`` and return what it printed."""
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [program, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False
    )
    return done.stdout


def test_the_contracts_hold(checkout):
    printed = contracts(checkout)
    assert "0 broken" in printed
    for name in VIOLATIONS:
        assert f"{name} KEPT" in printed


@pytest.mark.parametrize("name", VIOLATIONS)
def test_a_contract_bites(checkout, name):
    target, line = VIOLATIONS[name]
    path = checkout / target
    kept = path.read_text("utf-8")
    try:
        path.write_text(f"{kept}\n{line}\n", "utf-8")
        assert f"{name} BROKEN" in contracts(checkout)
    finally:
        path.write_text(kept, "utf-8")
