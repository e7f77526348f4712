"""The acts of the board through their forms, and what each asks for."""

import re

import pytest
from sqlalchemy import select, update

from tests import builders
from tests.functional import boards
from tests.functional.boards import BOARD, boxes, closes, follow, target
from tests.functional.browsing import groups_on, post, read
from tests.functional.forms import forms_of
from webapp.platform.extensions import transaction
from webapp.review import clusters
from webapp.review.models import Cluster

board = boards.board
colleague = boards.colleague


def test_a_group_is_split_where_a_person_says(app, staff, board):
    url = board["Des bus"]
    (chosen,) = boxes(staff, url, builders.IDEAS[0])
    answer = post(staff, f"{url}/scinder", url, excerpts=chosen, new_title="L’hôpital le dimanche")
    assert "Nouveau regroupement\u00a0: «\u00a0L’hôpital le dimanche\u00a0»." in follow(
        staff, answer
    )
    assert len(groups_on(staff.get(BOARD))) == 3
    assert closes(app)


def test_a_group_made_by_hand_counts_as_read(staff, board):
    url = board["Des bus"]
    chosen = boxes(staff, url, builders.IDEAS[0])
    answer = post(staff, f"{BOARD}/deplacer", url, excerpts=chosen, new_title="L’hôpital")
    assert answer.status_code == 303
    page = read(staff.get(BOARD))
    assert "1\u00a0regroupement lu et accepté sur 3" in page.text
    undone = f"{BOARD}/annuler"
    assert post(staff, undone, BOARD).status_code == 303
    assert "0\u00a0regroupement lu et accepté sur 2" in read(staff.get(BOARD)).text


def test_a_run_is_taken_back_whole_after_a_page_that_says_what_goes(app, staff, board):
    post(staff, f"{board['Des bus']}/accepter", BOARD, title="Des bus le dimanche")
    link = next(url for url in read(staff.get(BOARD)).links if url.endswith("/reprendre"))
    page = read(staff.get(link))
    assert "1\u00a0regroupement que personne n’a touché disparaît" in page.text
    assert "3\u00a0contributions qui y étaient rangées" in page.text
    assert "1\u00a0regroupement fait, accepté, renommé ou changé" in page.text
    done = post(staff, link)
    assert (done.status_code, done.location) == (303, BOARD)
    assert "3\u00a0contributions sont à traiter" in read(staff.get(BOARD)).text
    assert len(groups_on(staff.get(BOARD))) == 1
    assert closes(app)
    again = post(staff, link)
    assert again.status_code == 409
    assert "Il ne reste rien à reprendre" in read(again).text
    assert "Il ne reste rien à reprendre" in read(staff.get(link)).text
    assert not [url for url in read(staff.get(BOARD)).links if url.endswith("/reprendre")]
    history = read(staff.get(f"{BOARD}/historique")).text
    assert "Regroupement de la machine repris par animation" in history
    assert post(staff, f"{BOARD}/annuler", BOARD).status_code == 303
    assert len(groups_on(staff.get(BOARD))) == 2
    assert closes(app)


def test_a_split_says_what_it_lacks(staff, board):
    url = board["Des bus"]
    every = boxes(staff, url)
    assert post(staff, f"{url}/scinder", url, excerpts=every, new_title="Tout").status_code == 422
    assert post(staff, f"{url}/scinder", url, excerpts=every[:1], new_title=" ").status_code == 422


def test_the_machine_proposes_how_to_split(app, staff, board):
    url = board["Des bus"]
    others = boxes(staff, board["Des interprètes"])
    post(staff, f"{BOARD}/deplacer", url, excerpts=others, target=target(url))
    page = staff.get(f"{url}?scinder=1")
    assert "Voici comment la machine le séparerait" in read(page).text
    checked = re.findall(r'name="excerpts" value="[^"]+" checked', page.text)
    assert 0 < len(checked) < 6
    assert re.search(r'id="nouveau" name="new_title" maxlength="200" value="[^"]', page.text)


def test_ticked_groups_are_merged_and_their_history_says_so(app, staff, board):
    chosen = [target(url) for url in board.values()]
    page = follow(staff, post(staff, f"{BOARD}/fusionner", BOARD, clusters=chosen, reason="Pareil"))
    assert "vérifiez le titre" in page
    assert "Fusionné par animation" in page
    assert "Raison\u00a0: Pareil" in page
    assert len(groups_on(staff.get(BOARD))) == 1
    assert closes(app)


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
        new_title="Des laveries",
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


def test_several_groups_feed_one_item_and_what_joins_them_later_too(app, staff, board):
    first, second = board.values()
    for title, url in board.items():
        post(staff, f"{url}/accepter", url, title=title)
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


def test_an_act_stays_on_the_same_group_and_the_same_list(staff, board):
    url, state = board["Des bus"], "q=bus&tri=titre&etat=a-relire"
    page = staff.get(f"{url}?{state}&evil=1")
    sent = whole(page, title="Des bus le dimanche", excerpts=boxes(staff, url)[:1])
    answer = staff.post(f"{url}/accepter", data=sent)
    assert answer.location.startswith(f"{url}?q=bus&tri=titre&etat=a-relire&coche=")


def test_accepting_needs_a_title_chosen_or_written_by_a_person(staff, board):
    url = board["Des bus"]
    assert read(staff.get(url)).value("title") == ""  # the machine's is not taken for granted
    assert '<option value="Des bus">' in staff.get(url).text
    refused = post(staff, f"{url}/accepter", url)
    assert refused.status_code == 422
    assert "Il manque un titre de votre main" in read(refused).text
    assert "0\u00a0regroupement lu et accepté sur 2" in read(staff.get(BOARD)).text
    assert post(staff, f"{url}/accepter", url, title="Des bus").status_code == 303
    assert read(staff.get(url)).value("title") == "Des bus"
    assert "1\u00a0regroupement lu et accepté sur 2" in read(staff.get(BOARD)).text


def test_what_the_machine_wrote_never_fills_the_finding_of_an_item(app, staff, board):
    url = board["Des bus"]
    with app.app_context(), transaction() as session:
        for cluster in session.scalars(select(Cluster)):
            cluster.summary = "Résumé de la machine"
    post(staff, f"{url}/accepter", url, title="Des bus")
    page = staff.get(post(staff, f"{url}/fiche", url).location)
    assert "Résumé de la machine" not in page.text
    assert "Ce que les personnes ont dit\u00a0: Des bus" in read(page).text
    assert builders.IDEAS[0] in read(page).text


@pytest.mark.parametrize("path", ["titre", "resume", "accepter", "dissoudre"])
def test_every_act_on_a_group_may_say_why(staff, board, path):
    url = board["Des bus"]
    words = {"title": "Un autre titre", "summary": "Un autre résumé"}
    post(staff, f"{url}/{path}", url, reason="Parce que", **words)
    assert "Raison\u00a0: Parce que" in read(staff.get(url)).text
    too_long = post(staff, f"{url}/{path}", url, reason="x" * 301, **words)
    assert too_long.status_code in {303, 400}
    assert "x" * 100 not in read(staff.get(url)).text


def test_a_title_that_the_machine_proposes_is_taken_in_one_click(app, staff, board):
    url = board["Des bus"]
    proposed = ("Prévoir un bus le dimanche", "«\u00a0le dimanche, rien\u00a0»", "Des bus")
    with app.app_context(), transaction() as session:
        found = clusters.get_cluster(
            session, group_id=builders.group(session).id, public_id=target(url)
        )
        found.titles = proposed
    page = staff.get(url)
    buttons = re.findall(r'<button[^>]* name="proposed" value="([^"]+)"', page.text)
    assert buttons == list(proposed[:2])
    assert read(page).text.count("citation") == 1
    page = follow(staff, post(staff, f"{url}/titre", url, proposed=proposed[1]))
    assert "Titre enregistré." in page
    assert "« le dimanche, rien »" in groups_titles(staff)
    left = re.findall(r'<button[^>]* name="proposed" value="([^"]+)"', staff.get(url).text)
    assert left == [proposed[0], proposed[2]]


def whole(page, **more):
    """Return what the form that decides about a group sends, as a browser without scripts does."""
    form = next(one for one in forms_of("", page) if "shown" in one.values())
    return form.values(**more)


@pytest.mark.parametrize("act", ["accepter", "fusionner", "dissoudre", "rouvrir", "fiche", "titre"])
def test_an_act_first_keeps_what_the_page_of_a_group_holds(app, staff, board, act):
    url, words = board["Des bus"], {"summary": "Un bus, même le soir."}
    other = target(board["Des interprètes"])
    if act in {"rouvrir", "fiche"}:
        post(staff, f"{url}/accepter", url, title="Des bus le dimanche")
    if act not in {"accepter", "titre"}:
        words["title"] = "Des bus le soir"
    sent = whole(staff.get(url), **words)
    sent |= {"clusters": other} if act == "fusionner" else {}
    sent |= {"title": "Des bus le soir"} if act in {"accepter", "titre"} else {}
    assert staff.post(f"{url}/{act}", data=sent | {"reason": "Dit en séance"}).status_code == 303
    with app.app_context(), transaction() as session:
        group_id = builders.group(session).id
        found = clusters.get_cluster(session, group_id=group_id, public_id=target(url))
        assert (found.title, found.summary) == ("Des bus le soir", "Un bus, même le soir.")
        assert found.summary_by_human


def test_an_act_keeps_no_summary_that_nobody_changed(app, staff, board):
    """The worker may have written another one since the page was shown."""
    url = board["Des bus"]
    page = staff.get(url)
    with app.app_context(), transaction() as session:
        group_id = builders.group(session).id
        found = clusters.get_cluster(session, group_id=group_id, public_id=target(url))
        session.execute(update(Cluster).where(Cluster.id == found.id).values(summary="Relu."))
    sent = whole(page, title="Des bus le soir")
    assert staff.post(f"{url}/accepter", data=sent).status_code == 303
    with app.app_context(), transaction() as session:
        found = clusters.get_cluster(session, group_id=group_id, public_id=target(url))
        assert (found.summary, found.summary_by_human) == ("Relu.", False)


def groups_titles(staff):
    return read(staff.get(BOARD)).text.replace("\u00a0", " ")


def test_a_group_without_proposals_offers_none(staff, board):
    assert "Autres titres proposés" not in read(staff.get(board["Des bus"])).text
