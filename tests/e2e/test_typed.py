"""What the staff type is kept by the tab, then given back through an expired session."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e import people

WORDS = "Un objectif que personne\nne veut écrire deux fois"


@pytest.fixture
def item(new_page):
    """The page of an item, as a facilitator opens it."""
    page = new_page(viewport={"width": 1280, "height": 900})
    people.sign_in(page, "commissaire")
    page.goto("/pilotage/")
    page.locator("main a[href*='/pilotage/fiches/']").first.click()
    expect(page.get_by_label("Objectif")).to_be_visible()
    return page


def test_leaving_asks_and_the_tab_keeps_the_words(item):
    questions = []

    def answer(dialog):
        questions.append(dialog.type)
        (dialog.dismiss if len(questions) == 1 else dialog.accept)()

    item.on("dialog", answer)
    item.get_by_role("link", name="Suivi", exact=True).click()
    expect(item.get_by_role("heading", name="Indicateurs")).to_be_visible()
    assert questions == []  # nothing was typed
    item.go_back()
    item.get_by_label("Objectif").press_sequentially("Des mots")
    item.get_by_role("link", name="Suivi", exact=True).click(no_wait_after=True)
    expect(item.get_by_label("Objectif")).to_have_value(re.compile("Des mots"))
    assert questions == ["beforeunload"]
    item.reload()
    assert questions == ["beforeunload"] * 2
    expect(item.get_by_label("Objectif")).to_have_value(re.compile("Des mots"))
    expect(item.get_by_text("Repris de cet onglet")).to_be_visible()
    item.get_by_role("button", name="Enregistrer la fiche").click()
    people.told(item, "Fiche enregistrée.")
    expect(item.get_by_text("Repris de cet onglet")).to_have_count(0)
    item.get_by_role("link", name="Suivi", exact=True).click()
    expect(item.get_by_role("heading", name="Indicateurs")).to_be_visible()
    assert len(questions) == 2


def test_after_the_session_every_word_comes_back_and_one_click_saves_it(item, snapshot):
    item.get_by_label("Objectif").fill(WORDS)
    lead = item.get_by_label("Pilote").input_value()
    item.context.clear_cookies()  # the page and the session are both forgotten
    item.get_by_role("button", name="Enregistrer la fiche").click()
    expect(item.get_by_role("heading", name="Votre page a expiré")).to_be_visible()
    expect(item.get_by_label("Objectif")).to_have_value(WORDS)
    snapshot(item, "typed-expired")
    item.get_by_role("button", name="Envoyer de nouveau").click()
    expect(item.get_by_text("Votre session est terminée")).to_be_visible()
    expect(item.get_by_label("Objectif")).to_have_value(WORDS)
    snapshot(item, "typed-sign-in")
    item.get_by_label("Adresse électronique").fill("commissaire@semailles.example")
    item.get_by_label("Mot de passe").fill(people.PASSWORD)
    item.get_by_role("main").get_by_role("button", name="Se connecter").click()
    expect(item.get_by_role("heading", name="Vous êtes de nouveau connecté")).to_be_visible()
    expect(item.get_by_label("Objectif")).to_have_value(WORDS)
    snapshot(item, "typed-resume")
    item.get_by_role("button", name="Envoyer", exact=True).click()
    people.told(item, "Fiche enregistrée.")
    expect(item.get_by_label("Objectif")).to_have_value(WORDS)
    expect(item.get_by_label("Pilote")).to_have_value(lead)


def test_signing_out_leaves_no_word_in_the_tab(item):
    item.on("dialog", lambda dialog: dialog.accept())
    item.get_by_label("Objectif").fill("Des mots à moi")
    address = item.url
    assert item.evaluate("Object.values(sessionStorage).join().includes('Des mots à moi')")
    item.get_by_role("button", name="Se déconnecter").click()
    expect(item.get_by_text("Vous êtes déconnecté")).to_be_visible()
    assert item.evaluate("sessionStorage.length") == 0
    people.sign_in(item, "commissaire")
    item.goto(address)
    expect(item.get_by_label("Objectif")).not_to_have_value("Des mots à moi")
