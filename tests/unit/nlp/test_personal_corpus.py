"""Sentences of ours and real notes: what is personal is found whole, the rest is left."""

import json
import re
from pathlib import Path

import pytest

from nlp import find_personal_data
from nlp.personal_rules import load, source
from tests.nonempty import some
from tests.unit.nlp.personal_cases import sentences, unmarked

NOTES = Path(__file__).parents[4] / "shared/data/notes"
LEAST_COVERED, MOST_FALSE = 0.97, 0.02


@pytest.mark.parametrize("sentence", list(sentences("found")))
def test_what_is_marked_is_found_whole(sentence):
    text, spans = unmarked(sentence)
    found = find_personal_data(text)
    assert spans
    for start, end in spans:
        assert any(one.start <= start and end <= one.end for one in found), text[start:end]


@pytest.mark.parametrize("sentence", list(sentences("left")))
def test_what_names_nobody_is_left(sentence):
    assert find_personal_data(sentence) == ()


def test_there_are_enough_sentences():
    assert len(set(sentences("found"))) >= 120
    assert len(set(sentences("left"))) >= 120


def is_covered(note):
    """Whether every letter and figure of what is marked lies in what is found."""
    found = find_personal_data(note["text"])
    held = {place for one in found for place in range(one.start, one.end)}
    for said in note["personal"]:
        start = note["text"].index(said)
        letters = (k for k in range(start, start + len(said)) if note["text"][k].isalnum())
        if not held.issuperset(letters):
            return False
    return True


def test_real_notes_are_covered_without_false_alarms():
    paths = [path for path in sorted(NOTES.glob("*.json")) if not path.name.startswith("demo")]
    if not paths:
        pytest.skip(f"the workshop notes are not here ({NOTES})")
    notes = [note for path in paths for note in json.loads(path.read_text("utf-8"))["notes"]]
    told = [note for note in notes if note["personal"]]
    free = [note for note in notes if not note["personal"]]
    assert sum(map(is_covered, told)) >= LEAST_COVERED * len(told)
    assert sum(bool(find_personal_data(note["text"])) for note in free) <= MOST_FALSE * len(free)


def test_the_lists_hold_what_both_engines_read_alike():
    for name, lines in source()["lists"].items():
        words = lines.split("\n")
        assert words == sorted(set(words)), name
        assert not re.search(r"[0-9A-Z]", lines), name  # a figure or a capital begins a coded word
    rules = load()
    listed = rules.lists["first_names"]
    assert rules.lists["ambiguous_first_names"] <= listed


def test_the_expressions_mean_the_same_in_both_engines():
    for pattern in some(load().patterns()):
        assert not re.search(r"\(\?<|\(\?P|\\[wWsSbBdDpPAZ]|\(\?[aiLmsux]", pattern.pattern)
