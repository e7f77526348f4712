"""Twenty notes sorted in a browser, by keyboard alone; what is heard, seen and touched."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from nlp import Context
from nlp.similarity.consultations import Consultation
from tests.e2e import sorting
from tests.e2e.sorting import TRIAGE
from tests.nonempty import some

NOTES = {
    "bus": (
        "Un bus le soir après 20 h",
        "Des bus le dimanche aussi",
        "Le dernier bus part trop tôt",
    ),
    "dents": (
        "Un dentiste au village",
        "Deux ans d’attente chez le dentiste",
        "Un dentiste qui prend",
    ),
    "papiers": (
        "De l’aide pour les papiers",
        "Un écrivain public",
        "Les formulaires sont illisibles",
    ),
    "jardin": ("Un jardin partagé au pied des tours", "Des parcelles à cultiver", "Un composteur"),
    "garde": (
        "Une crèche qui ouvre à 6 h",
        "Une garde d’enfants le samedi",
        "Des places en crèche",
    ),
    "froid": ("Isoler les logements", "On a froid l’hiver chez nous"),
    "alone-1": ("Rouvrir la piscine",),
    "alone-2": ("Une fête des voisins",),
    "alone-3": ("Planter des haies",),
}
PAIRS = [(text, label) for label, texts in NOTES.items() for text in texts]
CONSULTATION = Consultation(
    name="invented",
    texts=tuple(text for text, _ in PAIRS),
    contexts=tuple(
        Context(workshop="soin" if i % 2 else "vie", table="3") for i in range(len(PAIRS))
    ),
    labels=tuple(label for _, label in PAIRS),
    titles={},
)
TOUCH = 44


@pytest.fixture
def group():
    """Serve the notes, compared and not grouped."""
    with sorting.served(CONSULTATION) as served:
        yield served


@pytest.fixture
def desk(browser, group):
    """A screen where the facilitator has signed in."""
    context = browser.new_context(base_url=group[0], locale="fr-FR", color_scheme="light")
    context.set_default_timeout(20_000)
    complaints = []
    page = context.new_page()
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert complaints == []


def begin(page):
    sorting.sign_in(page)
    page.goto(TRIAGE)
    before = page.url
    page.get_by_role("button", name="Commencer").press("Enter")
    page.wait_for_function(sorting.NEXT, arg=before)


def words(page):
    return page.locator(".sm-note__words").inner_text()


def after(page, key):
    """Press a key, and wait for the note that follows."""
    before = page.url
    page.keyboard.press(key)
    page.wait_for_function(sorting.NEXT, arg=before)


def test_twenty_notes_take_about_a_key_each(desk, group):
    done = sorting.sort(desk, CONSULTATION)
    assert done.keys <= 1.6 * done.notes
    assert group[1]() == sorting.by_hand(CONSULTATION)
    expect(desk.get_by_role("heading", name="Toutes les notes ont une place")).to_be_visible()


def test_each_act_is_spoken_and_the_next_note_has_the_focus(desk):
    begin(desk)
    first = words(desk)
    after(desk, "n")
    expect(desk.locator("#annonces[role=status]")).to_contain_text("Nouveau regroupement")
    expect(desk.locator("#note")).to_be_focused()
    after(desk, "u")
    assert words(desk) == first
    expect(desk.locator("#annonces")).to_contain_text("Annulation")
    after(desk, "j")
    assert words(desk) != first
    after(desk, "k")
    assert words(desk) == first
    after(desk, "n")
    after(desk, "1")
    expect(desk.locator("#messages")).to_contain_text("1 contribution placée dans")
    desk.keyboard.press("s")
    expect(desk.get_by_role("button", name="Hors sujet")).to_be_focused()
    after(desk, "1")
    expect(desk.locator("#annonces")).to_contain_text("parmi les écartées")
    after(desk, "i")
    expect(desk.locator("#annonces")).to_contain_text("isolées")


def test_a_group_beyond_the_nine_is_found_by_its_words(desk):
    begin(desk)
    titles = []
    for _ in range(11):
        after(desk, "n")
        told = desk.locator("#messages").inner_text()
        titles.append(re.search(r"«\s(.*)\s»", told)[1])
    desk.keyboard.press("/")
    expect(desk.get_by_label("Mots du titre")).to_be_focused()
    desk.keyboard.type(titles[0])
    found = desk.locator("[data-found] li:not([hidden])")
    expect(found).to_have_count(1)
    desk.keyboard.press("Escape")
    expect(desk.locator("#note")).to_be_focused()
    desk.keyboard.press("/")
    after(desk, "Enter")
    expect(desk.locator("#messages")).to_contain_text(titles[0])


def test_the_screen_passes_axe_fits_and_is_large_enough_for_a_finger(desk):
    begin(desk)
    after(desk, "n")
    for theme in ("dark", "light"):
        desk.emulate_media(color_scheme=theme)
        assert Axe().run(desk).response["violations"] == []
    for width in (320, 390, 768, 1280):
        desk.set_viewport_size({"width": width, "height": 900})
        assert desk.evaluate("document.documentElement.scrollWidth") <= width
    desk.set_viewport_size({"width": 768, "height": 1024})
    for button in some(desk.locator("main :is(button, summary):visible").all()):
        assert button.bounding_box()["height"] >= TOUCH, button.inner_text()
