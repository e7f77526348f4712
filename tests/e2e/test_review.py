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


def proposals(page):
    """Return the groups of the board that wait for a decision."""
    return page.locator("article.sm-group", has_text="proposé, à relire")


def test_the_five_acts_and_a_late_contribution_with_the_keyboard_only(desk, snapshot):
    # Accept: J goes from a group to the next one, A accepts.
    titles = desk.locator("[data-focus]")
    go_to(desk, titles.first)
    desk.keyboard.press("j")
    desk.keyboard.press("k")
    expect(titles.first).to_be_focused()
    go_to(desk, proposals(desk).first.locator("[data-focus]"))
    desk.keyboard.press("a")
    # The title of the machine is no person's: the field asks for one.
    title = proposals(desk).first.get_by_label("Titre, choisi ou écrit par vous")
    expect(title).to_be_focused()
    desk.keyboard.type("Un titre de notre main")
    desk.keyboard.press("Enter")
    told(desk, "Regroupement accepté")

    # Rename.
    desk.goto(BOARD)
    group = proposals(desk).nth(1).locator("[data-focus]")
    press(desk, group)
    write(desk, desk.get_by_label("Titre du regroupement"), "Partager les voitures entre voisins")
    desk.keyboard.press("Enter")
    told(desk, "Titre enregistré")

    # Move: D goes where the destination is chosen.
    boxes = desk.locator("input[name=excerpts][form=choix]")
    before = boxes.count()
    press(desk, boxes.first, "x")
    desk.keyboard.press("d")
    expect(desk.get_by_label("Vers le regroupement")).to_be_focused()
    desk.keyboard.press("ArrowDown")
    press(desk, desk.get_by_role("button", name="Déplacer"))
    told(desk, re.compile("1 contribution placée dans"))
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

    # Merge: X ticks two groups of the board.
    desk.goto(BOARD)
    shown = desk.locator("article.sm-group")
    count = shown.count()
    go_to(desk, proposals(desk).last.locator("[data-focus]"))
    desk.keyboard.press("x")
    desk.keyboard.press("k")
    desk.keyboard.press("x")
    go_to(desk, desk.get_by_role("button", name="Fusionner les regroupements cochés"), "Shift+Tab")
    desk.keyboard.press("Enter")
    told(desk, "Regroupements fusionnés")
    desk.goto(BOARD)
    expect(shown).to_have_count(count - 1)
    snapshot(desk, "review-board")

    # Confirm a late contribution.
    late = desk.locator("article.sm-group", has_text="à confirmer").first.locator("[data-focus]")
    press(desk, late)
    box = desk.locator("input[type=checkbox][name=excerpts]:not([form])").first
    if not box.is_checked():  # the machine doubts
        press(desk, box, "Space")
    press(desk, desk.get_by_role("button", name="Rattacher les contributions cochées"))
    told(desk, re.compile("rattachée"))


def test_a_contribution_is_dragged_to_another_group(desk):
    source = desk.locator("article.sm-group", has_text="proposé").first
    quote = source.locator(".sm-handle").first
    target = desk.locator("nav [data-drop]").last
    title = target.inner_text().rsplit(" (", 1)[0]
    quote.drag_to(target)
    told(desk, f"1 contribution placée dans «\u00a0{title}")


def test_two_people_at_once_lose_nothing(desk, new_page):
    other = new_page(viewport={"width": 1280, "height": 900})
    people.sign_in(other, "commissaire")
    other.goto(BOARD)
    url = other.locator("[data-focus]").last.get_attribute("href")
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
