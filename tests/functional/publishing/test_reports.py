"""What goes back: one workshop on a page, the synthesis of a group, agreement with the machine."""

import re

import pytest

from tests import builders
from tests.functional.browsing import groups_on, post, read
from webapp.accounts.models import Role
from webapp.collection.models import Concerned, DecisionKind
from webapp.platform.extensions import transaction
from webapp.territory.models import Territory

BOARD = f"/revue/{builders.GROUP}"
REPORT = "/animation/ateliers/ABCDEF/restitution"


@pytest.fixture
def heard(app, staff):
    """Two groups, one accepted; an idea alone, one that waits, one set aside."""
    with app.app_context(), transaction() as session:
        actor = builders.find_user(session, "animation@example.org")
        details = {"territory": Territory.SARTHE, "concerned": Concerned.YES}
        said = [builders.published(session, w, actor=actor, **details) for w in builders.IDEAS]
        builders.cluster(session, *said[:3], title="Des bus")
        builders.cluster(session, *said[3:5], title="Des interprètes")
        waiting = builders.contribution(session, "Pas encore relu")
        aside = builders.contribution(session, "Une insulte")
        builders.decide(session, aside, DecisionKind.SET_ASIDE, actor=actor, reason="Insulte")
        return waiting.id


def test_a_workshop_reads_the_same_evening_what_it_said(staff, heard):
    page = read(staff.get(REPORT)).text
    assert page.index("Des bus") < page.index("Des interprètes")
    assert builders.IDEAS[0] in page
    assert "2 idées à part" in page
    assert "9\u00a0contributions reçues, dont 3 à traiter" in page
    assert "Pas encore relu" not in page
    assert "insulte" not in page
    assert "titre provisoire" in page
    assert REPORT in staff.get("/animation/ateliers/ABCDEF").text


def test_a_workshop_without_a_word_says_what_to_do(app, staff):
    assert "Rien n’a encore été relu" in read(staff.get(REPORT)).text


def test_a_synthesis_says_what_was_kept_and_who_spoke(staff, heard):
    url = groups_on(staff.get(BOARD))[0]
    assert "Aucun regroupement accepté" in read(staff.get(f"{BOARD}/synthese")).text
    post(staff, f"{url}/accepter", url, title="Un titre à nous")
    page = read(staff.get(f"{BOARD}/synthese")).text
    assert "1\u00a0regroupement attend une décision" in page
    assert re.search(r"téléphone\s?9", page)
    # Seven of nine would say that two are elsewhere, and two that they do not live it.
    assert re.search(r"Sarthe\s?non donné", page)
    assert re.search(r"oui\s?non donné", page)
    assert re.search(r"non précisé\s?moins de 5", page)
    assert "un nombre de personnes sous cinq n’est pas donné" in page.casefold()


def test_the_commissioner_sees_what_people_kept(app, staff, heard, browser_of):
    with app.app_context(), transaction() as session:
        builders.user(session, email="commissaire@example.org", role=Role.COMMISSIONER)
    post(staff, f"{BOARD}/analyses", BOARD, granularity="auto")
    first = groups_on(staff.get(BOARD))[0]
    box = re.search(r'name="excerpts" value="([^"]+)"', staff.get(first).text).group(1)
    post(staff, f"{BOARD}/isoler", first, excerpts=box)
    post(staff, f"{first}/titre", first, title="Un titre à nous")
    post(staff, f"{first}/accepter", first)
    page = browser_of("commissaire").get("/pilotage/accord")
    rows = re.findall(r'<tr><th scope="row">Accès aux droits</th>(.*?)</tr>', page.text)
    figures = re.findall(r">([\d\s%—]+)<", rows[0].replace("\u202f", ""))
    assert [f.strip() for f in figures][:2] == ["2", "1"]  # two were nowhere before this run
    assert "Idée laissée isolée" in read(page).text
    post(staff, f"{BOARD}/annuler", BOARD)
    post(staff, f"{BOARD}/annuler", BOARD)
    post(staff, f"{BOARD}/annuler", BOARD)
    again = browser_of("commissaire").get("/pilotage/accord").text
    row = re.findall(r'<tr><th scope="row">Accès aux droits</th>(.*?)</tr>', again)[0]
    assert re.findall(r"<td class=\"sm-num\">(\d+)</td>", row)[1] == "0"
