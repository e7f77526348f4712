"""The end of a review: on the board and on « Trier », once nothing is left to place or to read."""

from tests.functional import boards
from tests.functional.boards import BOARD, boxes
from tests.functional.browsing import post, read
from tests.functional.statements import count, statements
from webapp.platform.extensions import transaction
from webapp.review.models import ClusterMember, Placement

board = boards.board
colleague = boards.colleague
END = "Tout est classé et relu"


def finish(staff, colleague, board):
    """Accept both groups and set the last idea aside: two people, each with their acts."""
    post(staff, f"{board['Des bus']}/accepter", BOARD, title="Des bus le dimanche")
    other = board["Des interprètes"]
    post(colleague, f"{other}/accepter", BOARD, title="Des interprètes")
    waiting = boxes(staff, f"{BOARD}/contributions?place=pending")
    post(colleague, f"{BOARD}/ecarter", BOARD, excerpts=waiting, reason="Déjà dit ailleurs")


def test_nothing_says_the_end_before_it(staff, colleague, board):
    post(staff, f"{board['Des bus']}/accepter", BOARD, title="Des bus le dimanche")
    post(colleague, f"{board['Des interprètes']}/accepter", BOARD, title="Des interprètes")
    for page in (BOARD, f"{BOARD}/trier"):
        assert END not in read(staff.get(page)).text  # an idea has no place
    waiting = boxes(staff, f"{BOARD}/contributions?place=pending")
    post(staff, f"{BOARD}/isoler", BOARD, excerpts=waiting)
    assert END in read(staff.get(BOARD)).text
    post(staff, f"{board['Des bus']}/rouvrir", BOARD)
    for page in (BOARD, f"{BOARD}/trier"):
        assert END not in read(staff.get(page)).text  # a group is not read


def test_the_end_says_what_was_done_by_whom_and_what_is_next(staff, colleague, board):
    finish(staff, colleague, board)
    for address in (BOARD, f"{BOARD}/trier"):
        page = read(staff.get(address))
        told = page.text.replace("\u00a0", " ")
        assert END in told
        assert (
            "6 dans un regroupement 2 regroupements acceptés 0 laissées isolées 1 écartée" in told
        )
        assert "Sur 7 contributions reçues" in told
        assert "Déjà dit ailleurs (1)" in told
        assert "animation : 2 actes (accepté 1, renommé 1)" in told
        assert "collegue : 2 actes (accepté 1, contribution écartée 1)" in told
        assert "2 regroupements acceptés ne sont pas encore des fiches" in told
        assert "Faire une fiche action de « Des bus le dimanche »" in told
        assert f"{BOARD}/synthese" in page.links
    # A group still opens beside the list.
    assert END not in read(staff.get(board["Des bus"])).text


def test_an_act_that_is_undone_counts_for_nobody(staff, colleague, board):
    finish(staff, colleague, board)
    post(staff, f"{BOARD}/isoler", BOARD, excerpts=boxes(staff, board["Des bus"])[:1])
    assert "idée laissée isolée 1" in read(staff.get(BOARD)).text
    post(staff, f"{BOARD}/annuler", BOARD)
    told = read(staff.get(BOARD)).text.replace("\u00a0", " ")
    assert "animation : 2 actes (accepté 1, renommé 1)" in told


def test_the_items_go_to_the_commissioner_and_the_next_action_follows(staff, colleague, board):
    finish(staff, colleague, board)
    made = [post(staff, f"{url}/fiche", url).location for url in board.values()]
    page = read(staff.get(BOARD))
    assert set(made) <= set(page.links)
    assert "pas encore des fiches" not in page.text
    assert "Compléter et soumettre la fiche" in page.text


def test_what_the_analysis_alone_left_isolated_is_still_to_be_read(app, staff, colleague, board):
    finish(staff, colleague, board)
    chosen = boxes(staff, board["Des bus"])[:1]
    post(staff, f"{BOARD}/isoler", BOARD, excerpts=chosen)
    assert "par la machine seule" not in read(staff.get(BOARD)).text
    with app.app_context(), transaction() as session:
        number = int(chosen[0].split("-")[0])
        member = session.query(ClusterMember).filter_by(excerpt_id=number).one()
        member.placed_by = Placement.MACHINE
    page = read(staff.get(BOARD))
    assert "1 idée a été laissée isolée par la machine seule" in page.text.replace("\u00a0", " ")
    assert f"{BOARD}/trier?pile=a-relire" in page.links


def test_the_end_sends_no_more_statements_than_the_board(app, staff, colleague, board):
    finish(staff, colleague, board)
    staff.get(BOARD)
    with statements(app) as seen:
        page = staff.get(BOARD)
    assert END in page.text
    assert count(seen) <= 13


def test_a_working_group_without_a_group_has_no_end(staff):
    assert END not in read(staff.get(BOARD)).text
