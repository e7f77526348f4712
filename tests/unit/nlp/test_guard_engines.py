"""The browser's guard finds what the server's finds: the same sentences through both."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from nlp import find_personal_data
from nlp.personal_rules import as_json
from tests.unit.nlp.personal_cases import TEXTS

SCRIPT = Path(__file__).parents[3] / "webapp/static/js/guard.js"
RUN = """
import { readFileSync } from "node:fs";
import { guardOf } from "./guard.mjs";
const { rules, texts } = JSON.parse(readFileSync(0));
const find = guardOf(rules);
const spans = (text) => find(text).map(({ start, end, kind }) => [start, end, kind]);
console.log(JSON.stringify(texts.map(spans)));
"""


def test_both_engines_find_the_same(tmp_path):
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node is not here; Chromium runs the same sentences in tests/e2e/test_guard.py")
    shutil.copy(SCRIPT, tmp_path / "guard.mjs")
    (tmp_path / "run.mjs").write_text(RUN, "utf-8")
    sent = json.dumps({"rules": json.loads(as_json()), "texts": TEXTS})
    done = subprocess.run(
        [node, "run.mjs"], input=sent, text=True, check=True, capture_output=True, cwd=tmp_path
    )
    for text, there in zip(TEXTS, json.loads(done.stdout), strict=True):
        here = [[one.start, one.end, one.kind.value] for one in find_personal_data(text)]
        assert there == here, text
