"""The scripts without a browser, in Node; tests/e2e runs them in Chromium."""

import shutil
import subprocess
from pathlib import Path

import pytest

from nlp.personal_rules import as_json

HERE = Path(__file__).parent
SCRIPTS = Path(__file__).parents[3] / "webapp/static/js"
OLDEST = 20  # the first version with all that the tests use
PATIENCE = 120


@pytest.fixture(scope="module")
def node():
    path = shutil.which("node")
    if path is None:
        pytest.skip("Node is not here; tests/e2e runs the scripts in Chromium")
    version = subprocess.run([path, "--version"], text=True, check=True, capture_output=True).stdout
    if int(version.lstrip("v").split(".")[0]) < OLDEST:
        pytest.skip(f"Node {version.strip()} is older than {OLDEST}")
    return path


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("scripts")
    for script in (*SCRIPTS.glob("*.js"), *HERE.glob("*.js")):
        shutil.copy(script, made)
    (made / "package.json").write_text('{"type": "module"}', "utf-8")
    (made / "rules.json").write_text(as_json(), "utf-8")
    return made


@pytest.mark.parametrize("name", sorted(path.name for path in HERE.glob("*.test.js")))
def test_a_script_does_what_it_says(node, folder, name):
    done = subprocess.run(
        [node, "--test", name],
        text=True,
        check=False,
        capture_output=True,
        cwd=folder,
        timeout=PATIENCE,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "# pass 0" not in done.stdout
