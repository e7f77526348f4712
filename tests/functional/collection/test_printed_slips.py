"""Slips with a stub: printed with their codes, keyed in, followed from the stub."""

import re

import pytest

from tests import builders
from tests.functional.browsing import post, read
from tests.functional.room import DESK, act, stored, table_address
from webapp.collection.models import Contribution, DecisionKind, PrintedSlip
from webapp.platform.extensions import db, transaction
from webapp.platform.tokens import DRAWN, grouped, new_receipt

SLIPS, PAPER, CHECK = f"{DESK}/bulletins", f"{DESK}/saisie", f"{DESK}/seconde-lecture"
NOT_KEYED = "n’a pas encore été recopié"


def make(staff, count="4", per_page="4"):
    """Prepare slips; return the page that shows them and their codes."""
    made = post(staff, SLIPS, count=count, per_page=per_page)
    assert made.status_code == 303
    page = staff.get(made.location)
    return page, [found.replace("-", "") for found in re.findall(r'ltr">([\w-]{14})<', page.text)]


def key_in(client, words, slip, address=PAPER, key=None):
    return post(client, address, body=words, key=key or words, slip=slip, people="1")


def test_slips_are_printed_by_whole_pages_with_codes_that_a_person_can_copy(staff):
    page, codes = make(staff, count="5", per_page="4")
    assert len(set(codes)) == 8
    assert all(len(code) == 12 and not set(code) - set(DRAWN) for code in codes)
    assert page.headers["Cache-Control"] == "no-store"
    assert page.text.count("sm-ticket--4") == 8
    text = read(page).text
    assert "Bulletin n° 8" in text
    assert "/suivi" in text
    assert read(page).value("csrf_token")  # the form that prepares more is sent from here
    page, more = make(staff, count="6", per_page="6")
    assert "Bulletin n° 14" in read(page).text
    assert page.text.count("sm-ticket--6") == 6
    assert not set(codes) & set(more)


@pytest.mark.parametrize("fields", [{"count": "0"}, {"count": "1000"}, {"per_page": "5"}])
def test_other_numbers_are_refused(app, staff, fields):
    assert post(staff, SLIPS, **{"count": "4", "per_page": "4"} | fields).status_code == 422
    with app.app_context():
        assert db.session.query(PrintedSlip).count() == 0


@pytest.mark.parametrize("typed", [grouped, str.lower, lambda code: f"https://x.fr/suivi/{code}"])
def test_a_stub_says_that_it_waits_then_follows_the_idea(staff, phone, typed):
    _, (code, *_others) = make(staff)
    before = phone.get(f"/suivi?code={typed(code)}")
    assert before.status_code == 404
    assert NOT_KEYED in read(before).text
    assert "Aucune idée n’a ce code" not in read(before).text
    assert NOT_KEYED in read(phone.get(f"/suivi/{code}")).text
    assert key_in(staff, "Un banc", typed(code)).status_code == 303
    after = phone.get(f"/suivi?code={typed(code)}")
    assert after.location == f"/suivi/{code}"
    assert "Un banc" in read(phone.get(after.location)).text
    assert "Aucune idée n’a ce code" in read(phone.get(f"/suivi?code={new_receipt()}")).text


def test_a_rapporteur_keys_slips_and_the_field_shows_only_where_there_are_some(staff, phone):
    table = table_address(staff)
    assert 'name="slip"' not in phone.get(table).text + staff.get(PAPER).text
    _, (code, *_others) = make(staff)
    for page in (phone.get(table), phone.get(f"{table}?vierge"), staff.get(PAPER)):
        assert 'name="slip"' in page.text
    assert key_in(phone, "Un bus", grouped(code), table).status_code == 303
    assert read(phone.get(table)).value("slip") == ""
    assert "Un bus" in read(phone.get(f"/suivi/{code}")).text


def test_a_slip_is_keyed_once_and_sending_again_stores_nothing_more(app, staff, phone):
    _, (code, *_others) = make(staff)
    for _ in range(2):
        assert key_in(staff, "Un banc", code).status_code == 303
    twice = key_in(staff, "Un abri", code)
    assert twice.status_code == 409
    assert "Ce bulletin est déjà saisi" in read(twice).text
    assert read(twice).value("body") == "Un abri"
    twice = key_in(phone, "Un abri", code, table_address(staff))
    assert "Ce bulletin est déjà saisi" in read(twice).text
    assert stored(app) == [("Un banc", DecisionKind.PENDING)]
    assert key_in(staff, "Un abri", "").status_code == 303  # without a code, as before


def test_a_code_that_is_not_of_a_slip_or_of_another_workshop_is_refused_in_words(app, staff):
    _, (code, *_others) = make(staff)
    assert "Aucun bulletin n’a ce code" in read(key_in(staff, "Un abri", new_receipt())).text
    with app.app_context(), transaction() as session:
        elsewhere = builders.workshop(session, code="HJKLMN")
        session.query(PrintedSlip).filter_by(code=code).one().workshop_id = elsewhere.id
    refused = key_in(staff, "Un abri", code)
    assert refused.status_code == 409
    assert "Il a été imprimé pour « Atelier HJKLMN »" in read(refused).text.replace("\xa0", " ")
    assert stored(app) == []


def test_a_note_that_is_taken_back_frees_its_slip_and_brings_the_code_back(app, staff, phone):
    _, (code, *_others) = make(staff)
    key_in(staff, "Un ban", code)
    undo = re.search(r'action="([^"]+/reprendre)"', staff.get(PAPER).text).group(1)
    back = post(staff, undo, PAPER)
    assert NOT_KEYED in read(phone.get(f"/suivi/{code}")).text
    line = read(staff.get(back.location))
    assert (line.value("body"), line.value("slip")) == ("Un ban", grouped(code))
    assert key_in(staff, "Un banc", line.value("slip")).status_code == 303
    assert "Un banc" in read(phone.get(f"/suivi/{code}")).text
    assert stored(app) == [("Un ban", DecisionKind.WITHDRAWN), ("Un banc", DecisionKind.PENDING)]


def test_the_code_follows_a_correction(app, staff, phone):
    _, (code, *_others) = make(staff)
    key_in(staff, "Un ban", code)
    with app.app_context():
        line = db.session.query(Contribution).one().public_id
    fields = {"body": "Un banc", "key": "correction", "people": "1"}
    for _ in range(2):
        assert post(staff, f"{CHECK}/{line}", CHECK, **fields).status_code == 303
    page = read(phone.get(f"/suivi/{code}")).text
    assert "Un banc" in page
    assert "retirée" not in page.split("Retirer")[0]
    assert "Ce bulletin est déjà saisi" in read(key_in(staff, "Un abri", code)).text


def test_an_idea_that_its_author_withdrew_is_not_keyed_in_again(app, staff, phone):
    _, (code, *_others) = make(staff)
    key_in(staff, "Un banc", code)
    follow = f"/suivi/{code}"
    assert post(phone, f"{follow}/retirer", follow).status_code == 303
    assert "Ce bulletin est déjà saisi" in read(key_in(staff, "Un banc bis", code)).text
    assert stored(app) == [("Un banc", DecisionKind.WITHDRAWN)]


def test_a_slip_that_is_keyed_is_not_printed_again(staff):
    page, (code, *others) = make(staff)
    key_in(staff, "Un banc", code)
    again = staff.get(page.request.full_path).text
    assert grouped(code) not in again
    assert all(grouped(other) in again for other in others)


def test_a_slip_carries_the_question_that_was_chosen(staff):
    act(staff, "consignes", question="Et demain, que garder ?")
    made = post(staff, SLIPS, count="4", per_page="4", question="2")
    assert read(staff.get(made.location)).text.count("2. Et demain") >= 4
