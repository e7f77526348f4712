import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from tests import builders
from webapp.collection import contributions, workshops
from webapp.collection.models import Contribution, DecisionKind, WorkshopState
from webapp.exceptions import (
    EmptyTextError,
    IdempotencyError,
    NotFoundError,
    TextTooLongError,
    WithdrawnError,
    WorkshopClosedError,
)
from webapp.platform.models import AuditEntry

pytestmark = pytest.mark.both_databases("triggers and unique keys")


def test_what_is_said_is_kept_word_for_word_and_waits_for_moderation(session, workshop):
    said = builders.contribution(session, "  Un bus\r\nle dimanche  ")
    assert said.body == "Un bus\nle dimanche"
    assert said.decision.kind is DecisionKind.PENDING
    assert [(e.start, e.stop) for e in said.excerpts] == [(0, 18)]
    assert said.prompt == workshop.current_prompt


def test_the_same_key_answers_with_the_first_result(session, workshop):
    first = builders.contribution(session, "Un bus", key="k")
    assert builders.contribution(session, "Un bus", key="k") is first
    assert session.scalar(select(func.count()).select_from(Contribution)) == 1


def test_the_same_key_answers_even_after_the_workshop_has_closed(session, workshop):
    first = builders.contribution(session, "Un bus", key="k")
    workshop.state = WorkshopState.CLOSED
    assert builders.contribution(session, "Un bus", key="k") is first


def test_the_same_key_with_other_words_is_refused(session, workshop):
    builders.contribution(session, "Un bus", key="k")
    with pytest.raises(IdempotencyError):
        builders.contribution(session, "Deux bus", key="k")


@pytest.mark.parametrize("state", [s for s in WorkshopState if s is not WorkshopState.OPEN])
def test_only_an_open_workshop_receives(session, workshop, state):
    workshop.state = state
    with pytest.raises(WorkshopClosedError) as caught:
        builders.contribution(session)
    assert caught.value.state == state


@pytest.mark.parametrize("body", ["", "   ", "\x00\u202e"])
def test_a_text_without_a_word_is_refused(session, workshop, body):
    with pytest.raises(EmptyTextError):
        builders.contribution(session, body)


def test_the_longest_text_is_kept_whole_and_one_more_character_is_refused(session, workshop):
    assert len(builders.contribution(session, "é" * 10_000).body) == 10_000
    with pytest.raises(TextTooLongError) as caught:
        builders.contribution(session, "é" * 10_001)
    assert (caught.value.length, caught.value.limit) == (10_001, 10_000)


def test_a_receipt_is_read_however_it_was_typed(session, workshop):
    said = builders.contribution(session)
    typed = f" {said.receipt[:4].lower()}-{said.receipt[4:]} "
    assert contributions.get_by_receipt(session, receipt=typed) is said
    with pytest.raises(NotFoundError):
        contributions.get_by_receipt(session, receipt="AAAABBBBCCCC")


def test_whoever_holds_the_receipt_may_withdraw_once(session, workshop):
    said = builders.contribution(session)
    contributions.withdraw(session, receipt=said.receipt, now=builders.NOW)
    assert said.decision.kind is DecisionKind.WITHDRAWN
    assert said.shown_body is None
    with pytest.raises(WithdrawnError):
        contributions.withdraw(session, receipt=said.receipt, now=builders.NOW)


def test_each_contribution_has_its_line_in_the_journal_without_its_words(session, workshop):
    said = builders.contribution(session, "Des mots à moi")
    entry = session.scalars(
        select(AuditEntry).where(AuditEntry.subject == f"contribution:{said.public_id}")
    ).one()
    assert entry.action == "contribution.receive"
    assert "mots" not in entry.details


def test_the_database_refuses_to_rewrite_or_delete_what_was_said(session, workshop):
    said = builders.contribution(session)
    for command in (
        "UPDATE contribution SET body = 'Un car le dimanche' WHERE id = :id",
        "DELETE FROM contribution WHERE id = :id",
    ):
        with pytest.raises(DBAPIError, match="contribution_no_"), session.begin_nested():
            session.execute(text(command), {"id": said.id})


def test_a_code_is_read_with_spaces_lower_case_and_look_alikes(session):
    builders.workshop(session, code="QLAB23")
    assert workshops.get_workshop(session, code=" olab-23 ").code == "QLAB23"
    assert workshops.get_workshop(session, code="0iab23").code == "QLAB23"
