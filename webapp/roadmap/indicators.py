"""Indicators of an item: baseline, target and measurements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from webapp.exceptions import DateOrderError, DuplicateError, EmptyTextError, MeasuredError
from webapp.platform.audit import Actor
from webapp.platform.text_cleaning import clean
from webapp.roadmap import items
from webapp.roadmap.models import Indicator, Measurement, RoadmapItem
from webapp.territory import references
from webapp.territory.models import ReferenceKind, Territory


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorFields:
    """Fields of an indicator."""

    name: str = ""
    unit: str = ""
    baseline: float | None = None
    baseline_on: date | None = None
    baseline_source: str = ""
    target: float | None = None
    target_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One measurement, typed or read from a file."""

    on: date
    value: float
    territory: str = Territory.REGION
    source: str = ""


def add_indicator(
    session: Session, *, item: RoadmapItem, fields: IndicatorFields, actor: Actor
) -> Indicator:
    """Add an indicator to an item.

    Raises
    ------
    EmptyTextError
        If the name is empty.
    DateOrderError
        If the target date is not after the baseline date.
    """
    indicator = Indicator(name=_validated(fields))
    _write(indicator, fields)
    item.indicators.append(indicator)
    items.record_part(session, item, "indicator.add", actor)
    return indicator


def save_indicator(
    session: Session, *, indicator: Indicator, fields: IndicatorFields, actor: Actor
) -> None:
    """Update an indicator; its measurements stay.

    Raises
    ------
    EmptyTextError, DateOrderError
        As :func:`add_indicator`.
    """
    indicator.name = _validated(fields)
    _write(indicator, fields)
    items.record_part(session, indicator.item, "indicator.save", actor)


def remove_indicator(session: Session, *, indicator: Indicator, actor: Actor) -> None:
    """Remove an indicator.

    Raises
    ------
    MeasuredError
        If it has measurements: a measured indicator stays visible.
    """
    if indicator.measurements:
        raise MeasuredError
    item = indicator.item
    item.indicators.remove(indicator)
    items.record_part(session, item, "indicator.remove", actor)


def measure(
    session: Session, *, indicator: Indicator, values: Sequence[Value], actor: Actor
) -> int:
    """Add measurements, all or none; return how many are new.

    Idempotent: an identical value for the same date and territory is ignored.

    Raises
    ------
    DuplicateError
        If another value exists for that date and territory.
    DateOrderError
        If a date is in the future.
    UnlistedError
        If a territory is unknown or retired.
    """
    places = {value.territory for value in values}
    held = {found.territory for found in indicator.measurements}
    references.check(session, kind=ReferenceKind.TERRITORY, codes=places, current=held)
    known = {(m.measured_on, m.territory): m.value for m in indicator.measurements}
    count = 0
    for value in values:
        place = (value.on, value.territory)
        if value.on > actor.now.date():
            raise DateOrderError
        if place in known:
            if known[place] != value.value:
                raise DuplicateError
            continue
        known[place] = value.value
        indicator.measurements.append(
            Measurement(
                measured_on=value.on,
                territory=value.territory,
                value=value.value,
                source=clean(value.source),
                recorded_at=actor.now,
                recorded_by_id=actor.id,
            )
        )
        count += 1
    if count:
        items.record_part(session, indicator.item, "indicator.measure", actor)
        session.expire(indicator, ["measurements"])
    return count


def forget_measurement(session: Session, *, measurement: Measurement, actor: Actor) -> None:
    """Delete a wrong measurement; the deletion is in the audit log."""
    indicator = measurement.indicator
    indicator.measurements.remove(measurement)
    items.record_part(session, indicator.item, "indicator.forget", actor)


def last_value(indicator: Indicator) -> float | None:
    """Return the last measurement of the whole region, if any."""
    values = [m.value for m in indicator.measurements if m.territory == Territory.REGION]
    return values[-1] if values else None


def is_reached(indicator: Indicator) -> bool | None:
    """Whether the last regional value meets the target; None when unknown.

    A target below the baseline is met by a lower value.
    """
    last = last_value(indicator)
    if indicator.target is None or last is None:
        return None
    falls = indicator.baseline is not None and indicator.target < indicator.baseline
    return last <= indicator.target if falls else last >= indicator.target


def _validated(fields: IndicatorFields) -> str:
    name = " ".join(clean(fields.name).split())
    if not name:
        raise EmptyTextError
    if fields.baseline_on and fields.target_on and fields.target_on <= fields.baseline_on:
        raise DateOrderError
    return name


def _write(indicator: Indicator, fields: IndicatorFields) -> None:
    indicator.unit, indicator.baseline_source = clean(fields.unit), clean(fields.baseline_source)
    indicator.baseline, indicator.baseline_on = fields.baseline, fields.baseline_on
    indicator.target, indicator.target_on = fields.target, fields.target_on
