"""The list of the board, and what its pages hold from one act to the next, without scripts."""

import pytest

from tests import builders
from tests.functional import boards
from tests.functional.boards import BOARD, boxes, follow, target
from tests.functional.browsing import groups_on, post, read
from tests.functional.forms import forms_of
from webapp.platform.extensions import transaction
from webapp.review import open_clusters

board = boards.board


def whole(page, **more):
    """Return what the form of a group sends, as a browser without scripts does."""
    return next(one for one in forms_of("", page) if "shown" in one.values()).values(**more)


def titled(app, *titles):
    """Make groups of one idea each; return their addresses by title."""
    with app.app_context(), transaction() as session:
        author = builders.find_user(session, "animation@example.org")
        made = [
            (
                title,
                builders.cluster(
                    session, builders.published(session, title, actor=author), title=title
                ),
            )
            for title in titles
        ]
        return {title: f"{BOARD}/{cluster.public_id}" for title, cluster in made}


@pytest.fixture
def large(app, staff):
    """A group of more ideas than a page shows."""
    with app.app_context(), transaction() as session:
        author = builders.find_user(session, "animation@example.org")
        said = [
            builders.published(session, f"Un banc numéro {n}", actor=author)
            for n in range(open_clusters.PAGE + 2)
        ]
        return f"{BOARD}/{builders.cluster(session, *said, title='Des bancs').public_id}"


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["Des bus", "Des interprètes"]),
        ("q=INTERPRETES", ["Des interprètes"]),
        ("q=licorne", []),
        ("etat=acceptes", ["Des bus le dimanche"]),
        ("etat=a-relire", ["Des interprètes"]),
        ("etat=rattachements", []),
        ("etat=nulle-part&tri=ailleurs", ["Des bus", "Des interprètes"]),
    ],
)
def test_the_list_is_searched_and_filtered(staff, board, query, titles):
    if "le dimanche" in "".join(titles) or query == "etat=a-relire":
        post(staff, f"{board['Des bus']}/accepter", BOARD, title="Des bus le dimanche")
    page = read(staff.get(f"{BOARD}?{query}"))
    addresses = {"Des bus le dimanche": board["Des bus"], **board}
    shown = [url.split("?")[0] for url in groups_on(staff.get(f"{BOARD}?{query}"))]
    assert shown == [addresses[title] for title in titles]
    assert ("Aucun ne correspond" in page.text) == (not titles)


def test_the_list_is_sorted(app, staff, board):
    made = titled(app, "Abris de vélos")
    by_title = [made["Abris de vélos"], *board.values()]
    assert groups_on(staff.get(BOARD))[0] != by_title[0]
    assert [u.split("?")[0] for u in groups_on(staff.get(f"{BOARD}?tri=titre"))] == by_title
    boards.oppose(app, builders.IDEAS[3], builders.IDEAS[4])
    doubtful = groups_on(staff.get(f"{BOARD}?tri=doute"))
    assert doubtful[0].split("?")[0] == board["Des interprètes"]
    assert doubtful[0].endswith("?tri=doute")  # a group opens in the same list


def test_a_few_letters_of_a_title_are_where_contributions_go(staff, board):
    chosen = boxes(staff, board["Des bus"])[:1]
    fields = {"excerpts": chosen, "target": "INTERPRETE"}
    told = follow(staff, post(staff, f"{BOARD}/deplacer", BOARD, **fields))
    assert "1 contribution placée dans «\u00a0Des interprètes\u00a0»" in told
    assert len(boxes(staff, board["Des interprètes"])) == 4


@pytest.mark.parametrize(
    ("typed", "why"), [("licorne", "Aucun regroupement"), ("des", "Plusieurs")]
)
def test_words_that_designate_no_group_or_several_move_nothing_and_stay(staff, board, typed, why):
    url = board["Des bus"]
    chosen = boxes(staff, url)[:2]
    sent = whole(staff.get(url), excerpts=chosen, target=typed, reason="Dit en séance")
    answer = staff.post(f"{BOARD}/deplacer", data=sent)
    page = staff.get(answer.location)
    assert why in read(page).text
    assert page.text.count(" checked data-key") == 2
    assert f'value="{typed}" data-key="d"' in page.text
    assert 'value="Dit en séance"' in page.text
    assert len(boxes(staff, url)) == 3


def test_two_groups_of_one_title_are_told_apart(app, staff, board):
    titled(app, "Des laveries")
    second = titled(app, "Des laveries")["Des laveries"]
    page = staff.get(board["Des bus"])
    label = f"Des laveries · {target(second)}"
    assert f'<option value="{label}">' in page.text
    chosen = boxes(staff, board["Des bus"])[:1]
    post(staff, f"{BOARD}/deplacer", BOARD, excerpts=chosen, target=label)
    assert len(boxes(staff, second)) == 2


@pytest.mark.parametrize("act", ["deplacer", "isoler", "ecarter", "cocher", "scinder", "fusionner"])
@pytest.mark.parametrize("done", [True, False])
def test_acts_on_contributions_first_keep_the_title_and_the_summary(staff, board, act, done):
    url, typed = board["Des bus"], {"title": "Des bus le soir", "summary": "Même le soir."}
    page = staff.get(url)
    fields = {
        "excerpts": boxes(staff, url)[:1] if done else [],
        "target": target(board["Des interprètes"]),
        "new_title": "À part" if act == "scinder" else "",
        "reason": "Doublon",
        "clusters": [],
    }
    address = url if act == "scinder" else BOARD
    answer = staff.post(f"{address}/{act}", data=whole(page, **typed, **fields))
    assert answer.status_code in ({303} if done or act != "scinder" else {422})
    kept = read(staff.get(url))
    assert (kept.value("title") == "Des bus le soir") == (answer.status_code == 303)
    assert ("Même le soir." in kept.text) == (answer.status_code == 303)


def test_enter_does_what_the_filled_fields_ask_for(staff, board):
    url, other = board["Des bus"], board["Des interprètes"]
    chosen = boxes(staff, url)[:1]
    sent = whole(staff.get(url), excerpts=chosen, title="Des bus le soir", target="interprètes")
    told = follow(staff, staff.post(f"{url}/entree", data=sent))
    assert "1 contribution placée dans «\u00a0Des interprètes\u00a0»" in told
    assert read(staff.get(url)).value("title") == "Des bus le soir"
    sent = whole(staff.get(url), title="Des bus la nuit", excerpts=boxes(staff, url)[:1])
    answer = staff.post(f"{url}/entree", data=sent)
    assert "coche=" in answer.location  # the ticks are those of an act that was not done
    assert "Titre enregistré" in follow(staff, answer)
    sent = whole(staff.get(url), merged="interprètes")
    assert "fusionnés" in follow(staff, staff.post(f"{url}/entree", data=sent))
    assert "Ce regroupement est dissous" in read(staff.get(other)).text


def test_a_merge_with_words_that_designate_nothing_says_so_and_keeps_them(staff, board):
    url = board["Des bus"]
    page = follow(
        staff, staff.post(f"{url}/fusionner", data=whole(staff.get(url), merged="licorne"))
    )
    assert "Aucun regroupement ne porte ces mots" in page
    assert len(groups_on(staff.get(BOARD))) == 2


def test_ticks_stay_from_one_page_of_a_group_to_another(staff, board, large):
    page = staff.get(large)
    assert "page 1 sur 2" in read(page).text
    chosen = boxes(staff, large)[:3]
    sent = whole(page, excerpts=chosen, target="interp", title="Des bancs publics")
    turned = staff.post(f"{BOARD}/cocher", data=sent | {"page": "2"})
    second = staff.get(turned.location)
    told = read(second).text
    assert "page 2 sur 2" in told
    assert "dont 3 sur d’autres pages" in told
    assert second.text.count(" checked hidden>") == 3
    assert read(second).value("title") == "Des bancs publics"
    sent = whole(second, excerpts=[*chosen, *boxes(staff, turned.location)[:1]])
    moved = follow(staff, staff.post(f"{BOARD}/deplacer", data=sent))
    assert "4 contributions placées dans «\u00a0Des interprètes\u00a0»" in moved
    assert len(boxes(staff, board["Des interprètes"])) == 7


def test_a_tick_on_a_contribution_that_left_the_group_is_gone(staff, board):
    url = board["Des bus"]
    chosen = boxes(staff, url)[:1]
    post(staff, f"{BOARD}/isoler", BOARD, excerpts=chosen)
    page = staff.get(f"{url}?coche={chosen[0]}&coche=x&coche=1-999")
    assert " checked" not in page.text.split('id="groupe"')[1]


def test_more_ticks_than_an_address_holds_are_told(staff, board):
    url = board["Des bus"]
    many = [f"{number}-1" for number in range(1, 400)]
    answer = staff.post(f"{BOARD}/cocher", data=whole(staff.get(url), excerpts=many))
    assert "Au plus 300 contributions cochées" in follow(staff, answer)


def test_the_list_of_contributions_finds_those_of_a_group(staff, board):
    page = read(staff.get(f"{BOARD}/contributions?groupe={target(board['Des bus'])}"))
    assert "3\u00a0contributions" in page.text
    assert builders.IDEAS[0] in page.text
    assert builders.IDEAS[3] not in page.text
    assert "0\u00a0contribution" in read(staff.get(f"{BOARD}/contributions?groupe=x")).text


def test_merging_ticked_groups_keeps_the_title_typed_in_the_open_one(staff, board):
    url = board["Des bus"]
    page = staff.get(url)
    shown = whole(page)["versions"].split()
    sent = whole(page, title="Se déplacer", clusters=shown)
    assert "fusionnés" in follow(staff, staff.post(f"{BOARD}/fusionner", data=sent))
    (left,) = groups_on(staff.get(BOARD))
    assert "Se déplacer" in read(staff.get(left)).text


def test_cutting_a_contribution_leads_back_to_its_group(app, staff, board):
    with app.app_context(), transaction() as session:
        author = builders.find_user(session, "animation@example.org")
        two = builders.published(session, "Il faut un bus. Il faut un abri.", actor=author)
        made = f"{BOARD}/{builders.cluster(session, two, title='Deux').public_id}"
    (link,) = [link for link in read(staff.get(made)).links if "depuis=" in link]
    page = read(staff.get(link))
    fields = {"back": page.value("back"), "at": page.value("at")}
    cut = post(staff, link.split("?")[0], link, **fields)
    assert cut.location == made
    assert len(boxes(staff, made)) == 2
