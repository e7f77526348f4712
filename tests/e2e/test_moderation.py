"""A queue read over in a browser: the keys that it takes, what is heard, seen and touched."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests import builders
from tests.e2e import reading
from tests.e2e.reading import CLEAN, NAMED, QUEUE
from tests.nonempty import some
from webapp.platform.extensions import transaction

TOUCH = 44


@pytest.fixture
def queue():
    """Serve ten contributions without a name around one that has one."""
    with reading.serving((*CLEAN[:5], NAMED, *CLEAN[5:])) as (address, app, _):
        yield address, app


@pytest.fixture
def desk(browser, queue):
    """A screen where the facilitator has opened the list."""
    context = browser.new_context(base_url=queue[0], locale="fr-FR", color_scheme="light")
    context.set_default_timeout(20_000)
    complaints = []
    page = context.new_page()
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    keys = reading.Keys(page)
    keys.open()
    yield page, keys
    context.close()
    # What the console says of a masking that is refused.
    assert [text for text in complaints if "a status of 422" not in text] == []


def test_a_note_takes_one_key_and_a_name_two(desk):
    page, keys = desk
    for text in CLEAN[:5]:
        assert keys.focused() == text
        keys.press("1")
    assert keys.focused() == NAMED
    assert keys.count == 5
    keys.press("2", "1")
    expect(page.locator("#annonces[role=status]")).to_contain_text("Décision enregistrée")
    keys.press("p")
    assert keys.count == 8
    expect(page.get_by_role("heading", name="Rien à relire")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("10\u00a0publiées, 1\u00a0masquée")
    page.goto(f"{QUEUE}?etat=masked")
    expect(page.get_by_role("main")).to_contain_text("Demandez à [nom masqué], elle attend")


def test_a_name_is_not_published_by_the_key_of_other_notes(desk):
    page, keys = desk
    for _ in CLEAN[:5]:
        keys.press("1")
    for _ in range(3):
        page.keyboard.press("1")
    expect(page.get_by_role("button", name="Publier tel quel")).to_be_focused()
    assert keys.focused() == NAMED
    keys.press("Enter")
    assert keys.focused() == CLEAN[5]
    page.goto(f"{QUEUE}?etat=published")
    expect(page.get_by_role("main")).to_contain_text("Quatremarre")


def test_a_name_that_the_guard_missed_is_typed_and_enter_masks_it(desk):
    page, keys = desk
    for key in ("2", *"jardin", "Enter"):
        page.keyboard.press(key)
    expect(page.get_by_role("alert")).to_contain_text("« jardin » n’est pas dans le texte")
    keys.show()
    keys.press("2", *"soir", "Enter")
    assert keys.focused() == CLEAN[1]
    page.goto(f"{QUEUE}?etat=masked")
    expect(page.get_by_role("main")).to_contain_text("Un bus le [passage masqué] après 20 h")


def test_a_decision_is_undone_and_a_menu_is_left_by_a_key(desk):
    page, keys = desk
    keys.press("3", "3")
    assert keys.focused() == CLEAN[1]
    page.goto(f"{QUEUE}?etat=set_aside")
    expect(page.get_by_role("main")).to_contain_text("Illisible ou incomplète")
    keys.show()
    keys.press("1")
    assert keys.focused() == CLEAN[2]
    keys.press("u")
    assert keys.focused() == CLEAN[1]
    page.keyboard.press("3")
    expect(page.get_by_role("button", name="Hors sujet")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("[data-menu][open]")).to_have_count(0)
    page.keyboard.press("j")
    assert keys.focused() == CLEAN[2]


@pytest.mark.parametrize("width", [390, 1280])
def test_what_arrives_is_announced_without_moving_what_is_read(desk, queue, width):
    page, keys = desk
    page.set_viewport_size({"width": width, "height": 900})
    page.keyboard.press("j")
    reads = page.locator("[data-entry]:focus-within").bounding_box()
    with queue[1].app_context(), transaction() as session:
        for number in range(3):
            builders.contribution(session, f"Une fontaine {number}")
    expect(page.locator("[data-poll]")).to_contain_text("3\u00a0nouvelles")
    assert page.locator("[data-entry]:focus-within").bounding_box() == reads
    assert keys.focused() == CLEAN[1]
    page.get_by_role("link", name="Afficher").click()
    expect(page.locator("[data-entry]")).to_have_count(14)


def test_the_list_passes_axe_fits_and_is_large_enough_for_a_finger(desk):
    page, keys = desk
    keys.press("1")
    for _ in range(4):
        page.keyboard.press("j")
    page.keyboard.press("2")
    for theme in ("dark", "light"):
        page.emulate_media(color_scheme=theme)
        assert Axe().run(page).response["violations"] == []
    for width in (320, 390, 768, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.set_viewport_size({"width": 768, "height": 1024})
    for button in some(page.locator("main :is(button, summary):visible").all()):
        assert button.bounding_box()["height"] >= TOUCH, button.inner_text()


def test_without_scripts_the_same_buttons_decide(browser, queue):
    context = browser.new_context(
        base_url=queue[0], java_script_enabled=False, has_touch=True, locale="fr-FR"
    )
    page = context.new_page()
    page.goto("/connexion")
    page.get_by_label("Adresse électronique").fill("animation@example.org")
    page.get_by_label("Mot de passe").fill(builders.PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Se connecter").click()
    page.goto(QUEUE)
    entry = page.locator("[data-entry]").filter(has_text="Quatremarre")
    entry.locator("summary", has_text="Masquer").tap()
    entry.get_by_role("button", name="Une personne serait reconnaissable").tap()
    expect(page.locator("#messages")).to_contain_text("Décision enregistrée")
    entry = page.locator("[data-entry]").first
    entry.get_by_role("button", name="Publier").tap()
    page.get_by_role("link", name="Masquées (1)").click()
    expect(page.get_by_role("main")).to_contain_text("Demandez à [nom masqué]")
    context.close()
