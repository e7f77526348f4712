"""Contributions read over by keyboard alone, in a real browser: the keys from the page opened.

Alone: ``python -m tests.bench.moderation``.
"""

from collections.abc import Iterator, Sequence

from playwright.sync_api import Browser, sync_playwright

from tests import needs
from tests.e2e.conftest import FLAGS
from tests.e2e.reading import CLEAN, NAMED, Keys, serving

MISSED = "Le jardin de Zorglub doit ouvrir à tous"  # the guard knows no such name
# The decisions of each piece of work, with the keys of each; then the keys on the list as it was,
# where 17 Tabs led to it, and as many again to the reason of a masking, which was typed.
WORK = (
    ("ten notes without personal data, together", CLEAN, (("p",),), "18"),
    ("ten notes without personal data, one by one", CLEAN, (("1",),) * len(CLEAN), "–"),
    ("a name that the guard found, masked", (NAMED,), (("2", "1"),), "41"),
    ("a name of 7 letters that it missed", (MISSED,), (("2", *"zorglub", "Enter"),), "48"),
    ("a note set aside", CLEAN[:1], (("3", "1"),), "50"),
)


def moderation_table() -> Iterator[str]:
    """Yield the keys that each piece of work takes, and took."""
    yield "| work | keys | before |"
    yield "|---|---|---|"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=needs.chromium(), args=list(FLAGS))
        for what, texts, decisions, before in WORK:
            yield f"| {what} | {_count(browser, texts, decisions)} | {before} |"
        browser.close()


def _count(browser: Browser, texts: Sequence[str], decisions: Sequence[Sequence[str]]) -> int:
    """Return the keys pressed until nothing is left to read over."""
    with serving(texts) as (url, _, _):
        page = browser.new_page(base_url=url)
        pressed = Keys(page)
        pressed.open()
        for keys in decisions:
            pressed.press(*keys)
        if page.locator("[data-entry] input[name=contributions]").count():
            raise AssertionError("something is left to read over")
        page.close()
        return pressed.count


if __name__ == "__main__":
    for line in moderation_table():
        print(line, flush=True)
