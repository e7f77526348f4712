"""Somebody who knows the hand groups of notes, and sorts them with the keys of the screen alone.

The driver chooses only from what the screen shows: a group is recognised by the notes quoted under
its title, or by the title that it had when the driver made it.
"""

import logging
import re
import string
import tempfile
import threading
import time
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from unittest import mock

from werkzeug.serving import make_server

from tests import builders
from tests.e2e import people
from tests.e2e.conftest import in_one_piece
from webapp import create_app
from webapp.config import Config
from webapp.platform import schema
from webapp.platform.extensions import db, jobs, transaction
from webapp.review import analysis, clusters
from webapp.review.ledger import read_ledger

TRIAGE = f"/revue/{builders.GROUP}/trier"
_ALONE = "alone-"
# What the screen shows: the note, and the notes quoted under each number.
_READ = """() => ({
  note: document.querySelector(".sm-note__words").innerText,
  offers: [...document.querySelectorAll(".sm-offer")].map((offer) => [
    offer.querySelector("kbd").innerText,
    [...offer.querySelectorAll("li")].map((quoted) => quoted.innerText),
  ]),
})"""
# The next note has the focus, or nothing is left. Chromium drops keys until it has painted a page.
NEXT = """before => location.href !== before && document.readyState === "complete"
  && performance.getEntriesByName("first-contentful-paint").length > 0
  && (!document.getElementById("note") || document.activeElement.id === "note")"""
_LETTERS = string.ascii_uppercase.translate({ord("I"): None, ord("O"): None})


@dataclass(slots=True)
class Sorted:
    """What sorting took; ``seconds`` are those from a key to the next note."""

    notes: int
    keys: int = 0
    searches: int = 0
    seconds: list[float] = field(default_factory=list)


def sort(page, consultation):
    """Sort every note of a consultation, workshop by workshop; the page is left at the end."""
    sign_in(page)
    page.goto(f"{TRIAGE}?ordre=atelier")
    before = page.url
    page.get_by_role("button", name="Commencer").press("Enter")
    page.wait_for_function(NEXT, arg=before)
    driver = Driver(page, consultation)
    while page.locator("#note").count():
        driver.decide()
    return driver.done


class Driver:
    """Decides about the note that the screen shows."""

    def __init__(self, page, consultation):
        pairs = zip(consultation.texts, consultation.labels, strict=True)
        self._page = page
        self._labels = {_line(text): label for text, label in pairs}
        self._titles = {}
        self.done = Sorted(len(consultation.texts))

    def decide(self):
        """Press what places the note of the screen in its hand group."""
        page = self._page
        screen = page.evaluate(_READ)
        label = self._label(screen["note"])
        before, start = page.url, time.perf_counter()
        made = label not in self._titles and not label.startswith(_ALONE)
        if label.startswith(_ALONE):
            self._press("i")
        elif made:
            self._press("n")
        elif number := self._number_of(label, screen["offers"]):
            self._press(number)
        else:
            self._search(self._titles[label])
        page.wait_for_function(NEXT, arg=before)
        self.done.seconds.append(time.perf_counter() - start)
        if made:
            told = page.evaluate("document.getElementById('messages').textContent")
            self._titles[label] = re.search(r"«\s(.*)\s»", told)[1]

    def _number_of(self, label, offers):
        """Return the number of the group whose quoted notes are of this hand group."""
        quoted = {number: {self._label(text) for text in texts} for number, texts in offers}
        return next((number for number, labels in quoted.items() if label in labels), None)

    def _search(self, title):
        """Type as few letters of a title as it takes for it to come first, then Enter."""
        self.done.searches += 1
        self._press("/")
        first = self._page.locator("[data-found] li:not([hidden]) button").first
        for letter in max(title.split(), key=len):
            self._press(letter)
            if first.inner_text().startswith(title):
                break
        self._press("Enter")

    def _label(self, shown):
        """Return the hand group of a note, shown whole or by its first words."""
        line = _line(shown).removesuffix("...")
        if line in self._labels:
            return self._labels[line]
        return next(label for text, label in self._labels.items() if text.startswith(line))

    def _press(self, key):
        self.done.keys += 1
        keyboard = self._page.keyboard
        (keyboard.press if key.isascii() else keyboard.insert_text)(key)


@contextmanager
def served(consultation):
    """Serve a working group whose notes are compared and not grouped; give its final state too."""

    def prepare():
        with transaction() as session:
            _fill(session, consultation)
            group_id = builders.group(session).id
        analysis.compare_notes(transaction, group_id=group_id)
        return group_id

    with serving(prepare) as (address, app, group_id):
        yield address, lambda: _outcome(app, group_id)


@contextmanager
def serving(prepare):
    """Serve an empty instance once ``prepare`` has filled it; give the address, app and result.

    The worker does nothing afterwards: its reading of groups is not what a person waits for.
    """
    with tempfile.TemporaryDirectory() as folder, mock.patch.object(jobs, "enqueue"):
        app = create_app(Config(instance_path=Path(folder), secret_key="x" * 40, testing=True))
        with app.app_context():
            schema.upgrade(db.engine)
            made = prepare()
        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        server = make_server("127.0.0.1", 0, in_one_piece(app), threaded=True)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}", app, made
        finally:
            server.shutdown()
            server.server_close()
            thread.join()
            with app.app_context():
                db.session.remove()
                db.engine.dispose()


def _fill(session, consultation):
    """Publish the notes of a set, in the order in which they came."""
    actor = builders.user(session)
    workshops = {}
    for text, context in zip(consultation.texts, consultation.contexts, strict=True):
        if context.workshop not in workshops:
            workshops[context.workshop] = "ABCDE" + _LETTERS[len(workshops)]
            builders.workshop(session, code=workshops[context.workshop])
        table, code = context.table or "", workshops[context.workshop]
        builders.published(session, text, actor=actor, code=code, table_label=table)


def _outcome(app, group_id):
    """Return the groups of notes, as sets; fail if the ledger does not close or a note is left."""
    with app.app_context(), transaction() as session:
        ledger = read_ledger(session, group_ids=[group_id])
        assert ledger.closes
        assert ledger.total.outcomes["pending"] == 0
        return {
            frozenset(_line(member.excerpt.shown_text) for member in cluster.members)
            for cluster in clusters.list_clusters(session, group_id=group_id)
        }


def by_hand(consultation):
    """Return the hand groups of notes, as sets; a note alone is in none."""
    found = defaultdict(set)
    for text, label in zip(consultation.texts, consultation.labels, strict=True):
        if not label.startswith(_ALONE):
            found[label].add(_line(text))
    return {frozenset(texts) for texts in found.values()}


def sign_in(page):
    """Sign in as the facilitator of the working group."""
    page.goto("/connexion")
    people.painted(page)
    page.get_by_label("Adresse électronique").fill("animation@example.org")
    page.get_by_label("Mot de passe").fill(builders.PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Se connecter").click()
    page.wait_for_url("**/animation/**")


def _line(text):
    return " ".join(text.split())
