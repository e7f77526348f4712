"""The life of an item from a sticky note to its target, as the author of the note follows it."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e import people

ROOMS = {
    "with-javascript": (True, "V5LHC4", "rural", "Précarité en milieu rural", "precarite-rurale"),
    "without-javascript": (False, "D2RZP7", "droits", "Accès aux droits", "acces-aux-droits"),
}


@pytest.mark.parametrize("name", ROOMS)
def test_a_sticky_note_becomes_an_action_that_reaches_its_target(new_page, snapshot, name):
    javascript, code, facilitator, group, slug = ROOMS[name]
    note = f"Prêter des vélos électriques à la mairie de chaque bourg ({name})"
    title = f"Prêter des vélos dans les bourgs ({name})"

    def opened(width):
        size = {"width": width, "height": 900}
        return new_page(viewport=size, java_script_enabled=javascript)

    desk, tablet, author, commissioner = opened(1280), opened(768), opened(390), opened(1280)
    people.sign_in(desk, facilitator)
    people.sign_in(commissioner, "commissaire")

    tablet.goto(give_a_table_its_address(desk, code))
    tablet.get_by_label("Ce qui est écrit").fill(note)
    tablet.get_by_role("button", name="Enregistrer la note").click()
    snapshot(tablet, f"note-{name}-01-table")
    receipt = hand_over(tablet, note)
    snapshot(tablet, f"note-{name}-02-slip")

    # The author holds nothing but the slip: no device, no session ever saw the note.
    author.goto("/suivi")
    author.get_by_label("Code du reçu").fill(receipt)
    author.get_by_role("button", name="Voir où en est mon idée").click()
    expect(author.get_by_role("heading", name="Ce que devient votre idée")).to_be_visible()

    def told(*steps):
        author.reload()
        for step in steps:
            expect(author.get_by_text(step, exact=False).first).to_be_visible()

    told(note, "Reçue")
    people.open_queue(desk, group)
    expect(desk.get_by_text(note).first).to_be_visible()
    people.publish_all(desk)
    told("Relue et publiée")

    analyse(desk, slug)
    gather(desk, slug, note, title)
    told("Réunie à des idées qui lui ressemblent", title)
    desk.get_by_role("button", name="En faire une fiche action").click()
    people.fill_item(desk, title)
    people.count_something(desk)
    told("Une fiche action est en préparation")
    desk.get_by_role("button", name="Soumettre au COPIL").click()
    expect(desk.get_by_text("La fiche est maintenant\u00a0: soumise au COPIL")).to_be_visible()
    told("Une fiche action est soumise au COPIL")

    people.have_the_committee_adopt(commissioner, title)
    told("L’action est adoptée")
    commissioner.goto("/pilotage/")
    people.publish(commissioner)
    expect(commissioner.get_by_text(re.compile(r"Version \d+ publiée"))).to_be_visible()
    told("Publiée dans la feuille de route, version")
    people.begin(commissioner, title)
    told("L’action est en cours")
    people.measure_and_finish(commissioner)
    told("L’action est réalisée", "Objectif atteint\u00a0: Dessertes du dimanche")
    snapshot(author, f"note-{name}-03-follow-done")


def give_a_table_its_address(page, code):
    """Give a room's tables their addresses; return that of the first."""
    page.goto(f"/animation/ateliers/{code}")
    page.get_by_role("button", name="Créer les adresses").click()
    return page.get_by_role("link", name="Ouvrir la table 1", exact=True).get_attribute("href")


def hand_over(page, note):
    """Show the slip of a note just keyed in and return the code that stands on it."""
    line = page.locator("[data-notes] li", has_text=note)
    line.get_by_role("link", name="Donner son reçu").click()
    expect(page.get_by_role("heading", level=1, name="1 reçu à donner")).to_be_visible()
    expect(page.get_by_text("la retirer").first).to_be_visible()
    return page.locator(".sm-code__value").inner_text()


def analyse(page, slug):
    """Have the groups of a working group made again."""
    page.goto(f"/revue/{slug}")
    people.launch_analysis(page)
    expect(page.get_by_text(re.compile("Dernière analyse le"))).to_be_visible(timeout=60_000)


def gather(page, slug, words, title):
    """Put one contribution in a group of its own, called ``title``, accepted by its making."""
    page.goto(f"/revue/{slug}/contributions")
    page.get_by_label("Mots", exact=True).fill(words)
    page.get_by_role("button", name="Chercher").click()
    listed = page.locator("li", has_text=words).filter(has=page.get_by_role("checkbox"))
    listed.get_by_role("checkbox").check()
    page.get_by_label("ou un nouveau, intitulé").fill(title)
    page.get_by_role("button", name="Déplacer").click()
    expect(page.get_by_text("1 contribution placée dans")).to_be_visible()
    listed.get_by_role("link", name=title, exact=True).click()
    expect(page.get_by_role("heading", level=1, name=title)).to_be_visible()
