"""The commissioner's desk: navigation, what waits, the table and its file, cards by state."""

import csv
import io

import pytest

from tests import builders
from tests.functional.browsing import post, read
from webapp.platform.extensions import db, transaction
from webapp.roadmap import items
from webapp.roadmap.models import ItemStatus
from webapp.roadmap.views.navigation import SECTIONS

HOME = "/pilotage/"
CARDS = f"{HOME}?vue=etats"


@pytest.fixture
def chief(things, browser_of):
    """The browser of the person in charge."""
    return browser_of("commissaire")


def rows(client, query=""):
    """Return the lines of the exported table, as dictionaries."""
    answer = client.get(f"/pilotage/fiches.csv{query}")
    text = answer.get_data().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_every_page_of_the_desk_says_where_it_is(app, chief):
    with app.test_request_context():
        pages = [(s.label, app.url_for(link.endpoint)) for s in SECTIONS for link in s.links]
    assert len(pages) > len(SECTIONS)
    for label, address in pages:
        answer = chief.get(address)
        assert answer.status_code == 200, address
        tags = [attrs for tag, attrs in read(answer).tags if tag == "a" and "aria-current" in attrs]
        marked = [attrs for attrs in tags if attrs.get("class") == "sm-tabs__link"]
        first = next(url for name, url in pages if name == label)
        assert first in {attrs["href"] for attrs in marked}, address


def test_who_does_not_steer_has_no_navigation_of_the_desk(browser_of, things):
    for name in ("copil", "animation"):
        page = read(browser_of(name).get("/copil/" if name == "copil" else "/animation/"))
        assert "/pilotage/versions" not in page.links
    assert (
        "/pilotage/versions" not in read(browser_of("commissaire").get("/feuille-de-route/")).links
    )


def test_what_waits_leads_to_the_table_that_shows_it(app, chief):
    page = read(chief.get(HOME))
    links = [link for link in page.links if "attente=" in link]
    assert links
    for link in links:
        query = link.partition("?")[2]
        told = read(chief.get(link))
        count = len(rows(chief, f"?{query}"))
        assert count
        assert f"{count}\xa0fiche" in told.text


def test_the_file_holds_the_rows_shown_in_their_order(app, chief):
    whole = rows(chief, "?tri=-reference")
    references = [row["Référence"] for row in whole]
    assert references == sorted(references, reverse=True)
    assert len(references) > 1
    words = rows(chief, f"?q={references[0]}")
    assert [row["Référence"] for row in words] == references[:1]
    page = chief.get(f"{HOME}?tri=-reference&etat=adopted")
    assert 'aria-sort="descending"' in page.text
    adopted = rows(chief, "?tri=-reference&etat=adopted")
    assert adopted
    assert {row["État"] for row in adopted} == {"adoptée"}
    told = read(page).text
    assert all((row["Référence"] in told) is (row in adopted) for row in whole)
    assert "/pilotage/fiches.csv?etat=adopted&tri=-reference" in read(page).links


@pytest.mark.parametrize(
    "query",
    ["?tri=x&etat=x&axe=x&pilote=x&groupe=x&priorite=x&attente=x&vue=x", "?q=%00", "?tri=-"],
)
def test_values_that_nothing_offers_are_ignored(chief, query):
    assert chief.get(f"{HOME}{query}").status_code == 200
    assert chief.get(f"/pilotage/fiches.csv{query}").status_code == 200


def test_nothing_found_says_so_and_the_filters_are_cleared(chief):
    page = read(chief.get(f"{HOME}?q=introuvable&tri=lead"))
    assert "Aucune fiche ne correspond" in page.text
    assert f"{HOME}?tri=lead" in page.links


def card(app, public_id):
    with app.app_context():
        found = items.get_item(db.session(), public_id=public_id)
        return f"{public_id} {found.version}", found.status


def move(app, client, public_id, target):
    fields = {"card": card(app, public_id)[0], "target": target}
    return post(client, "/pilotage/fiches/deplacer", CARDS, **fields)


@pytest.fixture
def complete(app, things):
    """The public identifier of a complete draft."""
    with app.app_context(), transaction() as session:
        actor = builders.find_user(session, "commissaire@example.org")
        return builders.item(session, actor=actor).public_id


def test_a_card_moves_to_a_state_that_may_follow(app, chief, complete):
    answer = move(app, chief, complete, "submitted")
    assert (answer.status_code, answer.location) == (303, f"{CARDS}#fiche-{complete}")
    assert card(app, complete)[1] is ItemStatus.SUBMITTED


@pytest.mark.parametrize(
    ("target", "why"),
    [("done", "Ce changement n’est pas possible"), ("draft", "Ce changement n’est pas possible")],
)
def test_a_card_that_may_not_move_says_why(app, chief, complete, target, why):
    answer = move(app, chief, complete, target)
    assert why in read(chief.get(answer.location)).text
    assert card(app, complete)[1] is ItemStatus.DRAFT


def test_a_draft_that_lacks_fields_is_not_submitted_and_says_which(app, chief, things):
    answer = move(app, chief, things["item"], "submitted")
    assert "Remplissez d’abord" in read(chief.get(answer.location)).text
    assert card(app, things["item"])[1] is ItemStatus.DRAFT


def test_abandoning_leads_to_the_page_where_the_reason_is_written(app, chief, complete):
    answer = move(app, chief, complete, "abandoned")
    assert answer.location == f"/pilotage/fiches/{complete}#etat"
    assert "Il manque une raison" in read(chief.get(answer.location)).text
    assert card(app, complete)[1] is ItemStatus.DRAFT


def test_a_card_that_somebody_changed_since_does_not_move(app, chief, complete):
    with app.app_context(), transaction() as session:
        items.get_item(session, public_id=complete).resources = "Un car"
    fields = {"card": f"{complete} 1", "target": "submitted"}
    answer = post(chief, "/pilotage/fiches/deplacer", CARDS, **fields)
    assert "Une autre personne a modifié" in read(chief.get(answer.location)).text


@pytest.mark.parametrize("fields", [{}, {"card": "x 1", "target": "done"}, {"target": "x"}])
def test_a_card_that_does_not_exist_is_refused(chief, fields):
    answer = post(chief, "/pilotage/fiches/deplacer", CARDS, **fields)
    assert answer.status_code in {400, 404}


def test_late_is_written_wherever_items_are_listed(app, chief, things, complete):
    with app.app_context(), transaction() as session:
        found = items.get_item(session, public_id=complete)
        found.due_date = found.due_date.replace(year=2020)
    for page in (HOME, CARDS, f"{HOME}?vue=calendrier", f"/pilotage/fiches/{complete}", "/copil/"):
        assert "en retard" in read(chief.get(page)).text.split("peu importe")[-1], page
