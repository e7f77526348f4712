"""A second version: what changed read by everyone, then withdrawn, on the real screens."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.e2e import keyboard, people

REASON = "Publiée trop tôt"


def faults(page):
    return [(v["id"], v["nodes"][0]["html"][:120]) for v in Axe().run(page).response["violations"]]


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_a_version_is_published_compared_and_withdrawn(new_page, javascript):
    chief = new_page(viewport={"width": 1280, "height": 900}, java_script_enabled=javascript)
    people.sign_in(chief, "commissaire")
    chief.goto("/pilotage/")
    item = chief.locator("tbody tr").filter(has_text="adoptée").first.locator("th a")
    title = item.inner_text()
    item.click()
    objective = chief.get_by_label("Objectif")
    objective.fill(f"{objective.input_value()} Et le dimanche.")
    chief.get_by_label("Pourquoi ce qui est décidé change").fill("Dit en séance.")
    chief.get_by_role("button", name="Enregistrer la fiche").click()
    people.told(chief, "Fiche enregistrée.")
    chief.goto("/pilotage/")
    people.publish(chief)
    said = chief.get_by_text(re.compile(r"Version \d+ publiée"))
    number = re.search(r"\d+", said.inner_text()).group()

    reader = new_page(viewport={"width": 390, "height": 844}, java_script_enabled=javascript)
    reader.goto("/feuille-de-route/")
    reader.get_by_role("link", name="Toutes les versions").click()
    reader.get_by_role("button", name="Comparer").click()
    changed = reader.get_by_role("article").filter(has_text=title)
    expect(changed.locator("ins").filter(has_text="Et le dimanche")).to_be_visible()
    expect(changed.locator("ins").filter(has_text="Dit en séance").first).to_be_visible()
    assert reader.evaluate("document.documentElement.scrollWidth") == 390
    if javascript:
        assert faults(reader) == []
    reader.emulate_media(media="print")
    expect(reader.get_by_role("button", name="Comparer")).to_be_hidden()
    expect(changed).to_be_visible()

    chief.goto(f"/feuille-de-route/version/{number}")
    keyboard.write(chief, chief.get_by_label("Raison du retrait"), REASON)
    chief.keyboard.press("Enter")
    people.told(chief, f"Version {number} retirée.")
    reader.emulate_media(media="screen")
    answer = reader.goto(f"/feuille-de-route/version/{number}")
    assert answer.status == 410
    expect(reader.get_by_text(REASON)).to_be_visible()
    if javascript:
        assert faults(reader) == []
    reader.goto("/feuille-de-route/")
    expect(reader.get_by_role("link", name=title)).to_be_visible()
    assert f"version {number} ·" not in reader.locator(".sm-eyebrow").inner_text()


def test_one_finds_an_item_with_the_keyboard_alone(new_page):
    page = new_page(viewport={"width": 1280, "height": 900})
    page.goto("/feuille-de-route/")
    keyboard.write(page, page.get_by_label("Mots"), "DIMANCHE")
    keyboard.press(page, page.get_by_text("Filtrer les fiches"))
    keyboard.go_to(page, page.get_by_label("Axe"))
    keyboard.go_to(page, page.get_by_role("button", name="Chercher"), "Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="trouvée")).to_be_visible()
    keyboard.press(page, page.get_by_role("link", name="Effacer les filtres"))
    expect(page.get_by_text("Effacer les filtres")).to_be_hidden()
