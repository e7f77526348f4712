"""What a phone adds when it runs our scripts, and what a keyboard alone can do."""

import gzip
import re
from datetime import UTC, datetime, timedelta

from playwright.sync_api import expect

from tests.e2e import people


def test_a_draft_survives_a_closed_tab_and_goes_once_it_is_sent(phone):
    phone.goto("/a/H7KQ4M")
    phone.get_by_role("textbox").fill("Une idée commencée dans le bus")
    other = phone.context.new_page()
    phone.close()
    other.goto("/a/H7KQ4M")
    expect(other.get_by_role("textbox")).to_have_value("Une idée commencée dans le bus")
    other.get_by_role("button", name="Envoyer mon idée").click()
    expect(other.get_by_role("heading", name="Merci")).to_be_visible()
    other.wait_for_load_state("load")  # the script of the receipt has run
    other.goto("/a/H7KQ4M")
    expect(other.get_by_role("textbox")).to_have_value("")


def test_a_draft_that_outlives_its_sending_stores_nothing_twice(phone):
    idea = "Une idée dont la réponse s’est perdue"
    phone.goto("/a/H7KQ4M")
    phone.get_by_role("textbox").fill(idea)
    draft = phone.evaluate("JSON.stringify({ ...localStorage })")
    phone.get_by_role("button", name="Envoyer mon idée").click()
    expect(phone.get_by_role("heading", name="Merci")).to_be_visible()
    phone.wait_for_load_state("load")
    receipt = phone.url
    # As if the telephone had been cut off before it saw the receipt.
    phone.evaluate("kept => Object.assign(localStorage, JSON.parse(kept))", draft)
    phone.goto("/a/H7KQ4M")
    expect(phone.get_by_role("textbox")).to_have_value(idea)
    phone.get_by_role("button", name="Envoyer mon idée").click()
    expect(phone.get_by_role("heading", name="Merci")).to_be_visible()
    assert phone.url == receipt


def test_the_counter_says_what_is_left(phone):
    phone.goto("/a/H7KQ4M")
    phone.get_by_role("textbox").fill("x" * 9_990)
    expect(phone.get_by_text("10 caractères restants")).to_be_visible()


def test_a_reload_of_the_receipt_sends_nothing_again(phone):
    people.speak(phone, "E6PGW3", "Un garage solidaire dans chaque canton")
    address = phone.url
    phone.reload()
    assert phone.url == address
    expect(phone.get_by_role("heading", name="Merci")).to_be_visible()


def test_one_can_join_write_and_send_with_the_keyboard_alone(new_page):
    page = new_page(viewport={"width": 1280, "height": 900})
    page.goto("/")
    reach(page, "code")
    page.keyboard.type("h7kq4m")
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox")).to_be_visible()
    reach(page, "body")
    page.keyboard.type("Isoler les toits avant l’hiver")
    press_on(page, "Envoyer mon idée")
    expect(page.get_by_role("heading", name="Merci")).to_be_visible()


def test_one_can_accept_a_group_with_the_keyboard_alone(new_page):
    page = new_page(viewport={"width": 1280, "height": 900})
    people.sign_in(page, "transition")
    page.goto("/revue/transition-ecologique")
    page.get_by_label("Titre du regroupement").focus()
    page.keyboard.type("Un titre de notre main")
    press_on(page, "Accepter")
    people.told(page, "Regroupement accepté")


def reach(page, identifier):
    """Press Tab until the element is focused; fail when the page has been gone through."""
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == identifier:
            return
    raise AssertionError(f"{identifier} cannot be reached with Tab")


def press_on(page, label):
    """Tab to the button whose text begins with ``label`` and press Enter."""
    for _ in range(400):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            "document.activeElement.tagName === 'BUTTON' ? document.activeElement.innerText : ''"
        )
        if focused.strip().startswith(label):
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"no button {label} can be reached with Tab")


def test_a_draft_from_the_past_never_takes_the_place_of_words_that_wait(phone):
    """A browser that was killed may bring back a draft that it had already sent or kept."""
    phone.goto("/a/H7KQ4M")
    phone.evaluate("navigator.serviceWorker.ready.then(() => true)")
    phone.reload()  # through the worker, which keeps the page
    phone.get_by_role("textbox").fill("Une idée qui attend")
    draft = phone.evaluate("JSON.stringify({ ...localStorage })")
    phone.context.set_offline(True)
    phone.get_by_role("button", name="Envoyer mon idée").click()
    queue = phone.get_by_role("main").locator("[data-queue]")
    expect(queue).to_contain_text("1 idée en attente d’envoi")
    phone.evaluate("(kept) => Object.assign(localStorage, JSON.parse(kept))", draft)
    phone.reload()
    expect(phone.get_by_role("textbox")).to_have_value("Une idée qui attend")
    phone.get_by_role("textbox").fill("Une tout autre idée")
    phone.get_by_role("button", name="Envoyer mon idée").click()
    expect(queue).to_contain_text("2 idées en attente d’envoi")
    phone.context.set_offline(False)
    phone.reload()
    expect(queue).to_have_attribute("data-waiting", "0")
    phone.goto("/mes-idees")
    for words in ("Une idée qui attend", "Une tout autre idée"):
        expect(phone.get_by_role("main").get_by_text(words, exact=True)).to_have_count(1)


def test_on_a_tablet_that_goes_round_the_next_idea_replaces_nobodys(phone):
    people.speak(phone, "H7KQ4M", "Je dors dans ma voiture, je suis Zorglub")
    receipt = phone.url.rsplit("/", 1)[1]
    phone.goto(f"/a/H7KQ4M?remplace={receipt}")
    expect(phone.get_by_text("prendront la place")).to_be_visible()
    phone.evaluate("navigator.serviceWorker.ready.then(() => true)")
    phone.context.set_offline(True)
    phone.get_by_role("textbox").fill("On dort dans sa voiture")
    phone.get_by_role("button", name="Envoyer mon idée").click()
    queue = phone.get_by_role("main").locator("[data-queue]")
    expect(queue).to_contain_text("1 idée en attente d’envoi")
    expect(phone.get_by_text("prendront la place")).to_have_count(0)
    expect(phone.locator("input[name=replaces]")).to_have_value("")
    phone.get_by_role("textbox").fill("Une laverie ouverte le soir")
    phone.get_by_role("button", name="Envoyer mon idée").click()
    expect(queue).to_contain_text("2 idées en attente d’envoi")
    phone.context.set_offline(False)
    expect(queue).to_have_attribute("data-waiting", "0")
    phone.goto("/mes-idees")
    for words, formers in (("On dort dans sa voiture", 1), ("Une laverie ouverte le soir", 0)):
        phone.goto("/mes-idees")
        idea = phone.get_by_role("listitem").filter(has_text=words)
        idea.get_by_role("link", name="Suivre").click()
        phone.get_by_role("link", name="Tout ce que nous gardons").click()
        expect(phone.get_by_role("heading", level=1)).to_contain_text("Tout ce que nous gardons")
        expect(phone.get_by_text("Ce que vous aviez écrit avant")).to_have_count(formers)


def test_contributions_are_moderated_with_letters(new_page):
    page = new_page(viewport={"width": 1280, "height": 900})
    people.speak(page, "H7KQ4M", "Une idée à relire au clavier")
    people.speak(page, "H7KQ4M", "Une autre idée à relire au clavier")
    people.sign_in(page, "transition")
    page.goto("/animation/moderation/transition-ecologique")
    boxes = page.locator("[data-entry] input[name=contributions]")
    boxes.first.focus()
    before = boxes.count()
    page.keyboard.press("j")
    expect(boxes.nth(1)).to_be_focused()
    was = boxes.nth(1).is_checked()
    page.keyboard.press("x")
    expect(boxes.nth(1)).to_be_checked(checked=not was)
    page.keyboard.press("x")
    page.keyboard.press("k")
    expect(boxes.first).to_be_focused()
    page.keyboard.press("p")
    expect(page.get_by_role("status").filter(has_text="publiées")).to_be_visible()
    assert boxes.count() < before


def at_table(new_page, number):
    """Open the page of a table of one's own, its line ready."""
    page = new_page(viewport={"width": 1280, "height": 900})
    people.sign_in(page, "transition")
    page.goto("/animation/ateliers/H7KQ4M")
    page.get_by_role("button", name="Créer les adresses").click()
    page.get_by_role("link", name=f"Ouvrir la table {number}").click()
    page.wait_for_load_state("load")  # before our script, Enter sends the form itself
    expect(page.get_by_label("Ce qui est écrit")).to_be_focused()
    return page


def test_twenty_notes_are_keyed_in_with_one_key_each(new_page):
    page = at_table(new_page, 3)
    for number in range(20):
        page.keyboard.type(f"Note {number} de la table")
        page.keyboard.press("Enter")
    # A note that a busy machine did not take in time goes again by itself, within half a minute.
    expect(page.locator("[data-note-count]")).to_have_text("20", timeout=60_000)
    page.reload()
    expect(page.locator("[data-notes] [data-note-body]")).to_have_text(
        [f"Note {number} de la table" for number in reversed(range(20))]
    )


def test_notes_written_without_a_network_arrive_in_their_order(new_page):
    page = at_table(new_page, 4)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.context.set_offline(True)
    for number in range(8):
        page.keyboard.type(f"Note {number} sans réseau")
        page.keyboard.press("Enter")
    queue = page.locator("[data-queue]")
    expect(queue).to_have_attribute("data-waiting", "8")
    page.context.set_offline(False)
    expect(page.locator("[data-note-count]")).to_have_text("8", timeout=60_000)
    page.reload()
    expect(page.locator("[data-notes] [data-note-body]")).to_have_text(
        [f"Note {number} sans réseau" for number in reversed(range(8))]
    )


def test_the_first_page_of_a_phone_is_light(phone):
    weights = {}

    def weigh(answer):
        weights[answer.url] = len(gzip.compress(answer.body()))

    phone.on("response", weigh)
    phone.goto("/a/H7KQ4M")
    phone.wait_for_load_state("networkidle")
    assert any("/static/css/" in url for url in weights)
    assert sum(weights.values()) <= 60_000
    with phone.expect_response("**/garde.json") as rules:  # they come once one is about to write
        phone.get_by_role("textbox").focus()
    assert len(gzip.compress(rules.value.body())) <= 42_000


def test_the_guard_speaks_while_one_writes(phone):
    phone.goto("/a/H7KQ4M")
    note = phone.locator("[data-guard]")
    field = phone.get_by_role("textbox")
    for telling in ("Appelez Mme Durand", "au 06 39 98 12 34", "écrire à a.b@exemple.fr"):
        field.fill("Un bus le dimanche")
        expect(note).to_be_hidden()
        field.fill(telling)
        expect(note).to_be_visible()


def test_a_phone_whose_clock_is_wrong_shows_the_time_that_is_left(new_page):
    desk = new_page(viewport={"width": 1280, "height": 900})
    people.sign_in(desk, "droits")
    desk.goto("/animation/ateliers/D2RZP7")
    desk.get_by_role("button", name="10 minutes").click()
    people.told(desk, "Minuteur lancé")
    for hours in (-3, 3):
        phone = new_page(viewport={"width": 390, "height": 844})
        phone.clock.install(time=datetime.now(UTC) + timedelta(hours=hours))
        for page in ("/a/D2RZP7", "/mur/D2RZP7"):
            phone.goto(page)
            expect(phone.locator("[data-timer]")).to_have_text(re.compile(r"^(10|9|8)\smin"))
    # Without the server's time, the hour of the end is what can be trusted.
    phone = new_page(viewport={"width": 390, "height": 844})
    phone.route("**/etat?*", lambda route: route.abort())
    phone.goto("/a/D2RZP7")
    expect(phone.locator("[data-timer]")).to_have_text(re.compile("^jusqu’à"))
    desk.get_by_role("button", name="Arrêter le minuteur").click()
    people.told(desk, "Minuteur arrêté")
