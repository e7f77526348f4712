"""The steering committee: what is put to it, what it decides, what it reads before."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from tests import builders
from webapp.exceptions import (
    ConflictError,
    EmptyTextError,
    IncompleteItemError,
    ItemNotSubmittedError,
    MeetingAheadError,
    MeetingClosedError,
    NotFoundError,
    PointDecidedError,
    ReasonRequiredError,
    RulingError,
)
from webapp.platform.audit import Actor
from webapp.platform.models import AuditEntry
from webapp.roadmap import indicators, items, meetings, milestones, progress
from webapp.roadmap.indicators import IndicatorFields, Value
from webapp.roadmap.meetings import MeetingFields
from webapp.roadmap.milestones import MilestoneFields
from webapp.roadmap.models import ItemStatus, Verdict

S, V = ItemStatus, Verdict
LATER = builders.NOW + timedelta(days=90)


@pytest.fixture
def item(session, commissioner):
    built = builders.item(session, actor=commissioner)
    builders.move(session, built, S.SUBMITTED, actor=commissioner)
    return built


@pytest.fixture
def meeting(session, item, commissioner):
    return builders.meeting(session, actor=commissioner)


def decide(session, meeting, item, verdict, actor, reason=""):
    return meetings.decide(
        session, meeting=meeting, item=item, verdict=verdict, reason=reason, actor=actor
    )


def test_what_is_submitted_is_on_the_agenda(session, meeting, item, commissioner):
    assert [point.item for point in meeting.agenda] == [item, None]
    late = builders.item(session, actor=commissioner)
    assert meetings.waiting(session, meeting=meeting) == []
    builders.move(session, late, S.SUBMITTED, actor=commissioner)
    assert meetings.waiting(session, meeting=meeting) == [late]


@pytest.mark.parametrize(
    ("verdict", "status"),
    [(V.ADOPT, S.ADOPTED), (V.AMEND, S.DRAFT), (V.POSTPONE, S.SUBMITTED), (V.REFUSE, S.ABANDONED)],
)
def test_the_item_follows_the_decision(session, meeting, item, actor, verdict, status):
    decision = decide(session, meeting, item, verdict, actor, "Vu en séance")
    assert item.status is status
    assert meetings.decisions_of(session, item=item) == [decision]
    session.expire(item)
    moved = status is not S.SUBMITTED
    assert [step.reason for step in item.transitions][2:] == ["Vu en séance"] * moved
    actions = session.scalars(AuditEntry.__table__.select().with_only_columns(AuditEntry.action))
    assert f"decision.{verdict}" in set(actions)


@pytest.mark.parametrize("verdict", [V.AMEND, V.POSTPONE, V.REFUSE])
def test_what_is_not_adopted_says_why(session, meeting, item, actor, verdict):
    with pytest.raises(ReasonRequiredError):
        decide(session, meeting, item, verdict, actor, "  ")
    assert item.status is S.SUBMITTED


def test_only_what_is_submitted_is_decided_on(session, meeting, item, actor, commissioner):
    decide(session, meeting, item, V.ADOPT, actor)
    with pytest.raises(ItemNotSubmittedError):
        decide(session, meeting, item, V.ADOPT, actor)


@pytest.mark.both_databases("versions of rows")
def test_a_decision_on_an_item_changed_meanwhile_is_refused(session, meeting, item, commissioner):
    stale = Actor(id=commissioner.id, now=builders.NOW, version=item.version - 1)
    with pytest.raises(ConflictError):
        decide(session, meeting, item, V.ADOPT, stale)


def test_an_incomplete_item_is_not_adopted(session, meeting, item, actor):
    item.objective = ""
    with pytest.raises(IncompleteItemError):
        decide(session, meeting, item, V.ADOPT, actor)


def test_an_item_decided_on_without_being_put_there_joins_the_agenda(
    session, meeting, actor, commissioner
):
    late = builders.item(session, actor=commissioner)
    builders.move(session, late, S.SUBMITTED, actor=commissioner)
    decide(session, meeting, late, V.ADOPT, actor)
    assert meeting.agenda[-1].item_id == late.id


def test_a_point_that_was_decided_on_stays(session, meeting, item, actor):
    subject = meeting.agenda[1]
    decide(session, meeting, item, V.ADOPT, actor)
    with pytest.raises(PointDecidedError):
        meetings.remove_point(session, meeting=meeting, point=meeting.agenda[0], actor=actor)
    meetings.remove_point(session, meeting=meeting, point=subject, actor=actor)
    assert [point.item for point in meeting.agenda] == [item]


def test_a_point_has_an_item_or_words(session, meeting, item, actor):
    with pytest.raises(EmptyTextError):
        meetings.add_point(session, meeting=meeting, title=" ", actor=actor)
    meetings.add_point(session, meeting=meeting, item=item, actor=actor)
    assert len(meeting.agenda) == 2


def test_minutes_are_frozen_after_the_meeting_and_as_they_were_seen(session, meeting, actor):
    stale = replace(actor, version=meeting.version - 1)
    with pytest.raises(ConflictError):
        meetings.close_meeting(session, meeting=meeting, actor=stale)
    meeting.starts_at = LATER
    with pytest.raises(MeetingAheadError):
        meetings.close_meeting(session, meeting=meeting, actor=actor)
    assert meeting.closed_at is None


def test_agreed_minutes_change_no_more(session, meeting, item, actor):
    meetings.close_meeting(session, meeting=meeting, actor=actor)
    fields = MeetingFields(starts_at=LATER)
    for act in (
        lambda: meetings.save_meeting(session, meeting=meeting, fields=fields, actor=actor),
        lambda: meetings.close_meeting(session, meeting=meeting, actor=actor),
        lambda: meetings.add_point(session, meeting=meeting, title="Un point", actor=actor),
        lambda: decide(session, meeting, item, V.ADOPT, actor),
    ):
        with pytest.raises(MeetingClosedError):
            act()
    assert item.status is S.SUBMITTED


@pytest.mark.both_databases("versions of rows")
def test_two_people_on_the_minutes_the_second_is_told(session, meeting, commissioner):
    seen = Actor(id=commissioner.id, now=builders.NOW, version=meeting.version)
    fields = MeetingFields(starts_at=LATER, place=" Le Mans ", minutes="Un point\r\ndeux")
    meetings.save_meeting(session, meeting=meeting, fields=fields, actor=seen)
    assert (meeting.place, meeting.minutes) == ("Le Mans", "Un point\ndeux")
    with pytest.raises(ConflictError):
        meetings.save_meeting(session, meeting=meeting, fields=fields, actor=seen)


@pytest.mark.both_databases("triggers")
@pytest.mark.parametrize("command", ["UPDATE {0} SET reason = 'x'", "DELETE FROM {0}"])
@pytest.mark.parametrize("table", ["decision", "item_transition"])
def test_the_database_keeps_what_was_decided(session, meeting, item, actor, table, command):
    decide(session, meeting, item, V.ADOPT, actor)
    with pytest.raises(IntegrityError, match=f"{table}_no_"), session.begin_nested():
        session.execute(text(command.format(table)))


def test_meetings_are_found_the_last_one_first(session, meeting, commissioner):
    second = builders.meeting(session, actor=commissioner, starts_at=LATER)
    roadmap_id = meeting.roadmap_id
    assert meetings.list_meetings(session, roadmap_id=roadmap_id) == [second, meeting]
    assert meetings.previous(session, meeting=second) is meeting
    assert meetings.previous(session, meeting=meeting) is None
    assert meetings.get_meeting(session, public_id=second.public_id) is second
    with pytest.raises(NotFoundError):
        meetings.get_meeting(session, public_id="nobody")


def test_the_committee_reads_what_changed_since_it_last_met(session, meeting, item, actor):
    since, roadmap_id = builders.NOW, meeting.roadmap_id
    assert not progress.read_changes(session, roadmap_id=roadmap_id, since=since, until=LATER)
    later = Actor(id=actor.id, now=LATER)
    decide(session, meeting, item, V.ADOPT, later)
    indicator = indicators.add_indicator(
        session, item=item, fields=IndicatorFields(name="Lignes"), actor=later
    )
    value = Value(on=LATER.date(), value=2.0)
    indicators.measure(session, indicator=indicator, values=[value], actor=later)
    step = MilestoneFields(title="Signer", due_date=date(2024, 2, 1))
    signed = milestones.add_milestone(session, item=item, fields=step, actor=later)
    milestones.complete(session, milestone=signed, on=LATER.date(), actor=later)
    fields = items.fields_of(item, lead="Aléop")
    items.save(session, item=item, fields=fields, actor=later, reason="Aléop reprend la ligne")
    changes = progress.read_changes(session, roadmap_id=roadmap_id, since=since, until=LATER)
    assert [(a.fields, a.reason) for a in changes.amendments] == [
        (("lead",), "Aléop reprend la ligne")
    ]
    assert [step.target for step in changes.transitions] == [S.ADOPTED]
    assert [found.value for found in changes.measurements] == [2.0]
    assert list(changes.milestones) == [signed]
    assert not progress.read_changes(session, roadmap_id=roadmap_id, since=since, until=since)


def test_what_is_late_is_told(session, meeting, item, actor, commissioner):
    roadmap_id, after = meeting.roadmap_id, item.due_date + timedelta(days=1)
    assert not progress.read_late(session, roadmap_id=roadmap_id, today=item.due_date)
    decide(session, meeting, item, V.ADOPT, actor)
    step = MilestoneFields(title="Signer", due_date=date(2024, 2, 1))
    milestones.add_milestone(session, item=item, fields=step, actor=actor)
    late = progress.read_late(session, roadmap_id=roadmap_id, today=after)
    assert list(late.items) == [item]
    assert [step.title for step in late.milestones] == ["Signer"]
    builders.move(session, item, S.IN_PROGRESS, S.DONE, actor=commissioner)
    assert not progress.read_late(session, roadmap_id=roadmap_id, today=after)
    assert not progress.is_late(item, after)


def test_a_refused_decision_names_its_item_and_undoes_the_others(
    session, meeting, item, commissioner, actor
):
    late = builders.item(session, actor=commissioner)
    builders.move(session, late, S.SUBMITTED, actor=commissioner)
    meetings.add_point(session, meeting=meeting, item=late, actor=actor)
    rulings = [
        meetings.Ruling(item=item.public_id, verdict=V.ADOPT),
        meetings.Ruling(item=late.public_id, verdict=V.REFUSE),
    ]
    fields = MeetingFields(starts_at=meeting.starts_at)
    with pytest.raises(RulingError) as refused:
        meetings.record_meeting(
            session, meeting=meeting, fields=fields, rulings=rulings, actor=actor
        )
    assert refused.value.reference == late.reference
    assert isinstance(refused.value.cause, ReasonRequiredError)


def test_a_decision_on_an_item_that_is_not_on_the_agenda_is_refused(
    session, meeting, commissioner, actor
):
    other = builders.item(session, actor=commissioner)
    fields = MeetingFields(starts_at=meeting.starts_at)
    rulings = [meetings.Ruling(item=other.public_id, verdict=V.ADOPT)]
    with pytest.raises(NotFoundError):
        meetings.record_meeting(
            session, meeting=meeting, fields=fields, rulings=rulings, actor=actor
        )
