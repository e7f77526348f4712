"""Restores the follow-up of an item: measurements, milestones, budget, links, decisions."""

from collections.abc import Mapping
from datetime import datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.platform.audit import Actor
from webapp.publishing.documents.content import Indicator as IndicatorContent
from webapp.publishing.documents.content import Item, Reading
from webapp.roadmap import organisations
from webapp.roadmap.models import (
    FIRST_YEAR,
    LAST_YEAR,
    MAX_AMOUNT,
    BudgetLine,
    Decision,
    Indicator,
    ItemAmendment,
    ItemLink,
    ItemTransition,
    LinkKind,
    Measurement,
    MeetingState,
    Milestone,
    RoadmapItem,
    SteeringMeeting,
    Verdict,
)
from webapp.territory.models import Territory
from webapp.territory.regions import PARIS
from webapp.vocabulary.labels import LABELS
from webapp.wording import FIELDS

_KINDS = {word: LinkKind(kind) for kind, word in LABELS["link"].items()}
_VERDICTS = {word: Verdict(verdict) for verdict, word in LABELS["verdict"].items()}
_VERDICTS["À revoir"] = Verdict.AMEND  # in exports made before 2026-12
_FIELDS = {word: name for name, word in FIELDS.items()}
_NOON = time(12)
_LINE, _URL = 200, 500
_LARGEST = 10**15
_WEB = ("https://", "http://")


def parts_fit(item: Item) -> bool:
    """Whether the follow-up of ``item`` fits the database."""
    lines = [
        *(step.title for step in item.milestones),
        *(line.funder for line in item.budget),
        *(link.title for link in item.links),
    ]
    readings = [r for source in item.indicators for r in source.measurements if r.on]
    return (
        all(0 < len(line) <= _LINE for line in lines)
        and all(not link.url or link.url.startswith(_WEB) for link in item.links)
        and all(len(link.url) <= _URL for link in item.links)
        and all(len(line.purpose) <= _LINE for line in item.budget)
        and all(FIRST_YEAR <= line.year <= LAST_YEAR for line in item.budget)
        and all(0 <= line.amount <= MAX_AMOUNT for line in item.budget)
        and all(abs(r.value) <= _LARGEST and len(r.source) <= _LINE for r in readings)
        and all(change.reason for change in item.amendments)
        and all(_has_unique_readings(source) for source in item.indicators)
    )


def restore_parts(
    session: Session, *, row: RoadmapItem, item: Item, places: Mapping[str, str], actor: Actor
) -> None:
    """Add the follow-up of ``item`` to ``row``, and its organisations to the directory.

    ``places`` are the codes of the territories by name.
    """
    organisations.settle(session, (item.lead, *item.partners), actor)
    row.indicators = [_indicator(source, places, actor) for source in item.indicators]
    row.milestones = [
        Milestone(title=step.title, due_date=step.due_date, done_on=step.done_on)
        for step in item.milestones
        if step.due_date
    ]
    row.budget = [
        BudgetLine(year=line.year, funder=line.funder, purpose=line.purpose, amount=line.amount)
        for line in item.budget
    ]
    row.links = [
        ItemLink(kind=_KINDS[link.kind], title=link.title, url=link.url)
        for link in item.links
        if link.kind in _KINDS
    ]
    row.amendments = [
        ItemAmendment(
            fields=tuple(_FIELDS[name] for name in change.changed if name in _FIELDS),
            reason=change.reason,
            done_at=datetime.combine(change.on, _NOON, PARIS),
            actor_id=actor.id,
        )
        for change in item.amendments
    ]
    row.transitions = [ItemTransition(target=row.status, done_at=actor.now, actor_id=actor.id)]
    session.flush()
    for act in item.decisions:
        meeting = _meeting(session, row, datetime.combine(act.on, _NOON, PARIS), actor)
        verdict, reason = _verdict(act.text)
        session.add(
            Decision(
                meeting_id=meeting.id,
                item_id=row.id,
                verdict=verdict,
                reason=reason,
                decided_at=meeting.starts_at,
                decided_by_id=actor.id,
            )
        )
    session.flush()


def _has_unique_readings(source: IndicatorContent) -> bool:
    places = [(reading.on, reading.territory) for reading in source.measurements]
    return len(set(places)) == len(places)


def _indicator(source: IndicatorContent, places: Mapping[str, str], actor: Actor) -> Indicator:
    start, aim = source.baseline, source.target
    return Indicator(
        name=source.title,
        unit=source.unit,
        baseline=_figure(start),
        baseline_on=start.on if start else None,
        baseline_source=start.source if start else "",
        target=_figure(aim),
        target_on=aim.on if aim else None,
        measurements=[
            Measurement(
                measured_on=found.on,
                territory=places.get(found.territory, Territory.REGION),
                value=float(found.value),
                source=found.source,
                recorded_at=actor.now,
                recorded_by_id=actor.id,
            )
            for found in source.measurements
            if found.on
        ],
    )


def _figure(reading: Reading | None) -> float | None:
    return None if reading is None else float(reading.value)


def _meeting(
    session: Session, row: RoadmapItem, starts_at: datetime, actor: Actor
) -> SteeringMeeting:
    """Return the closed meeting of that day, created if needed."""
    query = select(SteeringMeeting).where(
        SteeringMeeting.roadmap_id == row.roadmap_id, SteeringMeeting.starts_at == starts_at
    )
    meeting = session.scalar(query)
    if meeting is None:
        meeting = SteeringMeeting(
            roadmap_id=row.roadmap_id,
            starts_at=starts_at,
            state=MeetingState.CLOSED,
            closed_at=actor.now,
        )
        session.add(meeting)
        session.flush()
    return meeting


def _verdict(source: str) -> tuple[Verdict, str]:
    """Parse a decision such as « Reportée. Le financement manque »."""
    for word, verdict in _VERDICTS.items():
        if source.startswith(f"{word}."):
            return verdict, source.removeprefix(f"{word}.").strip()
    return Verdict.ADOPT, source
