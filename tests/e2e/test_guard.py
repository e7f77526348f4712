"""The guard in Chromium: the same findings as the server, kept for when there is no network."""

from playwright.sync_api import expect

from nlp import find_personal_data
from tests.e2e import people
from tests.unit.nlp.personal_cases import TEXTS

FIND = """
async (texts) => {
  const { guardOf } = await import("/static/js/guard.js");
  const find = guardOf(await (await fetch("/garde.json")).json());
  return texts.map((text) => find(text).map(({ start, end, kind }) => [start, end, kind]));
}
"""


def test_chromium_finds_what_the_server_finds(phone):
    phone.goto("/a/H7KQ4M")
    there = phone.evaluate(FIND, TEXTS)
    for text, found in zip(TEXTS, there, strict=True):
        here = [[one.start, one.end, one.kind.value] for one in find_personal_data(text)]
        assert found == here, text


def test_the_guard_speaks_without_a_network(phone):
    phone.goto("/a/H7KQ4M")
    kept = """async () => {
      await navigator.serviceWorker.ready;
      const frame = () => new Promise((go) => requestAnimationFrame(go));
      while (!(await caches.match("/garde.json"))) await frame();
    }"""
    phone.evaluate(kept)
    phone.reload()
    phone.context.set_offline(True)
    note = phone.locator("[data-guard]")
    phone.get_by_role("textbox").fill("mon voisin michel lebrun a froid")
    note.wait_for(state="visible")
    phone.context.set_offline(False)


def test_names_stop_the_first_press_and_only_that_one(phone):
    phone.goto("/a/H7KQ4M")
    field, note = phone.get_by_role("textbox"), phone.locator("[data-guard]")
    field.fill("Mme Durand attend un bus depuis 2 ans")
    note.wait_for(state="visible")  # the rules have come: the browser itself stops
    phone.get_by_role("button", name="Envoyer mon idée").click()
    expect(note).to_be_focused()
    expect(note).to_be_in_viewport()
    expect(note.locator("mark")).to_have_text("Mme Durand")
    note.get_by_role("link", name="Corriger").click()
    expect(field).to_be_focused()
    assert field.evaluate("f => f.value.slice(f.selectionStart, f.selectionEnd)") == "Mme Durand"
    note.get_by_role("button", name="Envoyer quand même").click()
    expect(phone.get_by_role("heading", name="Merci")).to_be_visible()


def test_names_stop_once_before_the_rules_have_come_and_without_scripts(new_page):
    for scripts in (True, False):
        # What a service worker asks for is not seen by the route below: the rules would come.
        options = {"java_script_enabled": scripts, "service_workers": "block"}
        page = new_page(viewport={"width": 390, "height": 844}, **options)
        page.route("**/garde.json", lambda route: route.abort())
        page.goto("/a/H7KQ4M")
        page.get_by_role("textbox").fill("Mme Durand attend un bus")
        page.get_by_role("button", name="Envoyer mon idée").click()
        expect(page.locator("[data-guard] mark")).to_have_text("Mme Durand")
        expect(page.get_by_role("textbox")).to_have_value("Mme Durand attend un bus")
        people.painted(page)
        page.get_by_role("button", name="Envoyer quand même").click()
        expect(page.get_by_role("heading", name="Merci")).to_be_visible()


def test_names_stop_once_without_a_network_and_on_the_line_of_a_table(new_page, phone):
    phone.goto("/a/H7KQ4M")
    phone.get_by_role("textbox").fill("mon voisin michel lebrun a froid")
    phone.locator("[data-guard]").wait_for(state="visible")
    phone.context.set_offline(True)
    send = phone.get_by_role("button", name="Envoyer mon idée")
    send.click()
    expect(phone.locator("[data-guard]")).to_be_focused()
    expect(phone.locator("[data-queue]")).to_be_hidden()
    send.click()
    expect(phone.locator("[data-queue]")).to_contain_text("1 idée en attente")
    phone.context.set_offline(False)
    desk = new_page(viewport={"width": 1280, "height": 900})
    people.sign_in(desk, "droits")
    desk.goto("/animation/ateliers/D2RZP7")
    desk.get_by_role("link", name="Ouvrir la table 1").click()
    line, note = desk.get_by_label("Ce qui est écrit"), desk.locator("[data-guard]")
    line.fill("Mme Durand attend un bus")
    note.wait_for(state="visible")
    line.press("Enter")
    expect(note).to_be_focused()
    expect(line).to_have_value("Mme Durand attend un bus")
    line.press("Enter")
    expect(line).to_have_value("")
    expect(note).to_be_hidden()
