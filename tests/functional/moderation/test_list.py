"""Contributions decided in the list itself, one by one, by workshop, while others arrive."""

import re

import pytest

from tests import builders
from tests.functional.browsing import post, read
from tests.functional.forms import Forms
from tests.functional.room import stored
from webapp.collection.models import DecisionKind
from webapp.platform.extensions import transaction

QUEUE = f"/animation/moderation/{builders.GROUP}"
NAMED = "Appelez Mme Josiane Quatremarre au 06 39 98 12 34"
CLEAN, LAST = "Un bus le dimanche", "Un banc"
PENDING, PUBLISHED = DecisionKind.PENDING, DecisionKind.PUBLISHED
MASKED, ASIDE = DecisionKind.MASKED, DecisionKind.SET_ASIDE


@pytest.fixture
def said(app, staff):
    """The identifiers of three contributions that wait, in two workshops."""
    with app.app_context(), transaction() as session:
        builders.user(session, email="collegue@example.org")
        builders.workshop(session, code="FGHJKL")
        rooms = ((CLEAN, "ABCDEF"), (NAMED, "FGHJKL"), (LAST, "ABCDEF"))
        return [builders.contribution(session, body, code=c).public_id for body, c in rooms]


def form(client, public_id, kind, page=QUEUE):
    """Return what a button of an entry of the list sends, and where."""
    for found in Forms(page, client.get(page).text).found:
        values = found.values()
        if f"/{public_id}?" in found.action and values.get("kind", "published") == kind:
            return found.action, values | {"kind": kind}
    raise AssertionError(f"no form {kind} for {public_id}")


def decide(client, public_id, kind, page=QUEUE, **more):
    url, values = form(client, public_id, kind, page)
    return client.post(url, data=values | more)


def boxes(client, page=QUEUE):
    """Return whether each contribution of the list is ticked for publication."""
    tags = read(client.get(page)).tags
    found = [v for t, v in tags if t == "input" and v.get("name") == "contributions"]
    return {box["value"]: "checked" in box for box in found}


def focused(client, page):
    """Return the contribution that has the focus when the page opens."""
    return next(v["value"] for _, v in read(client.get(page)).tags if "autofocus" in v)


def test_what_the_guard_found_is_ticked_for_masking_and_never_for_publication(staff, said):
    first, named, last = said
    assert boxes(staff) == {first: True, named: False, last: True}
    spans = [v for t, v in read(staff.get(QUEUE)).tags if v.get("name") == "spans"]
    assert len(spans) == 2
    assert all("checked" in span for span in spans)


def test_each_decision_leads_to_the_next_contribution(app, staff, said):
    first, named, last = said
    answer = decide(staff, first, "published")
    assert answer.location == f"{QUEUE}?fait={first}&ici={named}"
    assert focused(staff, answer.location) == named
    answer = decide(staff, named, "masked", reason="Coordonnées", spans=["8-31", "35-49"])
    assert answer.location.endswith(f"ici={last}")
    assert decide(staff, last, "set_aside", reason="Hors sujet").location.endswith(f"?fait={last}")
    assert [kind for _, kind in stored(app)] == [PUBLISHED, MASKED, ASIDE]
    page = read(staff.get(f"{QUEUE}?etat=masked")).text
    assert "Appelez [nom masqué] au [téléphone masqué]" in page


def test_the_first_one_has_the_focus_when_the_next_one_was_decided_meanwhile(staff, said):
    assert focused(staff, QUEUE) == said[0]
    decide(staff, said[1], "published")
    assert focused(staff, f"{QUEUE}?ici={said[1]}") == said[0]


def test_words_that_the_guard_missed_are_masked_too(staff, said):
    words = {"reason": "Reconnaissable", "words": "dimanche"}
    assert decide(staff, said[0], "masked", **words).status_code == 303
    assert "Un bus le [passage masqué]" in read(staff.get(f"{QUEUE}?etat=masked")).text


@pytest.mark.parametrize(("words", "told"), [("", "Cochez un passage"), ("samedi", "« samedi »")])
def test_a_masking_that_hides_nothing_publishes_nothing(app, staff, said, words, told):
    answer = decide(staff, said[1], "masked", reason="Nom", words=words)
    assert answer.status_code == 422
    page = read(answer)
    assert told in page.text
    assert page.value("reason") == "Nom"
    assert {kind for _, kind in stored(app)} == {PENDING}


@pytest.mark.parametrize("spans", ["x-y", "1", "-4-2", "1-9999999"])
def test_a_passage_that_is_not_one_is_refused(app, staff, said, spans):
    assert decide(staff, said[1], "masked", reason="Nom", spans=spans).status_code == 422
    assert {kind for _, kind in stored(app)} == {PENDING}


def test_a_decision_is_taken_back_where_it_stood(app, staff, said):
    page = decide(staff, said[1], "published").location
    assert "Annuler\u00a0: publiée" in read(staff.get(page)).text
    back = decide(staff, said[1], "pending", page)
    assert back.location == f"{QUEUE}?ici={said[1]}"
    assert {kind for _, kind in stored(app)} == {PENDING}
    assert "Annuler" not in read(staff.get(page)).text


def test_nobody_takes_back_what_a_colleague_decided(staff, said, browser_of):
    page = decide(browser_of("collegue"), said[0], "published").location
    assert "Annuler" not in read(staff.get(page)).text


def test_whoever_publishes_after_a_colleague_is_told_and_goes_on(app, staff, said, browser_of):
    url, values = form(staff, said[0], "published")
    decide(browser_of("collegue"), said[0], "set_aside", reason="Hors sujet")
    answer = staff.post(url, data=values)
    assert answer.location == f"{QUEUE}?ici={said[1]}"
    assert "a déjà décidé de cette contribution" in read(staff.get(answer.location)).text
    assert stored(app)[0] == (CLEAN, ASIDE)


def test_whoever_masks_after_a_colleague_sees_what_is_published(app, staff, said, browser_of):
    url, values = form(staff, said[1], "masked")
    decide(browser_of("collegue"), said[1], "published")
    answer = staff.post(url, data=values | {"reason": "Nom", "spans": ["8-31"]})
    assert answer.status_code == 409
    assert "Appelez [nom masqué] au 06 39 98 12 34" in answer.text
    assert stored(app)[1] == (NAMED, PUBLISHED)


def test_what_its_author_took_back_does_not_stop_the_reading(app, staff, said):
    url, values = form(staff, said[0], "published")
    with app.app_context(), transaction() as session:
        found = builders.decisions.get_contribution(
            session, group_id=builders.group(session).id, public_id=said[0]
        )
        builders.decide(session, found, DecisionKind.WITHDRAWN, actor=None)
    answer = staff.post(url, data=values)
    assert answer.location == f"{QUEUE}?ici={said[1]}"
    assert "L’auteur a déjà décidé" in read(staff.get(answer.location)).text


def test_one_workshop_is_read_at_a_time(staff, said):
    page = f"{QUEUE}?atelier=FGHJKL"
    assert f"{page}&ordre=recentes" in read(staff.get("/animation/ateliers/FGHJKL")).links
    assert list(boxes(staff, page)) == [said[1]]
    assert "Tous (3)" in read(staff.get(QUEUE)).text
    answer = decide(staff, said[1], "published", page)
    assert answer.location == f"{QUEUE}?atelier=FGHJKL&fait={said[1]}"
    assert "Relire les autres ateliers (2)" in read(staff.get(answer.location)).text
    sent = post(staff, f"{QUEUE}/publier?atelier=ABCDEF", QUEUE, contributions=said[0])
    assert sent.location == f"{QUEUE}?atelier=ABCDEF"
    assert boxes(staff, f"{QUEUE}?atelier=ZZZZZZ") == {}


def test_what_arrives_is_announced_and_not_what_was_there(app, staff, said):
    poll = re.search(r'data-poll="([^"]+)"', staff.get(QUEUE).text)[1].replace("&amp;", "&")
    quiet = staff.get(poll)
    assert read(quiet).text == ""
    same = {"If-None-Match": quiet.headers["ETag"]}
    assert staff.get(poll, headers=same).status_code == 304
    with app.app_context(), transaction() as session:
        for body in ("Une piscine", "Une fontaine", "Des arbres"):
            builders.contribution(session, body)
    assert "3\u00a0nouvelles Afficher" in read(staff.get(poll, headers=same)).text
    assert read(staff.get(f"{poll}&atelier=FGHJKL")).text == ""


def test_the_end_says_what_was_done_and_what_is_next(staff, said):
    for public_id in said[:2]:
        decide(staff, public_id, "published")
    end = decide(staff, said[2], "set_aside", reason="Hors sujet").location
    page = read(staff.get(end))
    assert "2\u00a0publiées, 1\u00a0écartée" in page.text
    assert f"/revue/{builders.GROUP}/trier" in page.links
    assert "Annuler\u00a0: écartée" in page.text


def test_the_newest_come_first_on_request_and_the_address_keeps_it(staff, said):
    assert list(boxes(staff)) == said
    page = f"{QUEUE}?atelier=ABCDEF&ordre=recentes"
    assert list(boxes(staff, page)) == [said[2], said[0]]
    answer = decide(staff, said[2], "published", page)
    assert answer.location == f"{page}&fait={said[2]}&ici={said[0]}"
    shown = read(staff.get(answer.location))
    assert "Annuler\u00a0: publiée" in shown.text
    assert f"{QUEUE}?atelier=ABCDEF" in shown.links  # back to the order of arrival
    assert "/animation/ateliers/ABCDEF#salle" in shown.links
    assert shown.value("ordre") == "recentes"  # another workshop is chosen in the same order
    sent = post(
        staff, f"{QUEUE}/publier?atelier=ABCDEF&ordre=recentes", page, contributions=said[0]
    )
    assert sent.location == page


def test_one_press_publishes_and_shows_on_the_wall(app, staff, said, phone):
    page = f"{QUEUE}?atelier=ABCDEF"
    assert "Au mur" in read(staff.get(page)).text
    assert "Au mur" not in read(staff.get(QUEUE)).text  # several rooms: which wall?
    decide(staff, said[0], "published", page)
    assert CLEAN not in read(phone.get("/mur/ABCDEF")).text
    answer = decide(staff, said[2], "published", page, show="y")
    assert "Le mur montre les idées" in read(staff.get(answer.location)).text
    assert (LAST, PUBLISHED) in stored(app)
    wall = read(phone.get("/mur/ABCDEF")).text
    assert LAST in wall
    assert CLEAN in wall


def test_what_is_set_aside_does_not_reveal_the_wall(staff, said, phone):
    page = f"{QUEUE}?atelier=ABCDEF"
    decide(staff, said[0], "published", page)
    decide(staff, said[2], "set_aside", page, reason="Hors sujet", show="y")
    assert CLEAN not in read(phone.get("/mur/ABCDEF")).text


def test_an_empty_list_opens_by_itself_and_one_that_is_read_stays(app, staff, said):
    def poll(page):
        return re.search(r'data-poll="([^"]+)"', staff.get(page).text)[1].replace("&amp;", "&")

    page = f"{QUEUE}?atelier=FGHJKL&ordre=recentes"
    reading = poll(page)
    decide(staff, said[1], "set_aside", page, reason="Hors sujet")
    waiting = poll(page)
    assert staff.get(waiting).status_code == 200
    with app.app_context(), transaction() as session:
        builders.contribution(session, "Une piscine", code="FGHJKL")
    assert staff.get(reading).status_code == 200
    assert staff.get(waiting).location == page
