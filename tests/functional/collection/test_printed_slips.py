"""Slips with a stub: printed with their codes, keyed in, followed from the stub."""

import re
from datetime import timedelta

import pytest

from tests import builders
from tests.functional.browsing import post, read
from tests.functional.room import DESK, act, move, stored, table_address
from webapp.collection.models import (
    Contribution,
    DecisionKind,
    PrintedSlip,
    WorkshopState,
)
from webapp.platform.extensions import db, transaction
from webapp.platform.models import PurgeCause
from webapp.platform.tokens import DRAWN, grouped, mark, new_receipt
from webapp.privacy import retention

SLIPS, PAPER, CHECK = f"{DESK}/bulletins", f"{DESK}/saisie", f"{DESK}/seconde-lecture"
NOT_KEYED = "n’a pas encore été recopié"


def make(staff, count="4", per_page="4"):
    """Prepare slips; return the page that shows them, and the mark and the code of each."""
    made = post(staff, SLIPS, count=count, per_page=per_page)
    assert made.status_code == 303
    page = staff.get(made.location)
    codes = [found.replace("-", "") for found in re.findall(r'ltr">([\w-]{14})<', page.text)]
    marks = re.findall(r'aria-label="Bulletin n° \W?(\d+-\w{2})\W?"', page.text)
    return page, list(zip(marks, codes, strict=True))


def one(staff):
    """Prepare slips; return the mark and the code of the first one."""
    return make(staff)[1][0]


def key_in(client, words, slip, address=PAPER, key=None, **fields):
    return post(client, address, body=words, key=key or words, slip=slip, people="1", **fields)


def test_slips_are_printed_by_whole_pages_with_codes_that_a_person_can_copy(staff):
    page, slips = make(staff, count="5", per_page="4")
    codes = {code for _mark, code in slips}
    assert len(codes) == 8
    assert all(len(code) == 12 and not set(code) - set(DRAWN) for code in codes)
    assert page.headers["Cache-Control"] == "no-store"
    assert page.text.count("sm-ticket--4") == 8
    assert [mark.split("-")[0] for mark, _code in slips] == [str(n) for n in range(1, 9)]
    assert "/suivi" in read(page).text
    assert read(page).value("csrf_token")  # the form that prepares more is sent from here
    page, more = make(staff, count="6", per_page="6")
    assert more[-1][0].startswith("14-")
    assert page.text.count("sm-ticket--6") == 6
    assert not codes & {code for _mark, code in more}


def test_the_code_is_on_the_stub_alone_and_the_mark_on_the_part_that_is_handed_in(staff):
    page, slips = make(staff)
    sections = page.text.split("<section")[1:]
    assert len(sections) == 4
    for (slip_mark, code), section in zip(slips, sections, strict=True):
        handed_in, stub = section.split('class="sm-ticket__stub"')
        assert slip_mark in handed_in
        assert grouped(code) not in handed_in
        assert grouped(code) in stub


@pytest.mark.parametrize("fields", [{"count": "0"}, {"count": "1000"}, {"per_page": "5"}])
def test_other_numbers_are_refused(app, staff, fields):
    assert post(staff, SLIPS, **{"count": "4", "per_page": "4"} | fields).status_code == 422
    with app.app_context():
        assert db.session.query(PrintedSlip).count() == 0


def test_none_is_printed_for_a_workshop_that_is_archived(app, staff):
    move(app, WorkshopState.ARCHIVED)
    assert post(staff, SLIPS, count="4", per_page="4").status_code == 409
    with app.app_context():
        assert db.session.query(PrintedSlip).count() == 0


@pytest.mark.parametrize(
    "typed",
    [
        str,
        str.lower,
        lambda mark: mark.replace("-", ""),
        lambda mark: mark.replace("-", " - "),
        lambda mark: f" Bulletin n° {mark} ",
        lambda mark: mark.replace("1", "l"),
    ],
)
def test_the_mark_keys_the_slip_in_however_it_is_typed(staff, phone, typed):
    slip_mark, code = one(staff)
    assert key_in(staff, "Un banc", typed(slip_mark)).status_code == 303
    assert "Un banc" in read(phone.get(f"/suivi/{code}")).text


@pytest.mark.parametrize("typed", [grouped, str.lower, lambda code: f"https://x.fr/suivi/{code}"])
def test_a_stub_says_that_it_waits_then_follows_the_idea(staff, phone, typed):
    slip_mark, code = one(staff)
    before = phone.get(f"/suivi?code={typed(code)}")
    assert before.status_code == 404
    assert NOT_KEYED in read(before).text
    assert "Aucune idée n’a ce code" not in read(before).text
    assert NOT_KEYED in read(phone.get(f"/suivi/{code}")).text
    assert key_in(staff, "Un banc", slip_mark).status_code == 303
    after = phone.get(f"/suivi?code={typed(code)}")
    assert after.location == f"/suivi/{code}"
    assert "Un banc" in read(phone.get(after.location)).text
    assert "Aucune idée n’a ce code" in read(phone.get(f"/suivi?code={new_receipt()}")).text


def test_a_rapporteur_keys_slips_and_the_field_shows_only_where_there_are_some(staff, phone):
    table = table_address(staff)
    assert 'name="slip"' not in phone.get(table).text + staff.get(PAPER).text
    slip_mark, code = one(staff)
    for page in (phone.get(table), phone.get(f"{table}?vierge"), staff.get(PAPER)):
        assert 'name="slip"' in page.text
    assert key_in(phone, "Un bus", slip_mark, table).status_code == 303
    assert read(phone.get(table)).value("slip") == ""
    assert "Un bus" in read(phone.get(f"/suivi/{code}")).text


def test_a_slip_is_keyed_once_and_sending_again_stores_nothing_more(app, staff, phone):
    slip_mark, _code = one(staff)
    for _ in range(2):
        assert key_in(staff, "Un banc", slip_mark).status_code == 303
    twice = key_in(staff, "Un abri", slip_mark)
    assert twice.status_code == 409
    assert "Ce bulletin est déjà saisi" in read(twice).text
    assert read(twice).value("body") == "Un abri"
    twice = key_in(phone, "Un abri", slip_mark, table_address(staff))
    assert "Ce bulletin est déjà saisi" in read(twice).text
    assert stored(app) == [("Un banc", DecisionKind.PENDING)]
    assert key_in(staff, "Un abri", "").status_code == 303  # without a number, as before


def test_a_mistyped_number_is_refused_and_never_takes_another_slip(app, staff):
    _page, slips = make(staff, count="12", per_page="6")
    known = {slip_mark for slip_mark, _code in slips}
    right = slips[0][0]
    wrong = [f"2{right[1:]}", f"1{right}", f"{right[:-1]}{'C' if right[-1] != 'C' else 'D'}"]
    for typed in (*wrong, "99-K7", "1", "douze"):
        assert typed not in known
        refused = key_in(staff, "Un abri", typed)
        assert refused.status_code == 409
        assert "Aucun bulletin n’a ce numéro" in read(refused).text
    assert stored(app) == []


def test_a_slip_of_another_workshop_is_refused_and_the_workshop_named(app, staff):
    make(staff)
    with app.app_context(), transaction() as session:
        elsewhere = builders.workshop(session, code="HJKLMN")
        slip = session.query(PrintedSlip).filter_by(number=1).one()
        slip.workshop_id = elsewhere.id
        typed = mark(1, series=elsewhere.id)
    refused = key_in(staff, "Un abri", typed)
    assert refused.status_code == 409
    assert "Il a été imprimé pour « Atelier HJKLMN »" in read(refused).text.replace("\xa0", " ")
    assert stored(app) == []


def test_a_note_that_is_taken_back_frees_its_slip_and_brings_the_number_back(app, staff, phone):
    slip_mark, code = one(staff)
    key_in(staff, "Un ban", slip_mark, concerned="yes")
    undo = re.search(r'action="([^"]+/reprendre)"', staff.get(PAPER).text).group(1)
    back = post(staff, undo, PAPER)
    assert NOT_KEYED in read(phone.get(f"/suivi/{code}")).text
    page = staff.get(back.location)
    line = read(page)
    assert (line.value("body"), line.value("slip")) == ("Un ban", slip_mark)
    assert concerned_in(page) == "yes"  # of the same slip
    assert key_in(staff, "Un banc", line.value("slip")).status_code == 303
    assert "Un banc" in read(phone.get(f"/suivi/{code}")).text
    assert stored(app) == [("Un ban", DecisionKind.WITHDRAWN), ("Un banc", DecisionKind.PENDING)]


def concerned_in(page):
    return re.search(r'<option selected value="(yes|no|unknown)"', page.text).group(1)


def test_what_a_slip_says_of_its_author_does_not_carry_over_to_the_next(staff, phone):
    (first, _), (second, _), *_others = make(staff)[1]
    table = table_address(staff)
    key_in(staff, "Un banc", first, concerned="yes")
    key_in(phone, "Un abri", second, table, concerned="yes")
    assert concerned_in(staff.get(PAPER)) == concerned_in(phone.get(table)) == "unknown"
    key_in(staff, "Un quai", "", concerned="yes")  # the notes of a sheet share it, as before
    assert concerned_in(staff.get(PAPER)) == "yes"


def test_the_code_follows_a_correction(app, staff, phone):
    slip_mark, code = one(staff)
    key_in(staff, "Un ban", slip_mark)
    with app.app_context():
        line = db.session.query(Contribution).one().public_id
    fields = {"body": "Un banc", "key": "correction", "people": "1"}
    for _ in range(2):
        assert post(staff, f"{CHECK}/{line}", CHECK, **fields).status_code == 303
    page = read(phone.get(f"/suivi/{code}")).text
    assert "Un banc" in page
    assert "retirée" not in page.split("Retirer")[0]
    assert "Ce bulletin est déjà saisi" in read(key_in(staff, "Un abri", slip_mark)).text


def test_an_idea_that_its_author_withdrew_is_not_keyed_in_again(app, staff, phone):
    slip_mark, code = one(staff)
    key_in(staff, "Un banc", slip_mark)
    follow = f"/suivi/{code}"
    assert post(phone, f"{follow}/retirer", follow).status_code == 303
    assert "Ce bulletin est déjà saisi" in read(key_in(staff, "Un banc bis", slip_mark)).text
    assert stored(app) == [("Un banc", DecisionKind.WITHDRAWN)]


def test_a_slip_that_is_keyed_is_not_printed_again(staff):
    page, ((slip_mark, code), *others) = make(staff)
    key_in(staff, "Un banc", slip_mark)
    again = staff.get(page.request.full_path).text
    assert grouped(code) not in again
    assert all(grouped(other) in again for _mark, other in others)


def test_a_slip_carries_the_question_that_was_chosen(staff):
    act(staff, "consignes", question="Et demain, que garder ?")
    made = post(staff, SLIPS, count="4", per_page="4", question="2")
    assert read(staff.get(made.location)).text.count("2. Et demain") >= 4


def test_slips_that_nobody_handed_in_are_deleted_with_the_delay_of_words(app, staff, phone):
    (used, code), (_, unused), *_others = make(staff)[1]
    key_in(staff, "Un banc", used)
    assert kept_slips(app, days=200) == 4  # the workshop may still be open
    move(app, WorkshopState.ARCHIVED)
    assert kept_slips(app, days=179) == 4
    assert kept_slips(app, days=181) == 1
    assert "Un banc" in read(phone.get(f"/suivi/{code}")).text
    assert "Aucune idée n’a ce code" in read(phone.get(f"/suivi?code={unused}")).text


def kept_slips(app, days):
    with app.app_context(), transaction() as session:
        printed = session.query(PrintedSlip).first().printed_at
        night = printed + timedelta(days=days)
        retention.purge(session, now=night, cause=PurgeCause.NIGHT)
        return session.query(PrintedSlip).count()
