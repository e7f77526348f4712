"""The campaign itself: a region that has lived, and the corpus sent through its every form."""

import os

from tests import builders
from tests.attack import payloads
from tests.attack.crawler import Campaign
from tests.functional.browsing import publish, read
from tests.functional.region import PEOPLE
from webapp.platform.extensions import transaction

LONG = bool(os.environ.get("ATTACK"))
ROUNDS = 4 if LONG else 1
# Without these nobody could go on: each is tried by tests of its own.
# « entree » does what one of the buttons of its form does: each of them is sent.
SPARED = ("entree", "deconnexion", "appareil", "desactiver", "mot-de-passe")
# The commissioner opens every page and form of the staff; ``make attack`` goes as everyone.
VISITORS = ("anonymous", "commissaire", *(sorted({*PEOPLE} - {"commissaire"}) if LONG else ()))


def readable(app, address):
    """Return the address of every page."""
    return [address(rule) for rule in app.url_map.iter_rules() if "GET" in rule.methods]


def attack(app, address, browser_of):
    """Say the corpus, send it through every form, and return the campaign that did it."""
    corpus = payloads.scripts() if LONG else payloads.some_scripts(240)
    with app.app_context(), transaction() as session:
        actor = builders.find_user(session, "commissaire@example.org")
        for start in range(0, len(corpus), 10):
            builders.published(session, "\n".join(corpus[start : start + 10]), actor=actor)
    campaign = Campaign(corpus)
    for name in VISITORS:
        _send_all(campaign, browser_of(name), readable(app, address))
    assert publish(browser_of("commissaire")).status_code == 303
    return campaign


def _send_all(campaign, client, seeds):
    token = read(client.get("/connexion")).value("csrf_token")
    found = (form for form in campaign.crawl(client, seeds) if not _is_spared(form))
    # A group asks for a title to be accepted only as long as nobody has given it one.
    forms = sorted(found, key=lambda form: (form.ends, "accepter" not in form.action))
    for number in range(ROUNDS):
        last = LONG and number == ROUNDS - 1
        for form in forms:
            if last or not form.ends:
                campaign.send(client, form, token)


def _is_spared(form):
    return any(word in form.action for word in SPARED)
