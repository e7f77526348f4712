"""Notes sorted by keyboard alone, in a real browser, by somebody who knows the hand groups.

Each set of ``../shared/data/notes`` starts from an empty board: no analysis, no group. Alone:
``python -m tests.bench.triage``.
"""

import statistics
from collections.abc import Iterator

from playwright.sync_api import sync_playwright

from tests import needs
from tests.bench.notes import labelled_notes
from tests.e2e.conftest import FLAGS
from tests.e2e.sorting import Sorted, by_hand, served, sort

# The whole job on the board, as a new facilitator did it: 51 acts, an hour and a half.
OLD_CLICKS, OLD_NOTES = 216, 131


def triage_table() -> Iterator[str]:
    """Yield what each set took: keys, notes that were searched for, time of the screen."""
    yield "| set | notes | keys | keys per note | searched | from a key to the next note |"
    yield "|---|---|---|---|---|---|"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=needs.chromium(), args=list(FLAGS))
        for one in labelled_notes():
            with served(one) as (url, outcome):
                done = sort(browser.new_page(base_url=url), one)
                if outcome() != by_hand(one):
                    raise AssertionError(f"{one.name}: other groups than those made by hand")
            yield _row(one.name, done)
        browser.close()
    each = OLD_CLICKS / OLD_NOTES
    yield f"| the board, as tried by hand | {OLD_NOTES} | {OLD_CLICKS} clicks | {each:.2f} | | |"


def _row(name: str, done: Sorted) -> str:
    wait = 1000 * statistics.median(done.seconds)
    share = done.keys / done.notes
    return (
        f"| {name} | {done.notes} | {done.keys} | {share:.2f} | {done.searches} | {wait:.0f} ms |"
    )


if __name__ == "__main__":
    for line in triage_table():
        print(line, flush=True)
