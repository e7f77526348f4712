"""What a browser leaves behind: nothing of its address or of its name, nothing once it has sent."""

import json
import re
from urllib.parse import unquote

import pytest
from playwright.sync_api import expect

from tests.e2e import people
from tests.e2e.conftest import served

ADDRESS = "203.0.113.77"  # of documentation: nobody has it
AGENT = "NavigateurMarque/77.31"
IDEA = "Ouvrir une recyclerie de vélos à Baugé (idée marquée)"
MARKS = (ADDRESS, AGENT, "NavigateurMarque")


@pytest.fixture
def marked(browser, demonstration):
    """Open pages on an instance of its own, behind a proxy that tells a marked address."""
    folder = demonstration("marked")
    with served(folder, SEMAILLES_PROXY_HOPS="1") as address:
        contexts = []

        def opened():
            contexts.append(
                browser.new_context(
                    base_url=address,
                    locale="fr-FR",
                    user_agent=AGENT,
                    extra_http_headers={"X-Forwarded-For": ADDRESS},
                    accept_downloads=True,
                )
            )
            contexts[-1].set_default_timeout(30_000)
            return contexts[-1].new_page()

        opened.folder = folder
        yield opened
        for context in contexts:
            context.close()


def held(folder):
    """Which files hold a mark; every byte of the instance is read, its log and its jobs too."""
    found = {}
    for path in folder.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        marks = [mark for mark in MARKS if mark.encode() in content]
        if marks:
            found[path.name] = marks
    return found


def test_check_46_no_trace_of_an_address_or_of_a_browser(marked):
    phone, desk, chief = marked(), marked(), marked()
    assert phone.evaluate("navigator.userAgent") == AGENT
    follow = people.speak(phone, "V5LHC4", IDEA)
    phone.goto("/a/V5LHC4")
    phone.get_by_role("textbox").fill("Appelez Mme Josiane Vé au 06 39 98 12 34")
    phone.get_by_role("button", name="Envoyer mon idée").click()
    # The browser's guard stops the press, or the server's when the rules have not come yet.
    expect(phone.locator("[data-guard]")).to_be_visible(timeout=30_000)
    for wrong in ("/a/ZZZZZZ", "/suivi/AAAABBBBCCCC", "/api/fiches?page=abc", "/rien"):
        phone.goto(wrong)
    phone.goto("/connexion")
    people.painted(phone)
    phone.get_by_label("Adresse électronique").fill("personne@example.org")
    phone.get_by_label("Mot de passe").fill("ce n’est pas le bon")
    phone.get_by_role("main").get_by_role("button", name="Se connecter").click()

    people.sign_in(desk, "rural")
    people.open_queue(desk, "Précarité en milieu rural")
    people.publish_all(desk)
    desk.goto("/revue/precarite-rurale")
    people.launch_analysis(desk)
    expect(desk.get_by_text(re.compile("Dernière analyse le"))).to_be_visible(timeout=120_000)
    desk.goto("/animation/ateliers/V5LHC4/import")
    broken = {"name": "casse.xlsx", "mimeType": "application/zip", "buffer": b"PK broken"}
    desk.get_by_role("main").locator("input[type=file]").set_input_files(broken)
    desk.get_by_role("main").locator("form button").first.click()

    people.sign_in(chief, "commissaire")
    chief.goto("/pilotage/")
    people.publish(chief)
    expect(chief.get_by_text(re.compile(r"Version \d+ publiée"))).to_be_visible()
    chief.goto("/pilotage/documents")
    chief.get_by_role("button", name="Produire les documents").click()
    expect(chief.get_by_role("link", name="Tout télécharger (ZIP)")).to_be_visible(timeout=120_000)
    with chief.expect_download() as download:
        chief.get_by_role("link", name="Tout télécharger (ZIP)").click()
    download.value.save_as(marked.folder / "documents.zip")

    # What was done left its traces where it should: the words are there, the log has lines.
    assert IDEA.encode() in b"".join(
        p.read_bytes() for p in marked.folder.glob("semailles.sqlite*")
    )
    phone.goto(follow)
    expect(phone.get_by_text("Relue et publiée")).to_be_visible()
    assert {p.name for p in marked.folder.iterdir()} >= {"log", "jobs.sqlite", "documents.zip"}
    assert held(marked.folder) == {}


STORED = """() => new Promise((resolve, reject) => {
  const request = indexedDB.open("semailles", 1);
  request.onupgradeneeded = () => request.result.createObjectStore("envois", { keyPath: "key" });
  request.onerror = () => reject(request.error);
  request.onsuccess = () => {
    const all = request.result.transaction("envois").objectStore("envois").getAll();
    all.onsuccess = () => { request.result.close(); resolve(all.result); };
  };
})"""


CACHED = """async () => {
  const answers = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const one of await cache.keys()) answers.push(await (await cache.match(one)).text());
  }
  return answers;
}"""


def write_without_network(phone, idea):
    """Write an idea that has to wait."""
    phone.goto("/a/H7KQ4M")
    phone.evaluate("navigator.serviceWorker.ready.then(() => true)")
    phone.context.set_offline(True)
    phone.get_by_role("textbox").fill(idea)
    phone.get_by_role("button", name="Envoyer mon idée").click()
    expect(phone.get_by_role("main").get_by_text("1 idée en attente d’envoi")).to_be_visible()


def test_check_48_the_queue_holds_ones_own_words_until_they_are_received(phone):
    idea = "Un abri pour attendre le car, écrit sans réseau"
    write_without_network(phone, idea)
    (kept,) = phone.evaluate(STORED)
    assert kept["fields"]["body"] == idea
    allowed = {"key", "url", "fields", "late", "code", "label", "at", "name"}
    assert set(kept) <= allowed
    assert not {"email", "csrf_token", "token"} & set(kept["fields"])
    phone.context.set_offline(False)
    sent = phone.get_by_role("main").get_by_text("Idée envoyée.")
    expect(sent).to_be_visible(timeout=60_000)
    assert phone.evaluate(STORED) == []
    assert idea not in phone.evaluate("JSON.stringify({ ...localStorage, ...sessionStorage })")


def test_each_idea_that_waited_gives_its_receipt_once_it_has_left(phone):
    write_without_network(phone, "Un premier banc, écrit sans réseau")
    phone.get_by_role("textbox").fill("Un second banc, écrit sans réseau")
    phone.get_by_role("button", name="Envoyer mon idée").click()
    expect(phone.get_by_role("main").get_by_text("2 idées en attente d’envoi")).to_be_visible()
    phone.context.set_offline(False)
    receipts = phone.get_by_role("link", name="Voir son reçu")
    expect(receipts).to_have_count(2, timeout=60_000)
    first, second = (link.get_attribute("href") for link in receipts.all())
    assert first != second


def test_check_48_effacer_drops_what_waits(phone):
    write_without_network(phone, "Une idée que je n’enverrai pas")
    phone.once("dialog", lambda asked: asked.dismiss())
    phone.get_by_role("button", name="Effacer").click()
    assert len(phone.evaluate(STORED)) == 1
    phone.once("dialog", lambda asked: asked.accept())
    phone.get_by_role("button", name="Effacer").click()
    expect(phone.get_by_role("main").get_by_text("en attente d’envoi")).to_have_count(0)
    assert phone.evaluate(STORED) == []
    phone.context.set_offline(False)


def test_on_a_shared_device_the_next_person_reads_nothing_of_the_one_before(phone):
    idea, draft = "Une navette pour le marché (première personne)", "Un mot commencé, pas envoyé"
    phone.goto("/a/E6PGW3")
    phone.get_by_role("textbox").fill("Un brouillon d’avant le partage")
    phone.get_by_role("link", name="Appareil partagé").click()
    phone.get_by_role("button", name="Utiliser cet appareil à plusieurs").click()
    words, done = phone.get_by_role("textbox"), phone.get_by_role("button", name="J’ai fini")
    expect(words).to_have_value("")
    words.fill(idea)
    phone.get_by_role("button", name="Envoyer mon idée").click()
    expect(phone.get_by_role("heading", name="Merci")).to_be_visible()
    code = phone.locator("[data-copy]").inner_text()
    assert code.replace("-", "") not in phone.url
    done.click()
    expect(words).to_have_value("")
    phone.wait_for_load_state("load")  # the script has run
    words.fill(draft)
    phone.reload()
    expect(words).to_have_value(draft)  # the same person, in the same tab
    done.click()

    def reads_nothing():
        page = phone.content() + phone.evaluate("document.querySelector('textarea')?.value ?? ''")
        kept = page + phone.evaluate("JSON.stringify({ ...localStorage, ...sessionStorage })")
        kept += json.dumps([*phone.evaluate(STORED), *phone.evaluate(CACHED)])
        kept += unquote(json.dumps(phone.context.cookies()))
        for said in (idea, draft, "d’avant le partage", code, code.replace("-", "")):
            assert said not in kept

    expect(words).to_have_value("")
    reads_nothing()
    pages = phone.evaluate("history.length") - 2  # this one, and the blank one of the start
    assert pages >= 3
    for _ in range(pages):
        phone.go_back()
        reads_nothing()
    for address in ("/mes-idees", f"/suivi/{code}", f"/suivi?code={code}", f"/recu/{code}"):
        phone.goto(address)
        assert idea not in phone.content()
    phone.goto("/a/E6PGW3")
    phone.reload()
    expect(words).to_have_value("")
    reads_nothing()


def test_an_idea_that_waits_on_a_shared_device_leaves_unseen(phone):
    idea = "Un banc, écrit sans réseau sur la tablette"
    phone.goto("/a/E6PGW3/appareil")
    phone.get_by_role("button", name="Utiliser cet appareil à plusieurs").click()
    phone.evaluate("navigator.serviceWorker.ready.then(() => true)")
    phone.reload()  # under the worker, which keeps the empty form
    phone.wait_for_function("caches.match('/a/E6PGW3').then(Boolean)")
    phone.context.set_offline(True)
    phone.get_by_role("textbox").fill(idea)
    phone.get_by_role("button", name="Envoyer mon idée").click()
    expect(phone.locator(".sm-send").get_by_text("1 idée attend le réseau")).to_be_visible()
    phone.get_by_role("button", name="J’ai fini").click()
    expect(phone.locator(".sm-send").get_by_text("1 idée attend le réseau")).to_be_visible()
    expect(phone.get_by_role("textbox")).to_have_value("")
    expect(phone.get_by_text(idea)).to_have_count(0)
    phone.context.set_offline(False)
    expect(phone.locator("[data-queue]")).to_be_hidden(timeout=60_000)
    assert phone.evaluate(STORED) == []
    expect(phone.get_by_role("link", name="Voir son reçu")).to_have_count(0)
    phone.goto("/mes-idees")
    assert idea not in phone.content()
