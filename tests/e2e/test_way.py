"""The whole way of one contribution in a real browser, with JavaScript and without."""

import contextlib
import csv
import json
import re
import zipfile

import pytest
from odfdo import Document
from openpyxl import load_workbook
from playwright.sync_api import expect

from tests.e2e import people

PUBLISHED = re.compile("Publiée dans la feuille de route, version")
WAYS = {
    "with-javascript": (True, "V5LHC4", "rural", "Précarité en milieu rural", "precarite-rurale"),
    "without-javascript": (False, "D2RZP7", "droits", "Accès aux droits", "acces-aux-droits"),
}


@contextlib.contextmanager
def held(page, address):
    """Answer nothing at an address: Chromium never gives the picture of a page that reloads."""
    page.route(address, lambda _route: None)
    yield
    page.unroute(address)  # what waited goes


@pytest.mark.parametrize("name", WAYS)
def test_an_idea_goes_all_the_way(new_page, snapshot, tmp_path, name):
    javascript, code, facilitator, group, slug = WAYS[name]
    idea = f"Ouvrir une ligne de car électrique le dimanche entre les bourgs ({name})"
    title = f"Ouvrir des lignes de car le dimanche ({name})"
    phone = new_page(viewport={"width": 390, "height": 844}, java_script_enabled=javascript)
    desk = new_page(viewport={"width": 1280, "height": 900}, java_script_enabled=javascript)

    phone.goto("/")
    snapshot(phone, f"{name}-01-home")
    phone.goto(f"/a/{code}")
    snapshot(phone, f"{name}-02-form")
    follow = people.speak(phone, code, idea)
    snapshot(phone, f"{name}-03-receipt")
    phone.goto(follow)
    expect(phone.get_by_text("Reçue", exact=False).first).to_be_visible()
    snapshot(phone, f"{name}-04-follow-received")

    people.sign_in(desk, facilitator)
    people.open_queue(desk, group)
    expect(desk.get_by_text(idea).first).to_be_visible()
    snapshot(desk, f"{name}-05-moderation")
    people.publish_all(desk)
    phone.reload()
    expect(phone.get_by_text("Relue et publiée")).to_be_visible()

    desk.goto(f"/revue/{slug}")
    with held(desk, "**/avancement"):
        people.launch_analysis(desk)
        if javascript:  # without, the page reloads itself by the clock: no picture can be held
            snapshot(desk, f"{name}-06-progress")
    # Without JavaScript the page asks again by itself.
    expect(desk.get_by_text(re.compile("Dernière analyse le"))).to_be_visible(timeout=60_000)
    snapshot(desk, f"{name}-07-board")

    desk.goto(f"/revue/{slug}/contributions")
    desk.get_by_label("Mots", exact=True).fill(idea)
    desk.get_by_role("button", name="Chercher").click()
    listed = desk.locator("li", has_text=idea).filter(has=desk.get_by_role("checkbox"))
    listed.get_by_role("checkbox").check()
    desk.get_by_label("ou un nouveau, intitulé").fill("Bus")
    desk.get_by_role("button", name="Déplacer").click()
    people.told(desk, "1 contribution placée dans")
    listed.get_by_role("link", name="Bus", exact=True).click()
    desk.get_by_label("Titre du regroupement").fill(title)
    desk.get_by_role("button", name="Renommer", exact=True).click()
    expect(desk.get_by_role("heading", level=1, name=title)).to_be_visible()
    # A person made it and named it: there is nothing to accept.
    expect(desk.get_by_role("button", name="Accepter ce regroupement")).to_have_count(0)
    snapshot(desk, f"{name}-08-cluster")
    desk.get_by_role("button", name="En faire une fiche action").click()
    people.told(desk, "Fiche action créée")
    people.fill_item(desk, title)
    people.count_something(desk)
    snapshot(desk, f"{name}-09-item")
    desk.get_by_role("button", name="Soumettre au COPIL").click()
    people.told(desk, "La fiche est maintenant\u00a0: soumise au COPIL")
    expect(desk.get_by_role("button", name="Adopter")).to_have_count(0)

    commissioner = new_page(viewport={"width": 1280, "height": 900}, java_script_enabled=javascript)
    people.sign_in(commissioner, "commissaire")
    people.have_the_committee_adopt(commissioner, title)
    snapshot(commissioner, f"{name}-14-meeting")
    commissioner.goto("/pilotage/")
    snapshot(commissioner, f"{name}-10-steering")
    people.publish(commissioner)
    people.told(commissioner, re.compile(r"Version \d+ publiée"))

    phone.goto("/feuille-de-route/")
    expect(phone.get_by_role("link", name=title)).to_be_visible()
    snapshot(phone, f"{name}-11-roadmap")
    phone.goto(follow)
    expect(phone.get_by_text(PUBLISHED)).to_be_visible()
    expect(phone.get_by_text("L’action est adoptée")).to_be_visible()
    snapshot(phone, f"{name}-12-follow-published")
    phone.get_by_role("link", name=re.compile("Lire la fiche")).click()
    expect(phone.get_by_role("heading", level=1, name=title)).to_be_visible()
    more = phone.get_by_text(re.compile("autres? sources?"))
    for fold in more.all():  # beyond five sources, the others are folded
        fold.click()
    expect(phone.get_by_text(idea)).to_be_visible()
    expect(phone.get_by_text(re.compile("Dessertes du dimanche.*de 0 à 12,5"))).to_be_visible()
    snapshot(phone, f"{name}-13-item")
    read_back(phone, tmp_path, title)

    # The receipt tells each step, up to what the action reached.
    people.reach_the_target(commissioner, title)
    phone.goto(follow)
    for words in ("est soumise au COPIL", "est adoptée", "est en cours", "est réalisée"):
        expect(phone.get_by_text(words)).to_be_visible()
    expect(phone.get_by_text("Objectif atteint\u00a0: Dessertes du dimanche")).to_be_visible()
    snapshot(phone, f"{name}-15-follow-done")


def read_back(page, folder, title):
    """Download the four files of the issue and find the item in each."""
    page.goto("/feuille-de-route/")
    files = {}
    for name in ("odt", "csv", "xlsx", "json"):
        with page.expect_download() as download:
            page.locator(f"a[href$='/{name}']").click()
        files[name] = folder / download.value.suggested_filename
        download.value.save_as(files[name])
    assert title in Document(str(files["odt"])).body.text_recursive
    with files["csv"].open(encoding="utf-8", newline="") as file:
        assert title in {row["title"] for row in csv.DictReader(file)}
    book = load_workbook(files["xlsx"], read_only=True)
    assert title in {cell for row in book.worksheets[0].values for cell in row}
    book.close()
    snapshot = json.loads(files["json"].read_bytes())
    items = [item for chapter in snapshot["roadmap"]["chapters"] for item in chapter["items"]]
    assert title in {item["title"] for item in items}
    assert zipfile.is_zipfile(files["odt"])
