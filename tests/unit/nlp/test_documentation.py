import re
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[3] / "docs" / "nlp.md"
BLOCKS = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


@pytest.mark.parametrize("block", BLOCKS, ids=range(len(BLOCKS)))
def test_an_example_of_the_page_runs(block):
    exec(compile(block, str(PAGE), "exec"), {})  # noqa: S102 - the page is ours, that is the test


def test_the_page_has_examples():
    assert len(BLOCKS) >= 5
