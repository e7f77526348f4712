"""How many statements the heaviest pages and acts send: no more when there is three times more."""

import pytest

from tests import builders
from tests.functional.browsing import read
from tests.functional.growth import grow, published
from tests.functional.statements import count, statements
from webapp.platform.audit import Actor
from webapp.platform.extensions import transaction
from webapp.review import moves
from webapp.review.models import ReviewAction
from webapp.review.moves import Chosen

SMALL, MORE = 2, 4  # a region that has grown twice, then six times
GROUP = builders.GROUP
# The heaviest pages of a region, with the SELECTs that each may send.
PAGES = {
    "/pilotage/fiches/{item}": 13,
    "/pilotage/fiches/{complete_item}": 14,
    "/pilotage/fiches/{complete_item}/suivi": 13,
    "/pilotage/": 15,
    "/pilotage/?vue=etats": 14,
    "/pilotage/versions": 13,
    "/pilotage/fiches.csv": 12,
    "/pilotage/?vue=calendrier": 14,
    "/pilotage/feuilles/{roadmap}": 13,
    "/copil/reunions/{meeting}": 9,
    "/copil/": 18,
    "/copil/synthese": 15,
    "/feuille-de-route/versions": 8,
    f"/revue/{GROUP}": 13,
    f"/revue/{GROUP}/{{cluster}}": 21,
    f"/revue/{GROUP}/{{accepted}}": 21,
    f"/revue/{GROUP}/trier?note={{excerpt}}": 18,
    f"/revue/{GROUP}/historique": 12,
    f"/revue/{GROUP}/contributions": 11,
    f"/animation/moderation/{GROUP}": 14,
    f"/animation/moderation/{GROUP}?etat=masked": 11,
    "/suivi/{published_receipt}": 15,
    "/suivi/{published_receipt}/donnees": 19,
}


def selects(app, client, things):
    """Return the SELECTs of each page, once what a process keeps is read."""
    found = {}
    for page in PAGES:
        url = page.format_map(things)
        assert client.get(url).status_code == 200, url
        with statements(app) as seen:
            client.get(url)
        found[page] = count(seen)
    return found


def test_a_page_asks_the_database_no_more_when_there_is_three_times_more(app, things, browser_of):
    client = browser_of("commissaire")
    with app.app_context(), transaction() as session:
        grow(session, things, SMALL)
    few = selects(app, client, things)
    with app.app_context(), transaction() as session:
        grow(session, things, MORE)
    many = selects(app, client, things)
    assert len(many) > 10
    assert {page: (few[page], n) for page, n in many.items() if n > few[page]} == {}
    assert {page: n for page, n in many.items() if n > PAGES[page]} == {}


@pytest.fixture
def send(app, things, browser_of, asked_jobs):
    """Send a form and return the statements of the request; jobs wait."""
    client = browser_of("commissaire")

    def sent(url, **fields):
        token = read(client.get("/")).value("csrf_token")
        with statements(app) as seen:
            answer = client.post(url, data={"csrf_token": token, **fields})
        assert answer.status_code == 303
        return seen

    return sent


def test_publishing_eight_contributions_takes_the_statements_of_one(app, send):
    taken = []
    for size in (1, 8):
        with app.app_context(), transaction() as session:
            waiting = [
                builders.contribution(session, f"Un banc {n}").public_id for n in range(size)
            ]
        url = f"/animation/moderation/{GROUP}/publier"
        taken.append(len(send(url, contributions=waiting)))
    assert taken[1] <= taken[0] <= 13


def a_move(session, person, size):
    """Move one idea of each of ``size`` groups into a new group."""
    ideas = published(session, person, *(f"Un banc {n} sur {size}" for n in range(2 * size)))
    pairs = [ideas[n : n + 2] for n in range(0, 2 * size, 2)]
    origins = [builders.cluster(session, *pair, title=pair[0].body) for pair in pairs]
    seen = {pair[0].excerpts[0].id: origin.id for pair, origin in zip(pairs, origins, strict=True)}
    moves.move_to_new(
        session,
        chosen=Chosen(seen=seen),
        title="Des bancs",
        group_id=origins[0].working_group_id,
        actor=Actor(id=person.id, now=builders.NOW),
    )


def a_redaction(session, person, size):
    """Set aside an idea that the titles of ``size`` groups quote: all are redacted."""
    body = f"Un abri pour les vélos devant la gare numéro {size}"
    idea, *others = published(session, person, body, *(f"Un vélo {size}-{n}" for n in range(size)))
    for other in others:
        builders.cluster(session, other, title=body)
    moves.set_aside(
        session,
        excerpt=idea.excerpts[0],
        actor=Actor(id=person.id, now=builders.NOW),
        reason="Doublon",
    )


@pytest.mark.parametrize(("act", "bound"), [(a_move, 22), (a_redaction, 28)])
def test_undoing_an_act_on_eight_groups_reads_as_often_as_on_one(app, send, act, bound):
    taken, edits = [], []
    for size in (1, 8):
        with app.app_context(), transaction() as session:
            act(session, builders.find_user(session, "commissaire@example.org"), size)
            last = session.query(ReviewAction).order_by(ReviewAction.id.desc()).first()
            number = last.id
            edits.append(len(last.edits) + len(last.moves))
        taken.append(count(send(f"/revue/{GROUP}/historique/annuler", action=number)))
    assert edits[1] > edits[0]
    assert taken[1] <= taken[0] <= bound
