"""The guard in Chromium: the same findings as the server, kept for when there is no network."""

from nlp import find_personal_data
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
