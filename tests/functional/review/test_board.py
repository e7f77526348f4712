"""What the board shows: groups, lists, map, ledger, runs."""

import re

from tests import builders
from tests.functional import boards
from tests.functional.boards import BOARD, boxes, follow
from tests.functional.browsing import post, read
from tests.functional.forms import forms_of
from tests.nonempty import some
from webapp.collection.models import DecisionKind
from webapp.platform.extensions import transaction
from webapp.review.models import RunState

board = boards.board
colleague = boards.colleague


def test_the_board_shows_each_group_with_its_voices_and_what_is_left(staff, board):
    page = read(staff.get(BOARD)).text
    assert list(board) == ["Des bus", "Des interprètes"]
    assert "3 propositions" in page
    assert "1 contribution à traiter" in page
    assert builders.IDEAS[0] in page
    assert "À traiter (1)" in page


def test_the_list_finds_by_words_place_and_workshop(staff, board):
    def count(query):
        text = read(staff.get(f"{BOARD}/contributions?{query}")).text
        return int(re.search(r"(\d+)\scontributions?", text.split("Les moins sûres")[1]).group(1))

    assert count("") == 7
    assert count("q=INTERPRETE caf") == 3
    assert count("q=licorne") == 0
    assert count("place=grouped") == 6
    assert count("place=pending&workshop=ABCDEF") == 1
    assert count("workshop=ZZZZZZ") == 0
    assert count("territory=49&kind=proposal&concerned=yes") == 0
    assert count("place=nulle-part&doubt=y&page=-3") == 7


def test_the_map_has_a_table_that_says_the_same(staff, board):
    page = staff.get(f"{BOARD}/carte")
    assert page.text.count('class="sm-spot"') == 2
    told = read(page).text
    assert re.search(r"Des bus\s*—\s*3", told)
    assert board["Des bus"] in page.text


def test_opposed_contributions_are_quoted_side_by_side_in_one_group_and_across_two(
    app, staff, board
):
    bus, other = (read(staff.get(board[title])) for title in ("Des bus", "Des interprètes"))
    assert "Avis divergents" not in bus.text + other.text + read(staff.get(BOARD)).text
    boards.oppose(app, builders.IDEAS[0], builders.IDEAS[1])
    boards.oppose(app, builders.IDEAS[1], builders.IDEAS[4])
    bus, other = (read(staff.get(board[title])) for title in ("Des bus", "Des interprètes"))
    shown = bus.text.split("Avis divergents")[1].split("Contributions, les moins sûres")[0]
    for idea in (builders.IDEAS[0], builders.IDEAS[1], builders.IDEAS[4]):
        assert idea in shown
    assert shown.index(builders.IDEAS[0]) < shown.index(builders.IDEAS[4])
    assert "Dans un autre regroupement\u00a0: Des interprètes" in shown
    assert board["Des interprètes"] in bus.links
    # The page of the other group shows its own contribution first.
    shown = other.text.split("Avis divergents")[1].split("Contributions, les moins sûres")[0]
    assert shown.index(builders.IDEAS[4]) < shown.index(builders.IDEAS[1])
    assert "Dans un autre regroupement\u00a0: Des bus" in shown
    assert builders.IDEAS[0] not in shown
    page = read(staff.get(BOARD))
    assert page.text.count("avis divergents") == 2
    assert f"{board['Des bus']}#avis-divergents" in page.links


def test_an_opposition_follows_the_contribution_that_is_moved(app, staff, board):
    boards.oppose(app, builders.IDEAS[1], builders.IDEAS[4])
    (chosen,) = boxes(staff, board["Des bus"], builders.IDEAS[1])
    target = boards.target(board["Des interprètes"])
    post(staff, f"{BOARD}/deplacer", board["Des bus"], excerpts=chosen, target=target)
    assert "Avis divergents" not in read(staff.get(board["Des bus"])).text
    shown = read(staff.get(board["Des interprètes"])).text.split("Avis divergents")[1]
    assert "un même titre ne les dira pas toutes les deux" in shown
    assert "Dans un autre regroupement" not in shown
    (chosen,) = boxes(staff, board["Des interprètes"], builders.IDEAS[1])
    post(staff, f"{BOARD}/isoler", board["Des interprètes"], excerpts=chosen)
    shown = read(staff.get(board["Des interprètes"])).text.split("Avis divergents")[1]
    assert "Contribution isolée" in shown


def test_each_number_of_the_ledger_opens_its_list(staff, board):
    page = staff.get(f"{BOARD}/registre")
    links = [link for link in read(page).links if "/contributions?" in link]
    for link in some(dict.fromkeys(links)):
        told = re.search(rf'href="{re.escape(link).replace("&", "&amp;")}">(\d+)', page.text).group(
            1
        )
        assert f"{told}\u00a0contribution" in read(staff.get(link)).text


def test_a_run_is_compared_stopped_and_told(app, staff, board):
    post(staff, f"{board['Des bus']}/accepter", board["Des bus"], title="Des bus")
    assert post(staff, f"{BOARD}/analyses", BOARD, granularity="finer").status_code == 303
    page = read(staff.get(f"{BOARD}/analyses"))
    (run,) = [link for link in page.links if re.search(r"/analyses/[\w-]+$", link)][:1]
    told = read(staff.get(run)).text
    assert "Ce que des personnes avaient décidé n’a pas bougé" in told
    assert "Nouvelles (1)" in told or "Rattachements proposés (1)" in told
    assert "Empreinte du résultat" in told


def test_a_run_that_waits_is_stopped(app, staff, board):
    with app.app_context(), transaction() as session:
        run = builders.run(session, state=RunState.QUEUED).public_id
    stopped = post(staff, f"{BOARD}/analyses/{run}/arreter", BOARD)
    page = follow(staff, stopped)
    assert "Une personne l’a arrêtée" in page
    assert "Relancer l’analyse" in page


def test_the_list_stays_as_it_was_after_an_act_and_after_an_error(staff, board):
    listed = f"{BOARD}/contributions?place=grouped&q=bus"
    chosen = boxes(staff, listed)
    fields = {"excerpts": chosen, "back": "contributions", "query": "place=grouped&q=bus&evil=1"}
    refused = post(staff, f"{BOARD}/deplacer", listed, **fields)
    assert refused.location.startswith(f"{BOARD}/contributions?q=bus&place=grouped&coche=")
    page = staff.get(refused.location)
    assert page.text.count('data-key="x"') == page.text.count(' checked data-key="x"') == 3
    moved = post(staff, f"{BOARD}/isoler", listed, **fields)
    assert moved.location == f"{BOARD}/contributions?q=bus&place=grouped"


def test_strange_filters_break_no_link(app, staff, board):
    with app.app_context(), transaction() as session:
        author = builders.find_user(session, "animation@example.org")
        for number in range(50):
            builders.published(session, f"Une idée de plus, {number}", actor=author)
    answer = staff.get(f"{BOARD}/contributions?endpoint=x&_method=PATCH&q=&page={'9' * 30}")
    assert answer.status_code == 200
    assert "page 1 sur 2" in read(answer).text
    sent = next(form for form in forms_of("", answer) if "query" in form.values()).values()
    turned = staff.post(f"{BOARD}/cocher", data=sent | {"page": "2", "excerpts": ["5-", "x"]})
    assert turned.location == f"{BOARD}/contributions?page=2&coche=5-&coche=x"
    page = staff.get(turned.location)
    assert "page 2 sur 2" in read(page).text
    assert 'value="5-" checked hidden' in page.text


def test_hidden_words_are_not_confirmed_by_a_search(app, staff, board):
    with app.app_context(), transaction() as session:
        said = builders.contribution(session, "Un zanzibar au bourg")
        builders.decide(session, said, DecisionKind.WITHDRAWN, actor=None)
        url = f"{BOARD}/contributions/{said.public_id}"
    assert "Rien ne correspond" in read(staff.get(f"{BOARD}/contributions?q=zanzibar")).text
    assert "zanzibar" not in read(staff.get(url)).text
