"""The review with the keyboard only: the five acts, late contributions, undo; then two people."""

import re

import pikepdf
import pytest
from playwright.sync_api import expect

from tests.e2e import people
from tests.e2e.keyboard import go_to, press, write

BOARD = "/revue/transition-ecologique"


@pytest.fixture
def desk(new_page):
    page = new_page(viewport={"width": 1280, "height": 900})
    people.sign_in(page, "transition")
    page.goto(BOARD)
    return page


def told(page, words):
    """Expect a confirmation in the place that screen readers announce."""
    expect(page.locator("#messages[role=status]")).to_contain_text(words)
    expect(page.locator("#annonces[role=status]")).to_contain_text(words)


def listed(page, state=""):
    """Open the list of the groups, all or in one state, and return their links."""
    page.goto(f"{BOARD}?etat={state}")
    return page.locator("[data-focus]")


def open_group(page, link):
    """Open a group of the list with the keyboard; its contributions are then in the other pane."""
    press(page, link)
    expect(page.locator("#groupe")).to_be_focused()


def test_the_five_acts_and_a_late_contribution_with_the_keyboard_only(desk, snapshot):
    # J and K walk in the list of the groups.
    titles = listed(desk, "a-relire")
    go_to(desk, titles.first)
    desk.keyboard.press("j")
    desk.keyboard.press("k")
    expect(titles.first).to_be_focused()

    # Accept: the title of the machine is no person's, A goes where one is asked for.
    open_group(desk, titles.first)
    boxes = desk.locator("input[name=excerpts][form=choix]")
    go_to(desk, boxes.first)
    desk.keyboard.press("a")
    expect(desk.get_by_label("Titre du regroupement")).to_be_focused()
    desk.keyboard.type("Un titre de notre main")
    press(desk, desk.get_by_role("button", name="Accepter ce regroupement"))
    told(desk, "Regroupement accepté")
    expect(desk.get_by_role("heading", level=1)).to_have_text("Un titre de notre main")

    # Rename: Enter in the field.
    open_group(desk, listed(desk, "a-relire").nth(1))
    write(desk, desk.get_by_label("Titre du regroupement"), "Partager les voitures entre voisins")
    desk.keyboard.press("Enter")
    told(desk, "Titre enregistré")

    # Move: D goes where the destination is typed, a few letters are enough.
    before = boxes.count()
    press(desk, boxes.first, "x")
    expect(desk.locator("[data-picked]")).to_have_text("1")
    desk.keyboard.press("d")
    expect(desk.get_by_label("Vers le regroupement")).to_be_focused()
    desk.keyboard.type("notre main")
    desk.keyboard.press("Enter")
    told(desk, "1 contribution placée dans «\u00a0Un titre de notre main")
    expect(boxes).to_have_count(before - 1)

    # Take it back.
    press(desk, desk.get_by_role("button", name="Annuler mon dernier acte"))
    told(desk, "Annulation\u00a0: déplacement.")
    expect(boxes).to_have_count(before)

    # Split: N goes where the new title is written.
    press(desk, boxes.first, "x")
    desk.keyboard.press("n")
    desk.keyboard.type("Prêter des vélos")
    press(desk, desk.get_by_role("button", name="Séparer dans un nouveau"))
    told(desk, "Nouveau regroupement\u00a0: «\u00a0Prêter des vélos\u00a0».")
    snapshot(desk, "review-cluster")

    # Merge: X ticks two groups of the list.
    shown = listed(desk)
    count = shown.count()
    go_to(desk, shown.nth(count - 2))
    desk.keyboard.press("x")
    desk.keyboard.press("j")
    desk.keyboard.press("x")
    press(desk, desk.get_by_role("button", name="Fusionner les regroupements cochés"))
    told(desk, "Regroupements fusionnés")
    expect(shown).to_have_count(count - 1)
    snapshot(desk, "review-board")

    # Merge one more: F goes where its title is typed.
    open_group(desk, listed(desk, "a-relire").last)
    go_to(desk, boxes.first)
    desk.keyboard.press("f")
    desk.keyboard.type("prêter des")
    desk.keyboard.press("Enter")
    told(desk, "Regroupements fusionnés")
    expect(desk.get_by_label("État")).to_have_value("a-relire")  # still the same list
    expect(listed(desk)).to_have_count(count - 2)

    # Confirm a late contribution.
    open_group(desk, listed(desk, "rattachements").first)
    box = desk.locator("input[type=checkbox][name=late]").first
    if not box.is_checked():  # the machine doubts
        press(desk, box, "Space")
    press(desk, desk.get_by_role("button", name="Rattacher les contributions cochées"))
    told(desk, re.compile("rattachée"))


# Whether what has the focus is seen: the topmost at its middle, in a pane that scrolls by itself.
SEEN = """() => {
  const { left, top, width, height } = document.activeElement.getBoundingClientRect();
  const there = document.elementFromPoint(left + width / 2, top + height / 2);
  return document.activeElement.contains(there) || Boolean(there?.contains(document.activeElement));
}"""


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (768, 1024), (390, 844)])
def test_the_focus_is_never_under_what_is_stuck(desk, width, height):
    desk.set_viewport_size({"width": width, "height": height})
    listed(desk).first.click()
    boxes = desk.locator("#groupe input[name=excerpts]")
    expect(boxes.nth(5)).to_be_attached()
    boxes.nth(1).check()
    for _ in range(2 * boxes.count()):
        desk.keyboard.press("Tab")
        assert desk.evaluate(SEEN), desk.evaluate("document.activeElement.outerHTML")
    for _ in range(2 * boxes.count()):
        desk.keyboard.press("Shift+Tab")
        assert desk.evaluate(SEEN), desk.evaluate("document.activeElement.outerHTML")


def test_every_group_is_two_screens_tall_at_most(desk):
    desk.set_viewport_size({"width": 1280, "height": 800})
    height = "document.documentElement.scrollHeight"
    links = listed(desk).evaluate_all("links => links.map((link) => link.getAttribute('href'))")
    for address in [BOARD, *links[:6]]:
        desk.goto(address)
        assert desk.evaluate(height) <= 1600, address


def test_on_a_phone_the_list_then_the_group_on_a_page_of_its_own(new_page):
    page = new_page(viewport={"width": 390, "height": 844})
    people.sign_in(page, "transition")
    links = listed(page)
    expect(page.locator("#groupe")).to_be_hidden()
    title = links.first.inner_text().rsplit(" (", 1)[0]
    links.first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    expect(page.locator("#liste")).to_be_hidden()
    back = page.get_by_role("link", name="Tous les regroupements")
    expect(back).to_be_in_viewport()
    back.click()
    expect(links.first).to_be_visible()


def test_a_contribution_is_dragged_to_another_group(desk):
    target = listed(desk).nth(1)
    title = target.inner_text().rsplit(" (", 1)[0]
    desk.locator("#groupe .sm-handle").first.drag_to(target)
    told(desk, f"1 contribution placée dans «\u00a0{title}")


def test_two_people_at_once_lose_nothing(desk, new_page):
    other = new_page(viewport={"width": 1280, "height": 900})
    people.sign_in(other, "commissaire")
    url = listed(other).last.get_attribute("href")
    for page in (desk, other):
        page.goto(url)
    title = "Titre du regroupement"
    desk.get_by_label(title).fill("Le titre de Léa")
    desk.get_by_role("button", name="Renommer", exact=True).click()
    told(desk, "Titre enregistré")
    # The other's page says so by itself, within seconds.
    expect(other.get_by_text("Une collègue a agi")).to_be_visible(timeout=15_000)
    other.get_by_label(title).fill("Le titre de la commissaire")
    other.get_by_role("button", name="Renommer", exact=True).click()
    expect(other.get_by_role("heading", level=1)).to_have_text(
        "Une autre personne a modifié cette page"
    )
    expect(other.get_by_text("«\u00a0Le titre de Léa\u00a0»")).to_be_visible()
    expect(other.get_by_label("Titre du regroupement")).to_have_value("Le titre de la commissaire")
    other.get_by_role("link", name="Revenir à la page, à jour").click()
    expect(other.get_by_label(title)).to_have_value("Le titre de Léa")
    other.get_by_label(title).fill("Le titre de la commissaire")
    other.get_by_role("button", name="Renommer", exact=True).click()
    told(other, "Titre enregistré")
    desk.reload()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Le titre de la commissaire")


def test_what_is_selected_is_masked(desk):
    desk.goto("/animation/moderation/transition-ecologique?etat=published")
    desk.get_by_role("link", name=re.compile("^Revoir la décision")).first.click()
    text = desk.get_by_label("Texte montré")
    text.fill("Appelez Zoé Larchevêque le soir")
    desk.get_by_role("button", name="masquer\u00a0: nom").click()
    expect(desk.locator("#annonces")).to_have_text("Sélectionnez d’abord les mots à masquer.")
    text.evaluate("area => area.setSelectionRange(8, 23)")
    desk.get_by_role("button", name="masquer\u00a0: nom").click()
    expect(text).to_have_value("Appelez [nom masqué] le soir")


def pages_of(page, url, folder):
    """Print a page on A4 paper and count the sheets."""
    page.goto(url)
    file = folder / "printed.pdf"
    page.pdf(path=file, format="A4")
    with pikepdf.open(file) as document:
        return len(document.pages)


def test_a_restitution_is_one_printed_page(desk, tmp_path):
    assert pages_of(desk, "/animation/ateliers/H7KQ4M/restitution", tmp_path) == 1


def test_what_the_committee_reads_is_two_printed_pages(new_page, tmp_path):
    page = new_page()
    people.sign_in(page, "copil")
    assert pages_of(page, "/copil/synthese", tmp_path) == 2
