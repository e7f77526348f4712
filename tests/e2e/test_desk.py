"""What the desk of a conference does in a browser: paper, files, reactions, stands."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.e2e import people
from tests.e2e.keyboard import go_to, press, write

ROOM = "/animation/ateliers/V5LHC4"
WITHOUT_PAPER = "/animation/ateliers/U8DQN4"  # closed since: paper is keyed in after the room
WITH_SLIPS = "/animation/ateliers/S2YBR7"
HEADER = "type,titre,groupe,salle,debut,fin,consigne\n"
GOOD = (
    "atelier,Les haies du bocage,transition-ecologique,Loire,2023-11-07T14:00,2023-11-07T15:00,"
    "Que planter ?\n"
)
WRONG = "buffet,Le repas,transition-ecologique,,,,Bon ?\n"


@pytest.fixture
def desk(new_page):
    """Open the screen of somebody who is signed in."""

    def opened(name):
        page = new_page(viewport={"width": 1280, "height": 900})
        people.sign_in(page, name)
        return page

    return opened


def said(page, words):
    expect(page.locator("#messages[role=status]")).to_contain_text(words)


def file_of(words, name="programme.csv"):
    return {"name": name, "mimeType": "text/csv", "buffer": words.encode()}


def key_in(page, *lines):
    """Key lines in with the keyboard only; what surrounds them is kept."""
    for number, words in enumerate(lines, start=1):
        line = page.get_by_label("Ce qui est écrit")
        expect(line).to_be_focused()
        page.keyboard.type(words)
        page.keyboard.press("Enter")
        expect(page.locator("[data-note-count]")).to_have_text(str(number))


def test_a_slip_is_keyed_in_by_its_number_and_followed_from_its_stub(desk, new_page):
    keyer = desk("rural")
    keyer.goto(f"{WITH_SLIPS}/bulletins")
    keyer.get_by_label("Nombre de bulletins").fill("4")
    keyer.get_by_label("Bulletins par page").select_option("4")
    keyer.get_by_role("button", name="Préparer de nouveaux bulletins").click()
    code = keyer.locator(".sm-ticket__stub strong").first.inner_text()
    slips = keyer.get_by_role("region", name="Bulletin n°")
    number = slips.first.get_by_text("Bulletin n°").inner_text()
    follower = new_page()
    follower.goto("/suivi")
    follower.get_by_label("Code du reçu").fill(code)
    follower.get_by_role("button", name="Voir où en est mon idée").click()
    expect(follower.get_by_role("main")).to_contain_text("n’a pas encore été recopié")

    keyer.goto(f"{WITH_SLIPS}/saisie")
    keyer.get_by_label("Ce qui est écrit").fill("Un banc devant la mairie")
    keyer.keyboard.press("Tab")
    keyer.keyboard.type(number.split("° ")[1].replace("-", "").lower())
    keyer.get_by_label("Vécu").select_option("Oui")
    keyer.get_by_label("Numéro du bulletin").press("Enter")
    expect(keyer.get_by_text("Un banc devant la mairie").first).to_be_visible()
    expect(keyer.get_by_label("Numéro du bulletin")).to_have_value("")
    expect(keyer.get_by_label("Vécu")).to_have_value("unknown")
    expect(keyer.get_by_label("Ce qui est écrit")).to_be_focused()
    follower.get_by_role("button", name="Voir où en est mon idée").click()
    expect(follower.get_by_role("main")).to_contain_text("Un banc devant la mairie")


def test_paper_is_keyed_in_then_read_again_by_a_colleague_with_letters(desk):
    keyer = desk("rural")
    keyer.goto(f"{WITHOUT_PAPER}/saisie")
    keyer.get_by_label("Feuille").fill("7")
    keyer.get_by_label("Ce qui est écrit").focus()
    key_in(keyer, "Un car le dimanch", "Un abri au soleil")
    keyer.get_by_label("Feuille").fill("3")
    keyer.get_by_label("Ce qui est écrit").focus()
    keyer.keyboard.type("Un médecin une fois par mois")
    keyer.keyboard.press("Enter")
    expect(keyer.locator("[data-note-count]")).to_have_text("3")

    reader = desk("commissaire")
    reader.goto(f"{WITHOUT_PAPER}/seconde-lecture")
    expect(reader.locator("[data-remaining]")).to_contain_text("3 lignes à comparer")
    sheets = reader.locator("[data-entry]")
    expect(sheets.locator("h2")).to_have_text(["Feuille 3", "Feuille 7"])
    confirm = reader.get_by_role("button", name="Conforme au papier")
    go_to(reader, confirm.first)
    reader.keyboard.press("j")
    expect(confirm.nth(1)).to_be_focused()
    reader.keyboard.press("k")
    reader.keyboard.press("c")
    said(reader, "Conforme au papier\u00a0: 1")
    # The work goes on where it was: at the next sheet, whose first line has a fault.
    expect(reader.locator("[data-entry]:focus-within")).to_contain_text("Feuille 7")
    reader.keyboard.press("e")
    line = reader.get_by_label("Ce qui est écrit")
    expect(line).to_be_focused()
    write(reader, line, "Un car le dimanche")
    reader.keyboard.press("Enter")
    said(reader, "Ligne corrigée")
    expect(reader.locator("[data-remaining]")).to_contain_text("1 ligne à comparer")
    press(reader, reader.get_by_role("button", name="Conforme au papier"), "c")
    expect(reader.get_by_text("Tout a été comparé au papier")).to_be_visible()
    reader.get_by_text("Feuilles comparées (2)").click()
    expect(reader.get_by_text("Un car le dimanche", exact=True)).to_be_visible()
    expect(reader.get_by_text("Un car le dimanch", exact=True)).to_have_count(0)


def test_a_programme_is_checked_corrected_and_imported(desk, new_page):
    page = desk("commissaire")
    page.goto("/pilotage/")
    page.get_by_role("link", name="Territoire", exact=True).click()
    page.get_by_role("link", name="Importer un programme").click()
    expect(page.get_by_label("Nom de la conférence")).not_to_have_value("")
    for words in (HEADER + GOOD + WRONG, HEADER + GOOD):
        page.get_by_label("Fichier CSV, XLSX ou ODS").set_input_files(file_of(words))
        page.get_by_role("button", name="Voir ce que le fichier contient").click()
        if words.endswith(WRONG):
            expect(page.get_by_text("type inconnu")).to_contain_text("Ligne 3")
            expect(page.get_by_role("button", name=re.compile("^Importer"))).to_have_count(0)
            page.get_by_role("link", name="Choisir un autre fichier").click()
    expect(page.get_by_role("row", name=re.compile("Les haies du bocage"))).to_be_visible()
    assert Axe().run(page).response["violations"] == []
    page.get_by_role("button", name=re.compile("Importer 1")).click()
    said(page, "importés")
    phone = new_page(viewport={"width": 390, "height": 844})
    phone.goto("/")
    phone.get_by_text("Tout le programme").click()
    expect(phone.get_by_role("heading", name="Les haies du bocage")).to_be_visible()


def test_a_file_of_contributions_is_previewed_corrected_and_imported(desk):
    page = desk("rural")
    page.goto(f"{ROOM}/import")
    wrong = "texte;personnes\nUne épicerie mobile;beaucoup\n;2\n"
    right = "texte;personnes\nUne épicerie mobile;4\n"
    for words in (wrong, right):
        page.get_by_label("Fichier CSV, XLSX ou ODS").set_input_files(file_of(words, "notes.csv"))
        page.get_by_role("button", name="Voir ce que le fichier contient").click()
        expect(page.get_by_role("region", name="Les lignes à vérifier")).to_be_visible()
        if words == wrong:
            expect(page.get_by_text("2 lignes sont à corriger")).to_be_visible()
            expect(page.get_by_text("le texte est vide")).to_contain_text("Ligne 3")
            page.get_by_role("link", name="Choisir un autre fichier").click()
    page.get_by_role("button", name=re.compile("Importer 1")).click()
    said(page, "Contributions importées\u00a0: 1")


def test_one_reacts_to_an_item_between_two_dates(desk, new_page):
    steering = desk("commissaire")
    phone = new_page(viewport={"width": 390, "height": 844})
    phone.goto("/feuille-de-route/")
    phone.locator("article.sm-item h3 a").first.click()
    expect(phone.get_by_role("heading", name="Réagir")).to_have_count(0)
    address = phone.url
    # The demonstration's published items are of one group or another: all are opened.
    for number in range(3):
        steering.goto("/pilotage/versions")
        steering.get_by_role("link", name="Régler les réactions").nth(number).click()
        steering.get_by_label("Fin").fill("2020-01-01T18:00")
        steering.get_by_role("button", name="Enregistrer les dates").click()
        expect(steering.get_by_role("alert")).to_contain_text("déjà passée")
        steering.get_by_label("Fin").fill("2099-05-31T18:00")
        steering.get_by_role("button", name="Enregistrer les dates").click()
        said(steering, "Dates enregistrées")
    phone.goto(address)
    expect(phone.get_by_text("jusqu’au 31")).to_be_visible()
    phone.get_by_label("Que pensez-vous de cette action").fill("Et pour la Mayenne ?")
    phone.get_by_role("button", name="Envoyer ma réaction").click()
    expect(phone.get_by_role("heading", name="Merci, votre idée est bien reçue")).to_be_visible()
    # The window closes while somebody writes: refused, and no word is lost.
    phone.goto(address)
    phone.get_by_label("Que pensez-vous de cette action").fill("Une idée écrite trop tard")
    for number in range(3):
        steering.goto("/pilotage/versions")
        steering.get_by_role("link", name="Régler les réactions").nth(number).click()
        steering.get_by_role("button", name="Fermer les réactions").click()
        said(steering, "Réactions fermées")
    phone.get_by_role("button", name="Envoyer ma réaction").click()
    expect(phone.get_by_role("alert")).to_contain_text("ne reçoit pas d’idées")
    expect(phone.get_by_role("textbox")).to_have_value("Une idée écrite trop tard")


def test_a_stand_inspires_a_visitor_and_its_organisation_reads_it(desk, new_page):
    words = "Le même garage pour les apprentis"
    phone = new_page(viewport={"width": 390, "height": 844})
    phone.goto("/a/E6PGW3")
    phone.get_by_role("textbox").fill(words)
    phone.get_by_label("Pour quel territoire").select_option("53")
    phone.get_by_label("Pour quel thème").select_option("acces-aux-droits")
    phone.get_by_role("button", name="Envoyer mon idée").click()
    expect(phone.get_by_role("heading", name="Merci, votre idée est bien reçue")).to_be_visible()
    page = desk("commissaire")
    page.goto("/animation/ateliers/E6PGW3")
    page.get_by_role("link", name="Relire").first.click()
    page.get_by_role("button", name="Publier les contributions cochées").click()
    said(page, "publiées")
    page.goto("/animation/ateliers/E6PGW3/inspirations")
    page.get_by_role("button", name="Créer l’adresse de l’organisme").click()
    phone.goto(page.get_by_role("link", name="à son adresse").get_attribute("href"))
    assert Axe().run(phone).response["violations"] == []
    voice = phone.locator("li", has_text=words)
    expect(voice).to_contain_text("Mayenne")
    expect(voice).to_contain_text("Accès aux droits")


def test_what_is_typed_is_kept_by_the_buttons_that_change_a_state(new_page):
    page = new_page(viewport={"width": 390, "height": 844})
    people.sign_in(page, "commissaire")
    page.goto("/copil/reunions/")
    page.get_by_role("link", name="10 octobre 2024").first.click()
    page.get_by_label("Présents").fill("DREETS")
    page.get_by_label("Ce qui s’est dit").fill("Le comité revoit les transports.")
    page.get_by_role("button", name="Relire avant d’arrêter").click()
    expect(page.get_by_text("Le comité revoit les transports.")).to_be_visible()
    page.wait_for_load_state()  # the styles have come
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.get_by_role("button", name="Arrêter le compte rendu").click()
    people.told(page, "Compte rendu arrêté")
    expect(page.get_by_text("Le comité revoit les transports.")).to_be_visible()

    page.goto("/pilotage/")
    page.locator("tbody tr").filter(has_text="soumise").first.locator("th a").click()
    page.get_by_label("Objectif").fill("Un objectif tout juste écrit.")
    page.get_by_role("button", name="Remettre en brouillon").click()
    people.told(page, "La fiche est maintenant")
    expect(page.get_by_label("Objectif")).to_have_value("Un objectif tout juste écrit.")
