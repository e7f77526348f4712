"""The board of the demonstration in a real browser: its height, and the gestures of its work.

Alone: ``python -m tests.bench.board_by_hand``.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Locator, Page, sync_playwright

from tests import needs
from tests.e2e import people
from tests.e2e.conftest import FLAGS, make_demonstration, served

GROUPS = ("transition-ecologique", "precarite-rurale", "acces-aux-droits")
_SCREEN = {"width": 1280, "height": 800}
_HEIGHT = "document.documentElement.scrollHeight"
# How far the page and its panes are scrolled, in pixels.
_AT = """() => [
  document.scrollingElement,
  ...document.querySelectorAll(".sm-board__notes, .sm-panes__side"),
].map((one) => one.scrollTop)"""
# Scripts hear letters, and the pane has the focus. Chromium drops keys until it has painted a page.
_READY = """() => document.readyState === "complete" && document.activeElement.id === "groupe"
  && performance.getEntriesByName("first-contentful-paint").length > 0"""
# The same on the board as it was: cards of all groups one under the other, a page for each group.
_BEFORE_HEIGHT = {
    "transition-ecologique": 24317,
    "precarite-rurale": 24406,
    "acces-aux-droits": 24381,
}
_BEFORE = {
    "merge two groups, with the mouse": ("3", "16.4"),
    "merge two groups, with the keyboard": ("88", "–"),
    "move three notes, with the mouse": ("7", "2.0"),
    "move three notes, with the keyboard": ("19", "–"),
}


class Hand:
    """A person who clicks or presses keys: counts gestures, and pixels scrolled to reach things."""

    def __init__(self, page: Page) -> None:
        self.page, self.count, self.scrolled = page, 0, 0.0

    def click(self, *wanted: Locator) -> None:
        """Click each control in turn."""
        for one in wanted:
            before = self.page.evaluate(_AT)
            one.scroll_into_view_if_needed()
            after = self.page.evaluate(_AT)
            self.scrolled += sum(abs(a - b) for a, b in zip(after, before, strict=True))
            one.click()
            self.count += 1
            self.page.wait_for_load_state("load")

    def press(self, *keys: str) -> None:
        """Press each key in turn."""
        for key in keys:
            self.page.keyboard.press(key)
            self.count += 1


def board_by_hand_table() -> Iterator[str]:
    """Yield the heights of the boards, then the gestures of each piece of work."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=needs.chromium(), args=list(FLAGS))
        with served(make_demonstration(Path(folder))) as url:
            context = browser.new_context(base_url=url, locale="fr-FR", viewport=_SCREEN)
            page = context.new_page()
            people.sign_in(page, "commissaire")
            yield "| board of | pixels | before |"
            yield "|---|---|---|"
            for group in GROUPS:
                page.goto(f"/revue/{group}")
                yield f"| {group} | {page.evaluate(_HEIGHT)} | {_BEFORE_HEIGHT[group]} |"
            yield ""
            yield "| work | gestures | screens scrolled | before | scrolled before |"
            yield "|---|---|---|---|---|"
            for (what, before), work in zip(_BEFORE.items(), WORK, strict=True):
                page.goto(f"/revue/{GROUPS[0]}")
                hand = Hand(page)
                work(hand)
                people.told(page, "fusionnés" if "merge" in what else "3 contributions placées")
                page.get_by_role("button", name="Annuler mon dernier acte").click()
                people.told(page, "Annulation")
                scrolled = hand.scrolled / _SCREEN["height"]
                yield f"| {what} | {hand.count} | {scrolled:.1f} | {before[0]} | {before[1]} |"
        browser.close()


def _merge_by_mouse(hand: Hand) -> None:
    boxes = hand.page.locator("#liste [name=clusters]")
    hand.click(boxes.nth(0), boxes.nth(14))
    hand.click(hand.page.get_by_role("button", name="Fusionner les regroupements cochés"))


def _merge_by_keys(hand: Hand) -> None:
    hand.page.locator("[data-focus]").first.focus()
    _open(hand)
    hand.press("j", "f", *"velo", "Enter")


def _move_by_mouse(hand: Hand) -> None:
    hand.click(hand.page.locator("[data-focus]").first)
    boxes = hand.page.locator("#groupe [name=excerpts]")
    hand.click(*(boxes.nth(n) for n in range(3)), hand.page.get_by_label("Vers le regroupement"))
    hand.press(*"racc", "Enter")


def _move_by_keys(hand: Hand) -> None:
    hand.page.locator("[data-focus]").first.focus()
    _open(hand)
    hand.press("j", "x", "j", "x", "j", "x", "d", *"racc", "Enter")


def _open(hand: Hand) -> None:
    """Open the group that has the focus; the pane of its contributions then has it."""
    hand.press("o")
    hand.page.wait_for_url("**#groupe")
    hand.page.wait_for_function(_READY)


WORK = (_merge_by_mouse, _merge_by_keys, _move_by_mouse, _move_by_keys)


if __name__ == "__main__":
    for line in board_by_hand_table():
        print(line, flush=True)
