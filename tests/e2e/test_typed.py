"""What the staff type is kept by the tab, then given back through an expired session."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.e2e import people

WORDS = "Un objectif que personne\nne veut écrire deux fois"


@pytest.fixture
def item(new_page):
    """The page of a draft item, as a facilitator opens it."""
    page = new_page(viewport={"width": 1280, "height": 900})
    people.sign_in(page, "commissaire")
    page.goto("/pilotage/")
    page.locator("tbody tr").filter(has_text="brouillon").first.locator("th a").click()
    expect(page.get_by_label("Objectif")).to_be_visible()
    page.wait_for_load_state()  # the script that keeps the words has started
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
    people.painted(item)
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


def test_words_from_before_an_adoption_stand_beside_what_was_decided(new_page):
    chief, desk = new_page(), new_page(viewport={"width": 390, "height": 844})
    people.sign_in(chief, "commissaire")
    people.sign_in(desk, "transition")
    chief.goto("/pilotage/")
    chief.locator("tbody tr").filter(has_text="52-TES-003").locator("th a").click()
    expect(chief.get_by_role("button", name="Adopter")).to_be_visible()
    desk.goto(chief.url)
    desk.get_by_label("Objectif").fill(WORDS)
    chief.get_by_role("button", name="Adopter").click()
    people.told(chief, "La fiche est maintenant")
    desk.on("dialog", lambda dialog: dialog.accept())
    desk.reload()
    expect(desk.get_by_text("Ce qui est décidé ne change plus ici")).to_be_visible()
    expect(desk.get_by_label("Objectif")).to_have_count(0)
    expect(desk.get_by_text("Vous aviez écrit")).to_contain_text("Un objectif que personne")
    assert desk.evaluate("document.documentElement.scrollWidth") == 390
    assert Axe().run(desk).response["violations"] == []


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


TYPE_EVERYWHERE = """() => {
  const forms = [...document.querySelectorAll("form[method=post]:not([data-send])")];
  const kinds = "textarea, input:not([type]), input[type=text]";
  const isText = (one) => one.name && !one.readOnly && one.matches(kinds);
  const texts = forms.flatMap((form) => [...form.elements]).filter(isText);
  for (const text of texts) {
    text.value += " des mots";
    text.dispatchEvent(new Event("input", { bubbles: true }));
  }
  if (!texts.length) return null;
  return window.dispatchEvent(new Event("beforeunload", { cancelable: true }));
}"""
ROOTS = ["/pilotage/", "/animation/", "/copil/reunions/", "/revue/transition-ecologique"]
LINKS = "links => links.map((link) => link.getAttribute('href').split('#')[0])"


def shape(address):
    """Return what the addresses of one kind of page have in common."""
    return re.sub(r"[\w-]*[A-Z0-9][\w-]{5,}|\d+", "*", address.split("?")[0])


def test_leaving_any_page_of_the_staff_with_words_on_it_asks(new_page):
    page = new_page(viewport={"width": 1280, "height": 900})
    people.sign_in(page, "commissaire")
    page.on("dialog", lambda dialog: dialog.accept())
    seen, waiting, asking, silent = set(), list(ROOTS), [], []
    while waiting and len(asking) < 20:
        address = waiting.pop(0)
        if shape(address) in seen:
            continue
        seen.add(shape(address))
        page.goto(address)
        found = page.locator("main a[href^='/']").evaluate_all(LINKS)
        ours = re.compile(
            r"/(pilotage|animation|copil|revue|compte)\b(?!.*\b(projet|export|csv)\b)"
        )
        waiting += [link for link in found if ours.match(link)]
        asked = page.evaluate(TYPE_EVERYWHERE)
        if asked is not None:
            (silent if asked else asking).append(address)
    assert silent == []
    assert len(asking) == 20
