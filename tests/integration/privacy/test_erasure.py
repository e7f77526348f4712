"""Words that are erased are in no row any more, of tables or of the history; counts stay."""

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from tests import builders
from tests.integration.erased import MARKS, SAID, rows, tell_everywhere
from webapp.collection.models import Contribution, DecisionKind, DeviceMark
from webapp.platform.audit import Actor
from webapp.platform.models import AuditEntry
from webapp.platform.text_cleaning import ERASED
from webapp.privacy import erasure
from webapp.review import clusters, ledger, undo
from webapp.review.models import ClusterStatus, ReviewAction, ReviewEdit, TextVector
from webapp.roadmap.models import RoadmapItem

pytestmark = [
    pytest.mark.usefixtures("workshop"),
    pytest.mark.both_databases("triggers, and an erasure that comes twice"),
]


def test_erased_words_are_in_no_table_and_the_counts_are_the_same(session, commissioner):
    said, group, item = tell_everywhere(session, commissioner)
    assert [mark for mark in MARKS if mark in rows(session)] == list(MARKS[:2] + MARKS[3:])
    before = ledger.read_ledger(session, group_ids=[group.working_group_id]).total
    erasure.erase_own(session, receipt=said.receipt, now=builders.NOW)
    session.expire_all()
    assert [mark for mark in MARKS if mark in rows(session)] == []
    after = ledger.read_ledger(session, group_ids=[group.working_group_id])
    assert after.total.received == before.received
    assert after.closes
    assert said.body == ERASED
    assert said.decision.kind is DecisionKind.WITHDRAWN
    assert group.title == "Des guichets le samedi"
    assert item.finding == f"{ERASED} Les guichets ferment tôt."
    assert group.keywords == ("guichet",)
    assert group.titles == ()
    assert session.scalar(select(func.count()).select_from(DeviceMark)) == 0
    assert session.scalar(select(func.count()).select_from(TextVector)) == 0


def test_the_journal_says_that_words_were_erased_and_not_which(session, commissioner):
    said = builders.published(session, SAID, actor=commissioner)
    erasure.erase_own(session, receipt=said.receipt, now=builders.NOW)
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "contribution.erase"))
    assert [line.subject for line in entry] == [f"contribution:{said.public_id}"]


def test_what_others_say_too_stays_where_it_is(session, commissioner):
    said = builders.published(session, "Un bus le dimanche matin", actor=commissioner)
    other = builders.published(session, "Un bus le dimanche", actor=commissioner)
    group = builders.cluster(session, said, other, title="Un bus le dimanche")
    group.summary = "Un bus le dimanche."
    erasure.erase_own(session, receipt=said.receipt, now=builders.NOW)
    session.refresh(group)
    assert (group.title, group.summary) == ("Un bus le dimanche", "Un bus le dimanche.")


def test_an_erasure_twice_is_one_and_a_late_reply_still_finds_its_receipt(session, commissioner):
    said = builders.contribution(session, SAID, key="once")
    for _ in range(2):
        erasure.erase_own(session, receipt=said.receipt, now=builders.NOW)
    again = builders.contribution(session, SAID, key="once")
    assert again.receipt == said.receipt
    assert again.body == ERASED


def test_the_history_loses_words_and_nothing_else(session, commissioner):
    tell_everywhere(session, commissioner)
    for command in (
        "UPDATE review_action SET before = 'autre'",
        "UPDATE review_action SET before = '[effacé]', act = 'merge'",
        "UPDATE review_edit SET field = 'summary', after = '[effacé]' WHERE field = 'title'",
        "DELETE FROM review_edit",
    ):
        with pytest.raises(DBAPIError, match=r"review_.*_no_"), session.begin_nested():
            session.execute(text(command))
    session.execute(text("UPDATE review_action SET before = '[effacé]'"))
    assert set(session.scalars(select(ReviewAction.before))) == {ERASED}


def test_undoing_does_not_bring_erased_words_back(session, commissioner):
    actor = Actor(id=commissioner.id, now=builders.NOW)
    said = builders.published(session, SAID, actor=commissioner)
    group = builders.cluster(session, said, title="Chez Zéphyrine Quatremarre")
    clusters.rename(session, cluster=group, title="Guichets", actor=actor)
    renamed = session.scalars(select(ReviewAction)).one()
    erasure.erase_own(session, receipt=said.receipt, now=builders.NOW)
    undo.reverse(session, action=renamed, actor=actor)
    assert group.title == "Guichets"
    assert ERASED in set(session.scalars(select(ReviewEdit.before)))


def test_a_title_given_in_the_place_of_a_marker_is_undone_and_done_again(session, commissioner):
    actor = Actor(id=commissioner.id, now=builders.NOW)
    said = builders.published(session, SAID, actor=commissioner)
    group = builders.cluster(session, said, title=ERASED)
    clusters.rename(session, cluster=group, title="Guichets", actor=actor)
    assert (group.title, group.kept) == ("Guichets", True)
    undone = undo.reverse(session, action=session.scalars(select(ReviewAction)).one(), actor=actor)
    assert (group.title, group.kept) == ("Guichets", False)  # the machine may name it again
    undo.reverse(session, action=undone, actor=actor)
    assert (group.title, group.title_by_human, group.kept) == ("Guichets", True, True)


def test_words_masked_since_a_backup_go_from_it_even_unmasked(session, commissioner):
    said = builders.published(session, SAID, actor=commissioner)
    known = [erasure.Erasure(said.public_id, masked_stays=True)]
    assert erasure.erase_again(session, known=known, now=builders.NOW) == 1
    assert said.shown_body == ERASED


def test_a_group_that_only_one_person_made_keeps_no_title_of_theirs(session, commissioner):
    said = builders.published(session, SAID, actor=commissioner)
    group = builders.cluster(session, said, title="Guichet à Saumur", status=ClusterStatus.PROPOSED)
    erasure.erase_own(session, receipt=said.receipt, now=builders.NOW)
    session.refresh(group)
    assert group.title == ERASED
    assert session.scalar(select(func.count()).select_from(Contribution)) == 1
    assert session.scalar(select(func.count()).select_from(RoadmapItem)) == 0
