"""The statement on ASVS 5.0 says every requirement once, and what it names exists."""

import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/asvs.md").read_text("utf-8")
ROW = re.compile(r"^\| V([\d.]+) \| ([12]) \| (.+?) \| (\w+) \| (.+?) \|$", re.MULTILINE)
SECTION = re.compile(r"^\| V([\d.]+) \| .+? \| (\d) \| (\d) \|$", re.MULTILINE)
FOLDERS = "tests|webapp|nlp|docs|deploy|templates|requirements"
ROOTED = r"[A-Z]\w+\.md|Makefile|pyproject\.toml"
NAMED = re.compile(rf"`((?:{FOLDERS})/[^`:]+|{ROOTED})(?:::(\w+))?`")
STATES = {"held", "partly", "open", "none"}
# How many requirements ASVS 5.0.0 has of the levels 1 and 2.
ALL = {"1": 70, "2": 183}


def test_every_requirement_of_both_levels_is_there_once():
    rows, sections = ROW.findall(PAGE), SECTION.findall(PAGE)
    assert [number for number, n in Counter(row[0] for row in rows).items() if n > 1] == []
    for level, total in ALL.items():
        left_out = sum(int(section[int(level)]) for section in sections)
        assert sum(row[1] == level for row in rows) + left_out == total
    without = tuple(f"{section[0]}." for section in sections)
    assert [row[0] for row in rows if row[0].startswith(without)] == []


def test_every_line_has_a_state_and_says_why():
    lines = [line for line in PAGE.splitlines() if re.match(r"\| V[\d.]+ \| [12] \|", line)]
    assert len(lines) == len(ROW.findall(PAGE))
    for number, _, asked, state, answer in ROW.findall(PAGE):
        assert state in STATES, number
        assert asked, number
        # What holds is shown by something that can be opened.
        if state == "held":
            assert NAMED.search(answer) or "](" in answer, number


def test_every_file_and_every_test_that_it_names_exists():
    named = NAMED.findall(PAGE)
    assert len(named) > 100
    for path, test in named:
        target = ROOT / path
        assert target.exists(), path
        if test:
            assert re.search(rf"^def {test}\(", target.read_text("utf-8"), re.MULTILINE), test
