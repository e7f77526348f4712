"""What somebody wrote, then corrected: read with what took its place, and erased with it."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests import builders
from tests.integration.erased import MARKS, SAID, rows
from webapp.collection import contributions, paper, tables
from webapp.collection.contributions import Details
from webapp.collection.models import Channel, Replacement
from webapp.platform.audit import Actor
from webapp.platform.models import PurgeCause
from webapp.platform.text_cleaning import ERASED
from webapp.privacy import access_requests, erasure, retention

pytestmark = pytest.mark.usefixtures("workshop")


def test_the_lines_of_paper_that_were_corrected_go_together(session, commissioner):
    actor = Actor(id=commissioner.id, now=builders.NOW)
    details = Details(channel=Channel.PAPER, sheet="1")
    line = paper.key_line(session, code="ABCDEF", body=SAID, key="l", actor=actor, details=details)
    note = paper.correct(
        session, line=line, body=f"{SAID} !", key="m", actor=actor, details=details
    )
    erasure.erase_own(session, receipt=note.receipt, now=builders.NOW)
    assert [mark for mark in MARKS if mark in rows(session)] == []


def test_what_was_written_before_a_correction_goes_with_it(session, commissioner):
    first = builders.contribution(session, SAID)
    second = builders.contribution(session, f"{SAID} !", replaces=first.receipt)
    last = builders.contribution(session, "Un guichet ouvert", replaces=second.receipt)
    own = access_requests.read_own(session, receipt=last.receipt)
    assert own.formers == (f"{SAID} !", SAID)
    assert access_requests.read_own(session, receipt=first.receipt).formers == ()
    assert erasure.erase_own(session, receipt=last.receipt, now=builders.NOW) == (
        *(erasure.Erasure(said.public_id, masked_stays=False) for said in (last, second, first)),
    )
    assert {said.body for said in (first, second, last)} == {ERASED}
    assert [mark for mark in MARKS if mark in rows(session)] == []
    assert session.scalar(select(func.count(Replacement.contribution_id))) == 0


def test_what_was_replaced_once_is_tied_to_nobody_else(session, commissioner):
    first = builders.contribution(session, SAID)
    builders.contribution(session, "Un guichet ouvert", replaces=first.receipt)
    # The same tablet, the page of the first idea still open, in somebody else's hands.
    other = builders.contribution(session, "Un bus le dimanche", replaces=first.receipt)
    assert access_requests.read_own(session, receipt=other.receipt).formers == ()
    erasure.erase_own(session, receipt=other.receipt, now=builders.NOW)
    assert first.body == SAID


def test_a_chain_of_corrections_is_read_to_an_end(session, commissioner):
    said = [builders.contribution(session, "Un bus 0")]
    for number in range(1, 31):
        said.append(builders.contribution(session, f"Un bus {number}", replaces=said[-1].receipt))
    formers = access_requests.read_own(session, receipt=said[-1].receipt).formers
    assert formers == tuple(f"Un bus {number}" for number in range(29, 9, -1))


def test_a_note_taken_back_to_be_corrected_loses_its_words_after_a_day(session, commissioner):
    details = Details(channel=Channel.RAPPORTEUR)
    link = tables.add_links(
        session,
        workshop=builders.workshop(session, code="GHJKLM"),
        count=1,
        actor=Actor(id=commissioner.id, now=builders.NOW),
    )[0]
    noted = {"link": link, "now": builders.NOW, "details": details}
    back = tables.submit_note(session, body=SAID, key="a", **noted)
    kept = tables.submit_note(session, body="Un guichet ouvert", key="b", **noted)
    tables.take_back(session, note=back, now=builders.NOW)
    idea = builders.contribution(session, "Un bus le dimanche")
    contributions.withdraw(session, receipt=idea.receipt, now=builders.NOW)
    for hours, body in ((23, SAID), (25, ERASED)):
        late = builders.NOW + timedelta(hours=hours)
        retention.purge(session, now=late, cause=PurgeCause.COMMAND)
        assert back.body == body
    assert (kept.body, idea.body) == ("Un guichet ouvert", "Un bus le dimanche")


def test_erasing_what_was_replaced_leaves_what_replaced_it(session, commissioner):
    first = builders.contribution(session, SAID)
    last = builders.contribution(session, "Un guichet ouvert", replaces=first.receipt)
    erasure.erase_own(session, receipt=first.receipt, now=builders.NOW)
    assert (first.body, last.body) == (ERASED, "Un guichet ouvert")
    assert access_requests.read_own(session, receipt=last.receipt).formers == ()
