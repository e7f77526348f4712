"""The board through its forms: every act, its way back, what colleagues see, what is refused."""

import re

import pytest

from tests import builders
from tests.functional.browsing import groups_on, post, read
from webapp.extensions import transaction
from webapp.models import DecisionKind, RunState
from webapp.services.ledger import read_ledger

BOARD = f"/revue/{builders.GROUP}"


@pytest.fixture
def board(app, staff):
    """Two groups and one idea that nobody placed; the addresses of the groups by title."""
    with app.app_context(), transaction() as session:
        builders.user(session, email="collegue@example.org")
        author = builders.find_user(session, "animation@example.org")
        said = [builders.published(session, idea, actor=author) for idea in builders.IDEAS]
        builders.cluster(session, *said[:3], title="Des bus")
        builders.cluster(session, *said[3:6], title="Des interprètes")
    urls = groups_on(staff.get(BOARD))
    return {read(staff.get(url)).text.split(" – Semailles")[0]: url for url in urls}


@pytest.fixture
def colleague(app, board, browser_of):
    return browser_of("collegue")


def boxes(client, url, words=""):
    """Return the values of the boxes that stand before ``words``, on the page of a group."""
    entries = re.findall(
        r'<li class="sm-pick" data-entry[^>]*>(.*?)</li>', client.get(url).text, re.DOTALL
    )
    values = [re.search(r'name="excerpts" value="([^"]+)"', entry) for entry in entries]
    return [
        value.group(1)
        for value, entry in zip(values, entries, strict=True)
        if value and words in read_words(entry)
    ]


def read_words(html):
    return re.sub(r"<[^>]+>", "", html)


def follow(client, answer):
    assert answer.status_code == 303, read(answer).text[:300]
    return read(client.get(answer.location)).text


def target(url):
    return url.rsplit("/", 1)[1]


def closes(app):
    with app.app_context(), transaction() as session:
        return read_ledger(session, group_ids=[builders.group(session).id]).closes


def test_the_board_shows_each_group_with_its_voices_and_what_is_left(staff, board):
    page = read(staff.get(BOARD)).text
    assert list(board) == ["Des bus", "Des interprètes"]
    assert "3 propositions" in page
    assert "1 contribution à traiter" in page
    assert builders.IDEAS[0] in page
    assert "À traiter (1)" in page


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


def test_a_group_is_split_where_a_person_says(app, staff, board):
    url = board["Des bus"]
    (chosen,) = boxes(staff, url, builders.IDEAS[0])
    answer = post(staff, f"{url}/scinder", url, excerpts=chosen, title="L’hôpital le dimanche")
    assert "Nouveau regroupement\u00a0: «\u00a0L’hôpital le dimanche\u00a0»." in follow(
        staff, answer
    )
    assert len(groups_on(staff.get(BOARD))) == 3
    assert closes(app)


def test_a_split_says_what_it_lacks(staff, board):
    url = board["Des bus"]
    every = boxes(staff, url)
    assert post(staff, f"{url}/scinder", url, excerpts=every, title="Tout").status_code == 422
    assert post(staff, f"{url}/scinder", url, excerpts=every[:1], title=" ").status_code == 422


def test_the_machine_proposes_how_to_split(app, staff, board):
    url = board["Des bus"]
    others = boxes(staff, board["Des interprètes"])
    post(staff, f"{BOARD}/deplacer", url, excerpts=others, target=target(url))
    page = staff.get(f"{url}?scinder=1")
    assert "Voici comment la machine le séparerait" in read(page).text
    checked = re.findall(r'name="excerpts" value="[^"]+" checked', page.text)
    assert 0 < len(checked) < 6
    assert read(page).value("title")


def test_ticked_groups_are_merged_and_their_history_says_so(app, staff, board):
    chosen = [target(url) for url in board.values()]
    page = follow(staff, post(staff, f"{BOARD}/fusionner", BOARD, clusters=chosen, reason="Pareil"))
    assert "vérifiez le titre" in page
    assert "Fusionné par animation" in page
    assert "Raison\u00a0: Pareil" in page
    assert len(groups_on(staff.get(BOARD))) == 1
    assert closes(app)


def test_a_merge_from_a_board_that_a_colleague_changed_is_compared_with_what_was_seen(
    app, staff, board
):
    page = staff.get(BOARD)
    ticked = re.findall(r'name="clusters" value="([^"]+)"', page.text)
    assert len(ticked) == len(board)
    url = board["Des bus"]
    offered = re.findall(r'<option value="([^"]+:\d+)">', staff.get(url).text)
    other = board["Des interprètes"]
    renamed = post(staff, f"{other}/titre", other, title="Traduire")
    assert renamed.status_code == 303
    stale = post(staff, f"{BOARD}/fusionner", BOARD, clusters=ticked)
    assert stale.status_code == 409
    assert "Traduire" in read(stale).text
    assert post(staff, f"{url}/fusionner", url, clusters=offered).status_code == 409
    assert len(groups_on(staff.get(BOARD))) == 2
    assert closes(app)
    fresh = re.findall(r'name="clusters" value="([^"]+)"', staff.get(BOARD).text)
    assert post(staff, f"{BOARD}/fusionner", BOARD, clusters=fresh).status_code == 303


def test_one_group_is_not_merged_with_nothing(staff, board):
    answer = post(staff, f"{BOARD}/fusionner", BOARD, clusters=target(board["Des bus"]))
    assert "Cochez au moins deux regroupements" in follow(staff, answer)


def test_a_group_receives_another_on_its_page(staff, board):
    url, other = board.values()
    answer = post(staff, f"{url}/fusionner", url, clusters=target(other))
    assert "fusionnés" in follow(staff, answer)
    assert "Ce regroupement est dissous" in read(staff.get(other)).text
    assert len(boxes(staff, url)) == 6


def test_a_group_is_dissolved_and_comes_back(app, staff, board):
    url = board["Des bus"]
    assert "attendent une place" in follow(staff, post(staff, f"{url}/dissoudre", url))
    assert "4 contributions à traiter" in read(staff.get(BOARD)).text
    assert closes(app)
    post(staff, f"{BOARD}/annuler", BOARD)
    assert len(boxes(staff, url)) == 3


def test_ideas_are_left_alone_and_say_that_a_person_did_it(staff, board):
    url = board["Des bus"]
    page = follow(staff, post(staff, f"{BOARD}/isoler", url, excerpts=boxes(staff, url)[:1]))
    assert "parmi les idées isolées" in page
    assert (
        "une personne l’a laissée seule"
        in read(staff.get(f"{BOARD}/contributions?place=isolated")).text
    )


def test_setting_aside_asks_for_a_reason_that_the_author_reads(app, staff, board):
    url = board["Des bus"]
    chosen = boxes(staff, url, builders.IDEAS[0])
    refused = follow(staff, post(staff, f"{BOARD}/ecarter", url, excerpts=chosen))
    assert "Dites en quelques mots pourquoi" in refused
    told = follow(staff, post(staff, f"{BOARD}/ecarter", url, excerpts=chosen, reason="Doublon"))
    assert "parmi les écartées" in told
    listed = read(staff.get(f"{BOARD}/contributions?place=set_aside")).text
    assert builders.IDEAS[0] in listed
    assert "Doublon" in listed
    assert closes(app)


@pytest.mark.parametrize("path", ["deplacer", "isoler", "ecarter"])
def test_nothing_ticked_is_said(staff, board, path):
    answer = post(staff, f"{BOARD}/{path}", board["Des bus"], target="x", reason="y")
    assert "Cochez au moins une contribution" in follow(staff, answer)


@pytest.mark.parametrize("value", ["", "x", "1-x", "-", "9" * 30, "999999-", "²-1"])
def test_a_box_that_names_nothing_moves_nothing(staff, board, value):
    url = board["Des bus"]
    answer = post(staff, f"{BOARD}/deplacer", url, excerpts=value, target=target(url))
    assert answer.status_code in {303, 404}
    assert len(boxes(staff, url)) == 3


def test_a_move_without_a_place_to_go_says_so(staff, board):
    url = board["Des bus"]
    answer = post(staff, f"{BOARD}/deplacer", url, excerpts=boxes(staff, url))
    assert "Choisissez où aller" in follow(staff, answer)


def test_contributions_become_a_new_group(app, staff, board):
    listed = f"{BOARD}/contributions?place=pending"
    (chosen,) = boxes(staff, listed)
    assert chosen.endswith("-")
    answer = post(
        staff,
        f"{BOARD}/deplacer",
        listed,
        excerpts=chosen,
        title="Des laveries",
        back="contributions",
    )
    assert "dans «\u00a0Des laveries\u00a0»" in follow(staff, answer)
    assert "0 contribution à traiter" in read(staff.get(BOARD)).text
    assert closes(app)


def test_a_summary_is_written_by_a_person(staff, board):
    url = board["Des bus"]
    assert "Résumé enregistré" in follow(
        staff, post(staff, f"{url}/resume", url, summary="Aller à l’hôpital le dimanche.")
    )
    assert "Aller à l’hôpital le dimanche." in read(staff.get(BOARD)).text
    too_long = follow(staff, post(staff, f"{url}/resume", url, summary="x" * 2001))
    assert "dépasse 2000 caractères" in too_long


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
    post(staff, f"{url}/accepter", url)
    told = colleague.get(news)
    assert "animation, accepté («\u00a0Des bus\u00a0»)" in read(told).text
    again = colleague.get(news, headers={"If-None-Match": told.headers["ETag"]})
    assert again.status_code == 304
    assert read(staff.get(news)).text == ""


def test_a_colleagues_act_is_taken_back_after_a_confirmation(staff, colleague, board):
    url = board["Des bus"]
    post(staff, f"{url}/accepter", url)
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
    post(staff, f"{url}/accepter", url)
    with app.app_context(), transaction() as session:
        builders.user(session, email="voisin@example.org", groups=(builders.OTHER_GROUP,))
    other = f"/revue/{builders.OTHER_GROUP}"
    neighbour = browser_of("voisin")
    assert neighbour.get(f"{other}/historique/annuler?acte=1").status_code == 404
    assert post(neighbour, f"{other}/historique/annuler", other, action="1").status_code == 404


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


def test_each_number_of_the_ledger_opens_its_list(staff, board):
    page = staff.get(f"{BOARD}/registre")
    links = [link for link in read(page).links if "/contributions?" in link]
    for link in dict.fromkeys(links):
        told = re.search(rf'href="{re.escape(link).replace("&", "&amp;")}">(\d+)', page.text).group(
            1
        )
        assert f"{told}\u00a0contribution" in read(staff.get(link)).text


def test_a_contribution_is_cut_and_its_passages_part(app, staff, board):
    with app.app_context(), transaction() as session:
        author = builders.find_user(session, "animation@example.org")
        words = "Un bus le dimanche. Et aussi une laverie au bourg."
        url = f"{BOARD}/contributions/{builders.published(session, words, actor=author).public_id}"
    page = staff.get(url)
    offsets = re.findall(r'name="at" value="(\d+)"', page.text)
    assert "Cochez au moins un endroit" in follow(staff, post(staff, url, url))
    assert "Contribution découpée" in follow(staff, post(staff, url, url, at=offsets))
    assert len(boxes(staff, f"{BOARD}/contributions?q=un bus le dimanche.")) == 1
    assert len(boxes(staff, f"{BOARD}/contributions?q=aussi laverie")) == 1
    assert boxes(staff, f"{BOARD}/contributions?q=dimanche laverie") == []
    assert closes(app)
    post(staff, f"{BOARD}/annuler", BOARD)
    assert len(boxes(staff, f"{BOARD}/contributions?q=dimanche laverie")) == 1
    assert "Contribution découpée par animation" in read(staff.get(url)).text


@pytest.mark.parametrize("offset", ["0", "1000", "-3", "x"])
def test_a_cut_elsewhere_cuts_nothing(app, staff, board, offset):
    with app.app_context(), transaction() as session:
        author = builders.find_user(session, "animation@example.org")
        url = (
            f"{BOARD}/contributions/{builders.published(session, 'Un mot', actor=author).public_id}"
        )
    assert post(staff, url, url, at=offset).status_code in {303, 422}
    assert "Elle n’a qu’une phrase" in read(staff.get(url)).text


def test_a_run_is_compared_stopped_and_told(app, staff, board):
    post(staff, f"{board['Des bus']}/accepter", board["Des bus"])
    assert post(staff, f"{BOARD}/analyses", BOARD, grain="finer").status_code == 303
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


def test_several_groups_feed_one_item_and_what_joins_them_later_too(app, staff, board):
    first, second = board.values()
    for url in (first, second):
        post(staff, f"{url}/accepter", url)
    item = post(staff, f"{first}/fiche", first).location
    page = staff.get(second)
    draft = re.search(r'<option value="([^"]+)">\w+-\w+-\d', page.text).group(1)
    joined = post(staff, f"{second}/fiche/joindre", second, item=draft)
    assert joined.location == item
    assert "Ouvrir la fiche" in read(staff.get(second)).text
    assert post(staff, f"{second}/fiche/joindre", second, item=draft).status_code == 409
    elsewhere = post(staff, f"{second}/fiche/joindre", second, item="ailleurs")
    assert "Choisissez une fiche en brouillon" in follow(staff, elsewhere)
    listed = f"{BOARD}/contributions?place=pending"
    post(staff, f"{BOARD}/deplacer", listed, excerpts=boxes(staff, listed), target=target(second))
    told = read(staff.get(item)).text
    assert "Des bus 3 propositions" in told
    assert "Des interprètes 4 propositions" in told


def test_accepting_keeps_the_title_that_stands_in_its_field(staff, board):
    url = board["Des bus"]
    post(staff, f"{url}/accepter", url, title="Faire rouler un bus le dimanche")
    page = read(staff.get(url)).text
    assert "Faire rouler un bus le dimanche" in page
    assert "Rouvrir" in page


def test_accepting_from_the_board_stays_on_the_board(staff, board):
    url = board["Des bus"]
    answer = post(staff, f"{url}/accepter", url, back="board")
    assert answer.location == f"{BOARD}#g-{target(url)}"


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


def test_what_an_item_answers_is_not_what_the_last_act_means(staff, board):
    first, second = board.values()
    post(staff, f"{second}/titre", second, title="Mon titre")
    post(staff, f"{first}/accepter", first)
    post(staff, f"{first}/fiche", first)
    told = follow(staff, post(staff, f"{BOARD}/annuler", BOARD))
    assert "Annulation\u00a0: renommé." in told


@pytest.mark.parametrize("number", ["9" * 30, "-1", "x", "", "1.5"])
def test_a_number_that_no_act_has_is_told_politely(staff, board, number):
    assert staff.get(f"{BOARD}/nouvelles?depuis={number}").status_code == 200
    assert staff.get(f"{BOARD}/historique/annuler?acte={number}").status_code in {303, 404}
    assert post(staff, f"{BOARD}/historique/annuler", BOARD, action=number).status_code == 303


def test_strange_filters_break_no_link(app, staff, board):
    with app.app_context(), transaction() as session:
        author = builders.find_user(session, "animation@example.org")
        for number in range(50):
            builders.published(session, f"Une idée de plus, {number}", actor=author)
    answer = staff.get(f"{BOARD}/contributions?endpoint=x&_method=PATCH&q=&page={'9' * 30}")
    assert answer.status_code == 200
    assert "page 1 sur 2" in read(answer).text
    (following,) = re.findall(r'rel="next" href="([^"]+)"', answer.text)
    assert "endpoint" not in following
    assert staff.get(following.replace("&amp;", "&")).status_code == 200


def test_hidden_words_are_not_confirmed_by_a_search(app, staff, board):
    with app.app_context(), transaction() as session:
        said = builders.contribution(session, "Un zanzibar au bourg")
        builders.decide(session, said, DecisionKind.WITHDRAWN, actor=None)
        url = f"{BOARD}/contributions/{said.public_id}"
    assert "Rien ne correspond" in read(staff.get(f"{BOARD}/contributions?q=zanzibar")).text
    assert "zanzibar" not in read(staff.get(url)).text


@pytest.mark.parametrize("path", ["titre", "resume", "accepter", "dissoudre"])
def test_every_act_on_a_group_may_say_why(staff, board, path):
    url = board["Des bus"]
    words = {"title": "Un autre titre", "summary": "Un autre résumé"}
    post(staff, f"{url}/{path}", url, reason="Parce que", **words)
    assert "Raison\u00a0: Parce que" in read(staff.get(url)).text
    too_long = post(staff, f"{url}/{path}", url, reason="x" * 301, **words)
    assert too_long.status_code in {303, 400}
    assert "x" * 100 not in read(staff.get(url)).text
