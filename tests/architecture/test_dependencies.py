"""Pinned dependencies: a hash for each file, no index, no host; one command updates them."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", ["base", "dev"])
def test_every_requirement_is_pinned_with_hashes(name):
    text = (ROOT / f"requirements/{name}.txt").read_text("utf-8")
    blocks = re.split(r"\n(?=[a-z0-9])", text)
    pinned = [block for block in blocks if re.match(r"[a-z0-9._-]+(\[.*\])?==", block)]
    assert len(pinned) > 20
    assert [block.split("==")[0] for block in pinned if "--hash=sha256:" not in block] == []


@pytest.mark.parametrize("name", ["base", "dev"])
def test_no_requirement_names_an_index_or_a_host(name):
    text = (ROOT / f"requirements/{name}.txt").read_text("utf-8")
    assert not re.search(r"https?://|--index-url|--extra-index|--find-links|@ file", text)


def test_what_the_project_asks_for_is_pinned():
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    wanted = re.findall(r'^    "([a-z0-9-]+)>=', project, re.MULTILINE)
    pinned = (ROOT / "requirements/dev.txt").read_text("utf-8")
    names = set(re.findall(r"^([a-z0-9-]+)(?:\[.*\])?==", pinned, re.MULTILINE))
    assert wanted
    assert set(wanted) <= names
