"""The commissioner's desk in a browser: gestures of five tasks, cards moved by mouse and keys."""

import pytest
from playwright.sync_api import expect

from tests.bench.desk import SINCE
from tests.e2e import people


@pytest.fixture
def chief(new_page):
    """The page of the person in charge of the roadmap, on the desk."""
    page = new_page(viewport={"width": 1280, "height": 900})
    people.sign_in(page, "commissaire")
    page.goto("/pilotage/")
    return page


class Hand:
    """A person's hand, whose gestures are counted."""

    def __init__(self, page):
        self.page, self.gestures = page, 0

    def click(self, role, name, **options):
        self.gestures += 1
        self.page.get_by_role(role, name=name, **options).first.click()

    def open(self, words):
        self.gestures += 1
        self.page.get_by_text(words, exact=True).click()

    def choose(self, label, option):
        self.gestures += 1
        self.page.get_by_label(label, exact=True).select_option(label=option)


def find_late(hand):
    hand.click("link", "en retard")
    expect(hand.page.locator("tbody tr").first).to_contain_text("en retard")


def open_document(hand):
    with hand.page.expect_download() as download:
        hand.click("link", "lire en PDF")
    assert download.value.suggested_filename.endswith(".pdf")


def submit(hand):
    hand.click("link", "Par état")
    hand.page.locator("[data-drop=draft] li").first.wait_for()
    hand.click("button", "Déplacer")
    people.told(hand.page, "soumise au COPIL")


def find_without_lead(hand):
    hand.open("Filtrer les fiches")
    hand.choose("Pilote", "Sans pilote")
    hand.click("button", "Chercher")
    assert "pilote=-" in hand.page.url


def export_late(hand):
    hand.click("link", "en retard")
    with hand.page.expect_download() as download:
        hand.click("link", "Exporter ce tableau")
    assert download.value.suggested_filename == "fiches.csv"


TASKS = dict(
    zip(SINCE, (find_late, open_document, submit, find_without_lead, export_late), strict=True)
)


@pytest.mark.parametrize("task", TASKS)
def test_a_task_takes_the_gestures_that_were_counted(chief, task):
    hand = Hand(chief)
    TASKS[task](hand)
    assert hand.gestures == SINCE[task]


def test_a_card_is_dragged_where_it_may_go_and_says_why_it_may_not(chief):
    chief.set_viewport_size({"width": 1600, "height": 2000})  # dragging does not scroll
    chief.get_by_role("link", name="Par état").click()
    moved = chief.locator("[data-drop=adopted] li[data-entry]").first
    title = moved.get_by_role("link").inner_text()
    for state, words in (("done", "Ce changement n’est pas possible"), ("in_progress", "en cours")):
        card = chief.locator("li[data-entry]").filter(has_text=title)
        column = chief.locator(f"[data-drop={state}]")
        card.locator(".sm-handle").drag_to(column, target_position={"x": 60, "y": 40})
        expect(chief.locator("#messages")).to_contain_text(words)
    expect(chief.locator("[data-drop=in_progress]")).to_contain_text(title)


def test_a_card_is_moved_by_keys(chief):
    chief.get_by_role("link", name="Par état").click()
    card = chief.locator("[data-drop=submitted] li[data-entry]").first
    title = card.get_by_role("link").inner_text()
    card.get_by_role("link").focus()
    chief.keyboard.press("d")
    expect(card.get_by_role("combobox")).to_be_focused()
    chief.keyboard.type("adoptée")
    chief.keyboard.press("Tab")
    chief.keyboard.press("Enter")
    expect(chief.locator("[data-drop=adopted]")).to_contain_text(title)
    expect(chief.locator("li[data-entry]:focus-within")).to_contain_text(title)
