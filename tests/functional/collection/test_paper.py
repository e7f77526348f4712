"""Keyed paper read a second time: sheet by sheet, confirmed, or replaced by what the paper says."""

import re
from datetime import timedelta

from tests import builders
from tests.functional.browsing import post, read, sign_in
from tests.functional.room import DESK, move, speak, stored
from webapp.collection.models import Contribution, DecisionKind, PaperReading, WorkshopState
from webapp.platform.extensions import db, transaction
from webapp.platform.models import AuditEntry

PAPER, CHECK = f"{DESK}/saisie", f"{DESK}/seconde-lecture"
KEPT = {"table_label": "7", "sheet": "12", "people": "3", "concerned": "yes"}


def key_in(client, words, **fields):
    kept = KEPT | fields
    sent = post(client, PAPER, body=words, key=f"{words}-{kept['sheet']}", **kept)
    assert sent.status_code == 303


def colleague(app):
    with app.app_context(), transaction() as session:
        builders.user(session, email="collegue@example.org")
    client = app.test_client()
    sign_in(client, "collegue@example.org")
    return client


def lines_on(page):
    return [attrs["value"] for tag, attrs in page.tags if attrs.get("name") == "lines"]


def confirm(client, *lines, **fields):
    return post(client, CHECK, lines=list(lines), **fields)


def correct(client, line, words, **fields):
    url = f"{CHECK}/{line}"
    kept = KEPT | {"key": f"correction {words}"} | fields
    return post(client, url, CHECK, body=words, **kept)


def test_a_colleague_reads_each_sheet_again_in_the_order_of_the_paper(app, staff):
    for words, sheet in (("Un banc", "12"), ("Un abri", "12"), ("Un bus", "9"), ("Un toit", "")):
        key_in(staff, words, sheet=sheet)
    other = colleague(app)
    page = read(other.get(CHECK))
    order = [page.text.index(words) for words in ("Feuille 9", "Feuille 12", "Sans numéro")]
    assert order == sorted(order)
    assert "4 lignes à comparer" in page.text.replace("\xa0", " ")
    assert "saisie par animation" in page.text
    assert "saisie par vous" in read(staff.get(CHECK)).text
    bus, banc, abri, _ = lines_on(page)
    done = confirm(other, banc, abri, following=f"f-{bus}")
    assert done.location == f"{CHECK}#f-{bus}"
    page = read(other.get(CHECK))
    assert "2 lignes à comparer" in page.text
    assert "Feuilles comparées (1)" in page.text
    assert "comparée par vous" in page.text
    assert "Seconde lecture (2)" in read(staff.get(DESK)).text


def test_a_line_is_read_once_and_the_journal_tells_how_many(app, staff):
    key_in(staff, "Un banc")
    (line,) = lines_on(read(staff.get(CHECK)))
    for _ in range(2):
        assert confirm(staff, line).status_code == 303
    with app.app_context():
        told = db.session.query(AuditEntry).filter_by(action="workshop.second_reading").all()
        assert [entry.details for entry in told] == ["1"]
        assert db.session.query(PaperReading).count() == 1


def test_a_correction_is_a_new_contribution_and_the_former_is_withdrawn(app, staff):
    key_in(staff, "Un ban")
    (line,) = lines_on(read(staff.get(CHECK)))
    page = read(staff.get(f"{CHECK}/{line}?suite=f-autre"))
    assert (page.value("body"), page.value("sheet"), page.value("people")) == ("Un ban", "12", "3")
    assert page.value("following") == "f-autre"
    for _ in range(2):  # F5 on the answer
        sent = correct(staff, line, "Un banc", sheet="13", following="f-autre")
        assert sent.location == f"{CHECK}#f-autre"
    assert stored(app) == [
        ("Un ban", DecisionKind.WITHDRAWN),
        ("Un banc", DecisionKind.PENDING),
    ]
    page = read(staff.get(CHECK)).text
    assert "Tout a été comparé au papier" in page
    assert "Feuille 13" in page
    with app.app_context():
        former, fresh = db.session.query(Contribution).order_by(Contribution.id)
        assert db.session.get(PaperReading, former.id).correction_id == fresh.id
        assert former.decision.actor is not None
        told = db.session.query(AuditEntry).filter_by(action="contribution.correct").one()
        assert told.details == fresh.public_id


def test_the_same_words_again_confirm_the_line(app, staff):
    key_in(staff, "Un banc")
    (line,) = lines_on(read(staff.get(CHECK)))
    assert correct(staff, line, "Un banc").status_code == 303
    assert stored(app) == [("Un banc", DecisionKind.PENDING)]
    assert "Tout a été comparé" in read(staff.get(CHECK)).text


def test_two_corrections_of_one_line_do_not_both_count(app, staff):
    key_in(staff, "Un ban")
    (line,) = lines_on(read(staff.get(CHECK)))
    assert correct(staff, line, "Un banc").status_code == 303
    late = correct(colleague(app), line, "Un bac")
    assert late.status_code == 409
    assert "Un bac" in late.text
    assert [words for words, _ in stored(app)] == ["Un ban", "Un banc"]
    assert confirm(staff, line).status_code == 303  # nothing is left to confirm
    assert "Conforme au papier : 0" in read(staff.get(CHECK)).text.replace("\xa0", " ")


def test_what_is_read_or_published_may_still_be_corrected(app, staff):
    key_in(staff, "Un ban")
    (line,) = lines_on(read(staff.get(CHECK)))
    confirm(staff, line)
    with app.app_context(), transaction() as session:
        said = session.query(Contribution).one()
        builders.decide(session, said, DecisionKind.PUBLISHED, actor=None)
    again = re.search(rf'href="{CHECK}/([\w-]+)"', staff.get(CHECK).text).group(1)
    assert again == line
    assert correct(staff, line, "Un banc").status_code == 303
    assert stored(app)[0] == ("Un ban", DecisionKind.WITHDRAWN)


def test_only_paper_of_this_workshop_is_read_again(app, staff, phone):
    with app.app_context(), transaction() as session:
        spoken = builders.contribution(session, "Dit sur un téléphone").public_id
    assert staff.get(f"{CHECK}/{spoken}").status_code == 404
    assert confirm(staff, spoken).status_code == 404
    assert "Aucune feuille saisie" in read(staff.get(CHECK)).text


def test_an_empty_line_and_an_archived_workshop_are_refused_words_kept(app, staff):
    key_in(staff, "Un ban")
    (line,) = lines_on(read(staff.get(CHECK)))
    assert correct(staff, line, "").status_code == 422
    move(app, WorkshopState.ARCHIVED)
    refused = correct(staff, line, "Un banc")
    assert refused.status_code == 409
    assert "Un banc" in refused.text
    assert stored(app) == [("Un ban", DecisionKind.PENDING)]


def test_a_line_is_taken_back_in_the_name_of_who_does_it_and_an_idea_of_a_phone_is_not(
    app, staff, phone
):
    key_in(staff, "Un banc")
    speak(phone, "Un abri")
    with app.app_context():
        found = {c.body: c.public_id for c in db.session.query(Contribution)}
    assert post(staff, f"{PAPER}/{found['Un abri']}/reprendre", PAPER).status_code == 404
    assert post(staff, f"{PAPER}/{found['Un banc']}/reprendre", PAPER).status_code == 303
    with app.app_context():
        kinds = {c.body: c.decision for c in db.session.query(Contribution)}
        assert kinds["Un abri"].kind is DecisionKind.PENDING
        assert kinds["Un banc"].kind is DecisionKind.WITHDRAWN
        assert kinds["Un banc"].actor_id is not None


def test_the_metadata_of_yesterdays_pile_is_not_prefilled(app, staff):
    key_in(staff, "Un banc")
    assert read(staff.get(PAPER)).value("table_label") == "7"
    with app.app_context(), transaction() as session:
        session.query(Contribution).one().submitted_at -= timedelta(days=1)
    page = read(staff.get(PAPER))
    assert [page.value(name) for name in ("table_label", "sheet", "people")] == ["", "", "1"]
