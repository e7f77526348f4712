"""From the code of a poster to the receipt in Arabic, on a small phone; no word is lost."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.e2e import people
from webapp.platform import languages
from webapp.platform.languages import LANGUAGES, gettext, speaking

SMALL = {"width": 360, "height": 740}
IDEA = "Un bus le soir, tous les jours"


def said(code, message):
    """Return what a page in a language says for a French sentence."""
    with speaking(LANGUAGES[code]):
        return gettext(message)


def choose(page, code):
    """Choose a language on the switch, which is a link or, beside a form, a button."""
    page.locator(".sm-languages summary").click()
    page.locator(f".sm-languages [lang='{code}']").click()
    expect(page.locator(f"html[lang='{LANGUAGES[code].tag}']")).to_be_attached()


def well_laid_out(page, *, scripts):
    """Check that a page fits, is read from the right, and that axe (a script) finds nothing."""
    people.painted(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= SMALL["width"]
    faults = Axe().run(page).response["violations"] if scripts else []
    assert [fault["id"] for fault in faults] == []
    assert page.evaluate("getComputedStyle(document.body).direction") == "rtl"


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no scripts"])
def test_an_idea_is_said_and_followed_in_arabic(new_page, javascript):
    page = new_page(viewport=SMALL, java_script_enabled=javascript)
    page.goto("/")
    choose(page, "ar")
    well_laid_out(page, scripts=javascript)
    page.locator("#code").fill("h7kq4m")
    page.get_by_role("button", name=said("ar", "Participer")).click()
    expect(page.locator("bdi[lang=fr]").first).to_be_visible()
    well_laid_out(page, scripts=javascript)
    page.get_by_role("textbox").fill(IDEA)
    page.get_by_role("button", name=said("ar", "Envoyer mon idée")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        said("ar", "Merci, votre idée est bien reçue")
    )
    well_laid_out(page, scripts=javascript)
    page.get_by_role("main").get_by_role("link", name=said("ar", "Suivre mon idée")).click()
    expect(page.get_by_text(IDEA)).to_be_visible()
    well_laid_out(page, scripts=javascript)


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no scripts"])
def test_the_switch_loses_nothing_of_what_is_typed(new_page, javascript):
    page = new_page(viewport=SMALL, java_script_enabled=javascript)
    page.goto("/a/H7KQ4M?simple=1")
    for code in [one.code for one in languages.offered()[1:]]:
        page.get_by_role("textbox").fill(f"{IDEA}, {code}")
        choose(page, code)
        expect(page.get_by_role("textbox")).to_have_value(f"{IDEA}, {code}")
        expect(page.get_by_text(said(code, "Personne ne saura que c’est vous."))).to_be_visible()
        people.painted(page)  # its style has come
        assert page.evaluate("document.documentElement.scrollWidth") <= SMALL["width"]
    choose(page, "fr")
    expect(page.get_by_text("Personne ne saura que c’est vous.")).to_be_visible()


def test_a_page_opened_without_a_network_is_in_the_language_last_chosen(phone):
    phone.goto("/a/E6PGW3")
    phone.evaluate("navigator.serviceWorker.ready")
    choose(phone, "en")
    phone.goto("/a/E6PGW3")
    kept = "async () => (await (await caches.match('{}'))?.text())?.includes('lang=\"en-GB\"')"
    for path in ("/a/E6PGW3", "/pages/hors-ligne"):
        phone.wait_for_function(kept.format(path))
    phone.context.set_offline(True)
    phone.goto("/a/E6PGW3")
    expect(phone.get_by_role("button", name="Send my idea")).to_be_visible()
    phone.get_by_role("textbox").fill("An idea without a network")
    expect(phone.get_by_text("9,975 characters left")).to_be_visible()
    phone.get_by_role("button", name="Send my idea").click()
    expect(phone.locator("[data-queue]")).to_contain_text("1 idea waiting to be sent")
    phone.goto("/suivi")
    expect(phone.get_by_role("heading", name="No network for now")).to_be_visible()
    phone.context.set_offline(False)
    phone.goto("/a/E6PGW3")
    expect(phone.locator("[data-queue]")).to_contain_text("See its receipt")


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_code_is_asked_without_scrolling_on_the_smallest_phones(new_page, code):
    page = new_page(viewport={"width": 320, "height": 568})
    page.goto(f"/?lang={LANGUAGES[code].tag}")
    expect(page.locator(f"html[lang='{LANGUAGES[code].tag}']")).to_be_attached()
    people.painted(page)
    for control in (page.locator("#code"), page.locator("#rejoindre .fr-btn")):
        expect(control).to_be_in_viewport(ratio=1)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
