"""mypy knows the fields and methods of each form: a name of another form is an error."""

import subprocess
import sys
from pathlib import Path

_LINES = {
    "from webapp.review.forms.moves import MergeForm, SplitForm": None,
    "MergeForm().seen()": None,
    "MergeForm().title": '"MergeForm" has no attribute "title"',
    "SplitForm(prefix='a').sent()": '"SplitForm" has no attribute "sent"',
    "SplitForm().new_title.seen()": '"StringField" has no attribute "seen"',
}


def test_names_of_another_form_are_refused(tmp_path: Path) -> None:
    planted = tmp_path / "planted.py"
    planted.write_text("\n".join(_LINES))
    command = [sys.executable, "-m", "mypy", str(planted)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    refused = {
        int(line.split(":")[1]): line.split(": error: ")[1].split("  [")[0]
        for line in done.stdout.splitlines()
        if ": error: " in line
    }
    expected = {number: message for number, message in enumerate(_LINES.values(), 1) if message}
    assert refused == expected, done.stdout + done.stderr
