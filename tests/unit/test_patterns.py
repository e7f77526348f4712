"""No regular expression of the product takes long, whatever it reads."""

import json
import subprocess
import sys


def test_check_31_every_pattern_is_quick_on_the_worst_strings():
    command = [sys.executable, "-m", "tests.attack.patterns"]
    done = subprocess.run(command, check=True, capture_output=True, timeout=600)
    report = json.loads(done.stdout)
    assert report["count"] >= 100
    assert report["planted"] == ["a"]  # an expression that backtracks is seen
    assert report["slow"] == {}
