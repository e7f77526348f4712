"""The groups of tests that share something costly stay in one process (pytest-xdist)."""

import re
import subprocess
import sys

FILE = """
import pytest
pytestmark = pytest.mark.xdist_group("together")
@pytest.mark.parametrize("number", range(8))
def test_one(number): pass
"""


def test_a_group_stays_in_one_process(tmp_path):
    for name in ("test_first.py", "test_second.py"):
        (tmp_path / name).write_text(FILE, encoding="utf-8")
    options = ("--numprocesses", "2", "--dist", "loadgroup", "--verbose", "-p", "no:cacheprovider")
    command = [sys.executable, "-m", "pytest", *options, "--rootdir", tmp_path, tmp_path]
    done = subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, text=True)
    processes = re.findall(r"^\[(gw\d)\] \[ *\d+%\] PASSED", done.stdout, re.MULTILINE)
    assert len(processes) == 16
    assert len(set(processes)) == 1
