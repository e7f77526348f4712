"""The board when a colleague acts too: what is seen, compared, taken back."""

import re

import pytest

from tests import builders
from tests.functional import boards
from tests.functional.boards import BOARD, boxes, closes, follow, target
from tests.functional.browsing import groups_on, post, read
from webapp.platform.extensions import transaction

pytestmark = pytest.mark.both_databases("two writers at once")

board = boards.board
colleague = boards.colleague


def test_contributions_are_moved_and_the_last_act_taken_back_and_done_again(app, staff, board):
    (chosen,) = boxes(staff, board["Des bus"], builders.IDEAS[0])
    fields = {"excerpts": chosen, "target": target(board["Des interprètes"])}
    answer = post(
        staff, f"{BOARD}/deplacer", board["Des bus"], back=target(board["Des bus"]), **fields
    )
    assert answer.location == board["Des bus"]
    assert "1 contribution placée dans «\u00a0Des interprètes\u00a0»." in follow(staff, answer)
    assert len(boxes(staff, board["Des interprètes"])) == 4
    undone = post(staff, f"{BOARD}/annuler", BOARD)
    assert "Annulation\u00a0: déplacement." in follow(staff, undone)
    assert len(boxes(staff, board["Des interprètes"])) == 3
    again = post(staff, f"{BOARD}/refaire", BOARD, back="historique")
    assert "Rétablissement\u00a0: déplacement." in follow(staff, again)
    assert len(boxes(staff, board["Des interprètes"])) == 4
    assert closes(app)


def test_there_is_an_end_to_what_may_be_taken_back(staff, board):
    assert "plus rien à annuler" in follow(staff, post(staff, f"{BOARD}/annuler", BOARD))
    assert "plus rien à annuler" in follow(staff, post(staff, f"{BOARD}/refaire", BOARD))


def test_a_merge_from_a_board_that_a_colleague_changed_is_compared_with_what_was_seen(
    app, staff, board
):
    page = staff.get(BOARD)
    ticked = re.findall(r'name="clusters" value="([^"]+)"', page.text)
    assert len(ticked) == len(board)
    url = board["Des bus"]
    shown = re.search(r'name="versions" value="([^"]+)"', staff.get(url).text).group(1)
    other = board["Des interprètes"]
    renamed = post(staff, f"{other}/titre", other, title="Traduire")
    assert renamed.status_code == 303
    stale = post(staff, f"{BOARD}/fusionner", BOARD, clusters=ticked)
    assert stale.status_code == 409
    assert "Traduire" in read(stale).text
    typed = {"merged": "Traduire", "versions": shown}
    assert post(staff, f"{url}/fusionner", url, **typed).status_code == 409
    assert len(groups_on(staff.get(BOARD))) == 2
    assert closes(app)
    fresh = re.findall(r'name="clusters" value="([^"]+)"', staff.get(BOARD).text)
    assert post(staff, f"{BOARD}/fusionner", BOARD, clusters=fresh).status_code == 303


def test_two_people_at_once_meet_no_silent_loss(staff, colleague, board):
    url, other = board.values()
    page = colleague.get(url)
    token, chosen = read(page).value("csrf_token"), boxes(colleague, url, builders.IDEAS[0])
    version = re.search(r'name="version"[^>]*value="(\d+)"', page.text).group(1)
    post(staff, f"{BOARD}/deplacer", url, excerpts=chosen, target=target(other))
    moved = colleague.post(f"{BOARD}/isoler", data={"csrf_token": token, "excerpts": chosen})
    assert moved.status_code == 409
    assert "animation a enregistré un changement" in read(moved).text
    assert "Des interprètes" in read(moved).text
    renamed = colleague.post(
        f"{url}/titre", data={"csrf_token": token, "version": version, "title": "Mon titre"}
    )
    assert renamed.status_code == 409
    assert "Mon titre" in renamed.text
    assert len(boxes(colleague, other)) == 4


def test_an_open_page_learns_what_a_colleague_did(staff, colleague, board):
    url = board["Des bus"]
    news = re.search(r'data-poll="([^"]+)"', colleague.get(BOARD).text).group(1)
    assert read(colleague.get(news)).text == ""
    post(staff, f"{url}/accepter", url, title="Des bus")
    told = colleague.get(news)
    assert "animation, accepté («\u00a0Des bus\u00a0»)" in read(told).text
    again = colleague.get(news, headers={"If-None-Match": told.headers["ETag"]})
    assert again.status_code == 304
    assert read(staff.get(news)).text == ""


def test_a_colleagues_act_is_taken_back_after_a_confirmation(staff, colleague, board):
    url = board["Des bus"]
    post(staff, f"{url}/accepter", url, title="Des bus")
    history = colleague.get(f"{BOARD}/historique")
    confirm = (
        re.search(r'href="([^"]+annuler\?acte=\d+)"', history.text).group(1).replace("&amp;", "&")
    )
    page = read(colleague.get(confirm))
    assert "Annuler l’acte de animation" in page.text
    answer = post(colleague, f"{BOARD}/historique/annuler", confirm, action=page.value("action"))
    assert "Annulation\u00a0: accepté." in follow(colleague, answer)
    assert "Annulation\u00a0: accepté par collegue" in read(staff.get(f"{BOARD}/historique")).text
    assert (
        post(staff, f"{BOARD}/historique/annuler", BOARD, action=page.value("action")).status_code
        == 409
    )


def test_an_act_of_another_working_group_is_not_reached(app, staff, board, browser_of):
    url = board["Des bus"]
    post(staff, f"{url}/accepter", url, title="Des bus")
    with app.app_context(), transaction() as session:
        builders.user(session, email="voisin@example.org", groups=(builders.OTHER_GROUP,))
    other = f"/revue/{builders.OTHER_GROUP}"
    neighbour = browser_of("voisin")
    assert neighbour.get(f"{other}/historique/annuler?acte=1").status_code == 404
    assert post(neighbour, f"{other}/historique/annuler", other, action="1").status_code == 404


def test_what_an_item_answers_is_not_what_the_last_act_means(staff, board):
    first, second = board.values()
    post(staff, f"{second}/titre", second, title="Mon titre")
    post(staff, f"{first}/accepter", first, title=next(iter(board)))
    post(staff, f"{first}/fiche", first)
    told = follow(staff, post(staff, f"{BOARD}/annuler", BOARD))
    assert "Annulation\u00a0: renommé." in told


@pytest.mark.parametrize("number", ["9" * 30, "-1", "x", "", "1.5"])
def test_a_number_that_no_act_has_is_told_politely(staff, board, number):
    assert staff.get(f"{BOARD}/nouvelles?depuis={number}").status_code == 200
    assert staff.get(f"{BOARD}/historique/annuler?acte={number}").status_code in {303, 404}
    assert post(staff, f"{BOARD}/historique/annuler", BOARD, action=number).status_code == 303
