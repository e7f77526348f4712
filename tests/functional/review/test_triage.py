"""Notes are sorted one by one, through plain forms."""

import re

import pytest
from sqlalchemy import func, select, update

from tests import builders
from tests.functional import boards
from tests.functional.boards import BOARD, closes, oppose, target
from tests.functional.browsing import Page, groups_on, post, read
from webapp.collection.models import Contribution
from webapp.platform.extensions import transaction
from webapp.review import triage
from webapp.review.models import AnalysisRun, Cluster, ExcerptPairs, TriageClaim

board = boards.board
colleague = boards.colleague
TRIAGE = f"{BOARD}/trier"
UNPLACED = {"pile": "sans-groupe", "ordre": "doute"}
UNREAD = {"pile": "a-relire", "ordre": "doute"}


@pytest.fixture
def pile(app, staff):
    """Seven notes that nobody placed, and no analysis."""
    with app.app_context(), transaction() as session:
        builders.user(session, email="collegue@example.org")
        author = builders.find_user(session, "animation@example.org")
        for idea in builders.IDEAS:
            builders.published(session, idea, actor=author)


def begin(client, **wanted):
    """Press « Commencer », and return the address of the first note."""
    return post(client, TRIAGE, TRIAGE, **(UNPLACED | wanted)).location


def note(client, url):
    """Return the words of the note that a page shows."""
    return read_words(re.search(r'<p class="sm-note__words"[^>]*>(.*?)</p>', page(client, url))[1])


def read_words(html):
    return re.sub(r"<[^>]+>", "", html).strip().replace("&#39;", "'")


def page(client, url):
    answer = client.get(url)
    assert answer.status_code == 200, answer.status
    return answer.text


def titles(client, url):
    """Return the titles of the numbered groups of a page, in their order."""
    return re.findall(
        r'data-key="\d"[^>]*>\s*<kbd>\d</kbd>\s*<strong>(.*?)</strong>', page(client, url)
    )


def kept(client, url):
    """Return the hidden values of the note's form."""
    form = Page(page(client, url).partition('id="tri"')[2])
    return {name: form.value(name) for name in ("excerpts", "back", "query")}


def rest(client, url):
    """Leave every note that is left isolated, and return the address of the end."""
    for _ in builders.IDEAS:
        if "note=" in url:
            url = press(client, url, f"{BOARD}/isoler")
    assert "note=" not in url
    return url


def press(client, url, where, **fields):
    """Press a button of the note's form, and return the address that follows."""
    answer = post(client, where, url, **kept(client, url) | fields)
    assert answer.status_code == 303, answer.status
    return answer.location


def new(client, url):
    return press(client, url, f"{TRIAGE}/nouveau")


def targets(client, url):
    return dict(
        zip(
            titles(client, url),
            re.findall(r'name="target" value="([^"]+)" data-key="\d"', page(client, url)),
            strict=True,
        )
    )


def test_notes_are_sorted_from_an_empty_board_and_before_any_analysis(app, staff, pile):
    url = begin(staff)
    first = note(staff, url)
    url = new(staff, url)
    assert note(staff, url) != first
    assert len(titles(staff, url)) == 1
    places = targets(staff, url)
    url = press(staff, url, f"{BOARD}/deplacer", target=places[titles(staff, url)[0]])
    url = rest(staff, url)
    assert "Toutes les notes ont une place" in read(staff.get(url)).text
    assert len(groups_on(staff.get(BOARD))) == 1
    assert closes(app)
    with app.app_context(), transaction() as session:
        assert session.scalar(select(func.count(AnalysisRun.id))) == 0
        assert not session.scalars(select(Cluster.title_by_human)).one()


def test_the_start_says_how_many_notes_are_left_and_the_board_leads_there(staff, board):
    start = read(staff.get(TRIAGE)).text.replace("\u00a0", " ")
    assert "1 sans regroupement environ 1 minute en comptant 10 secondes par note" in start
    assert f'href="{TRIAGE}"' in staff.get(BOARD).text
    assert "Trier 1\u00a0contribution une à une" in read(staff.get(BOARD)).text
    assert "Trier les notes de Accès aux droits (1)" in read(staff.get("/animation/")).text


def test_groups_are_ranked_by_what_was_compared_and_by_each_placement(app, staff, board):
    """The first note is about a bus; the second one joins what the first one joined."""
    url = begin(staff, **UNREAD)
    with app.app_context(), transaction() as session:
        excerpt = (
            session.scalars(select(Contribution).where(Contribution.body == builders.IDEAS[0]))
            .one()
            .excerpts[0]
            .id
        )
        assert session.scalar(select(func.count(ExcerptPairs.excerpt_id))) == len(builders.IDEAS)
    url = re.sub(r"note=\d+", f"note={excerpt}", url)
    assert titles(staff, url)[0] == "Des bus"
    assert "notes en cours de comparaison" not in page(staff, url)


def test_placing_a_note_of_the_machine_confirms_it(app, staff, board):
    url = begin(staff, **UNREAD)
    left = int(re.search(r"<strong>(\d+)</strong> à relire", page(staff, url))[1])
    own = re.search(
        r'value="([^"]+)" data-key="\d"[^>]*>(?:(?!</button>).)*confirmer',
        page(staff, url),
        re.DOTALL,
    )
    words = note(staff, url)
    url = press(staff, url, f"{BOARD}/deplacer", target=own[1])
    assert note(staff, url) != words
    assert f"<strong>{left - 1}</strong> à relire" in page(staff, url)
    assert closes(app)


def test_a_note_is_set_aside_with_a_reason_and_comes_back(app, staff, pile):
    url = begin(staff)
    words = note(staff, url)
    after = press(staff, url, f"{BOARD}/ecarter", reason="Hors sujet")
    assert note(staff, after) != words
    undo = re.search(
        r'action="[^"]+/annuler".*?name="query" value="([^"]+)"', page(staff, after), re.DOTALL
    )
    query = undo[1].replace("&amp;", "&")
    back = post(staff, f"{BOARD}/annuler", after, back="trier", query=query)
    assert note(staff, back.location) == words
    assert closes(app)


def test_a_refused_act_shows_the_same_note_again(staff, pile):
    url = begin(staff)
    again = press(staff, url, f"{BOARD}/ecarter", reason="")
    assert "l’auteur pourra le lire" in read(staff.get(again)).text
    assert note(staff, again) == note(staff, url)


def test_a_note_is_cut_and_its_first_passage_comes_next(app, staff, pile):
    with app.app_context(), transaction() as session:
        author = builders.find_user(session, "animation@example.org")
        said = builders.published(session, "Un abri au car. Un médecin au village.", actor=author)
        excerpt, public_id, at = said.excerpts[0].id, said.public_id, said.body.index("Un médecin")
    url = f"{TRIAGE}?pile=sans-groupe&ordre=doute&note={excerpt}"
    query = f"pile=sans-groupe&ordre=doute&rang=0&relire={excerpt}"
    answer = post(
        staff, f"{BOARD}/contributions/{public_id}", url, at=str(at), back="trier", query=query
    )
    assert note(staff, answer.location) == "Un abri au car."
    assert closes(app)


def test_passing_walks_the_pile_without_deciding(staff, pile):
    url = begin(staff)
    words = note(staff, url)
    shown = page(staff, url)
    following = re.search(r'name="note" value="(\d+)" data-key="j"', shown)[1]
    assert 'data-key="k"' not in shown
    after = post(staff, TRIAGE, url, **UNPLACED, note=following).location
    before = re.search(r'name="note" value="(\d+)" data-key="k"', page(staff, after))[1]
    back = post(staff, TRIAGE, after, **UNPLACED, note=before).location
    assert note(staff, back) == words
    assert "7</strong> sans regroupement" in page(staff, back)


def test_after_a_note_the_next_one_of_the_pile_comes_and_not_the_first(staff, pile):
    url = begin(staff)
    first = note(staff, url)
    following = re.search(r'name="note" value="(\d+)" data-key="j"', page(staff, url))[1]
    second = post(staff, TRIAGE, url, **UNPLACED, note=following).location
    third = press(staff, second, f"{BOARD}/isoler")
    assert note(staff, third) not in {first, note(staff, second)}


def test_opposed_notes_come_first_or_workshops_one_after_another(app, staff, pile):
    oppose(app, builders.IDEAS[4], builders.IDEAS[6])
    assert note(staff, begin(staff)) == builders.IDEAS[4]
    assert "avis divergents" in page(staff, begin(staff))
    assert note(staff, begin(staff, ordre="atelier")) == builders.IDEAS[0]


def test_two_people_are_offered_different_notes_and_the_later_decision_is_told(
    app, staff, pile, browser_of
):
    other = browser_of("collegue")
    mine, theirs = begin(staff), begin(other)
    assert note(staff, mine) != note(other, theirs)
    assert "lit aussi" not in page(staff, mine)
    assert "animation la lit aussi" in page(other, mine)
    stale = kept(other, mine)
    new(staff, mine)
    refused = post(other, f"{TRIAGE}/nouveau", theirs, **stale)
    assert refused.status_code == 409
    assert "animation" in read(refused).text
    assert TRIAGE in read(refused).links
    assert len(groups_on(staff.get(BOARD))) == 1
    assert closes(app)


def test_a_claim_expires(app, staff, pile, browser_of):
    words = note(staff, begin(staff))
    with app.app_context(), transaction() as session:
        session.execute(update(TriageClaim).values(until=builders.NOW))
    assert note(browser_of("collegue"), begin(browser_of("collegue"))) == words


def test_everybody_ends_with_what_was_done_and_where_to_go(staff, board):
    url = rest(staff, begin(staff))
    end = read(staff.get(url)).text.replace("\u00a0", " ")
    assert "animation, 1 acte" in end
    assert "Il reste 6 notes placées par la machine" in end
    assert f"{BOARD}/synthese" in staff.get(url).text


def test_a_note_of_another_group_or_that_is_hidden_is_not_shown(app, staff, pile):
    assert staff.get(f"{TRIAGE}?note=99999").status_code == 404
    answer = post(staff, TRIAGE, TRIAGE, **UNPLACED, note="99999")
    assert "note=99999" not in answer.location


def test_a_pace_is_that_of_the_last_acts(app, staff, pile):
    with app.app_context(), transaction() as session:
        who = builders.find_user(session, "animation@example.org").id
        group_id = builders.group(session).id
        assert not triage.read_pace(session, group_id=group_id, actor_id=who).measured
    assert triage.Pace(20.0, measured=True).minutes(7) == 3


def test_a_title_is_proposed_for_a_group_that_a_note_makes(app, staff, pile):
    url = begin(staff)
    new(staff, url)
    (address,) = groups_on(staff.get(BOARD))
    with app.app_context(), transaction() as session:
        made = session.scalars(select(Cluster).where(Cluster.public_id == target(address))).one()
        assert made.titles
        assert made.title == made.titles[0]


def test_what_is_forged_is_refused(staff, pile):
    assert post(staff, f"{TRIAGE}/nouveau", TRIAGE, excerpts="x").status_code == 400
    assert post(staff, TRIAGE, TRIAGE, pile="tout", ordre="rien").status_code == 400
    assert "sans regroupement" in read(staff.get(f"{TRIAGE}?pile=tout&ordre=rien")).text
