"""Geometry of the line chart of an indicator: points, axes, and the labels of the lines."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from webapp.platform.french import number, short_date
from webapp.publishing.documents.content import Indicator, Reading

WIDTH, HEIGHT = 420, 220
FONT = 13  # height of the text, in units of the chart
_LEFT, _RIGHT, _TOP, _BOTTOM = 60, 14, 26, 26
_INTERVALS = 4  # about as many steps on the axis of values
_MOST_YEARS = 5  # as many fit side by side


@dataclass(frozen=True, slots=True)
class Point:
    """A reading and its coordinates in the chart, from the top left."""

    x: float
    y: float
    reading: Reading


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark of an axis: its distance from the left (days) or from the top (values)."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """The readings of one territory, in date order, and the height of the label at its end."""

    territory: str
    points: tuple[Point, ...]
    label_y: float = 0.0

    @property
    def path(self) -> str:
        """The points in SVG syntax."""
        return " ".join(f"{point.x:.1f},{point.y:.1f}" for point in self.points)


@dataclass(frozen=True, slots=True)
class Curve:
    """A chart of :data:`WIDTH` by :data:`HEIGHT`.

    ``target_y`` is the height of the target; ``first`` and ``last`` are the bounds of the x axis,
    ``low`` and ``high`` those of the y axis; ``values`` and ``days`` are the marks of the axes.
    """

    lines: tuple[Line, ...]
    target_y: float | None
    first: date
    last: date
    low: Decimal
    high: Decimal
    values: tuple[Tick, ...]
    days: tuple[Tick, ...]


def curve(indicator: Indicator) -> Curve | None:
    """Return the chart of ``indicator``, or None with fewer than two dated values.

    The baseline is the first point of the line of the first measurement's territory.

    Examples
    --------
    >>> from datetime import date
    >>> from decimal import Decimal
    >>> start = Reading(value=Decimal(0), on=date(2024, 1, 1))
    >>> then = Reading(value=Decimal(10), on=date(2024, 12, 31), territory="Sarthe")
    >>> drawn = curve(Indicator(title="Bus", baseline=start, measurements=(then,)))
    >>> drawn.lines[0].path, [tick.text for tick in drawn.values]
    ('60.0,194.0 406.0,26.0', ['0', '5', '10'])
    """
    rows = _rows(indicator)
    dated = [reading for readings in rows.values() for reading in readings]
    if len(dated) < 2:  # noqa: PLR2004 - a line needs two points
        return None
    days = [reading.on for reading in dated if reading.on]
    values = [reading.value for reading in dated]
    target = indicator.target
    if target is not None:
        values.append(target.value)
        days += [target.on] if target.on else []
    first, last, marks = min(days), max(days), _steps(min(values), max(values))
    low, high = min(marks[0], *values), max(marks[-1], *values)

    def place(reading: Reading) -> Point:
        day = reading.on or first
        return Point(_x(day, first, last), _y(reading.value, low, high), reading)

    return Curve(
        lines=_labelled(Line(name, tuple(map(place, found))) for name, found in rows.items()),
        target_y=None if target is None else _y(target.value, low, high),
        first=first,
        last=last,
        low=min(values),
        high=max(values),
        values=tuple(Tick(_y(mark, low, high), number(mark)) for mark in marks),
        days=tuple(_day_ticks(first, last)),
    )


def _rows(indicator: Indicator) -> dict[str, list[Reading]]:
    rows: dict[str, list[Reading]] = {}
    baseline = indicator.baseline
    whole = indicator.measurements[0].territory if indicator.measurements else ""
    if baseline and baseline.on:
        rows[whole] = [baseline]
    for reading in indicator.measurements:
        if reading.on:
            rows.setdefault(reading.territory, []).append(reading)
    return rows


def _steps(low: Decimal, high: Decimal) -> list[Decimal]:
    """Return round values from ``low`` or below to ``high`` or above, evenly spaced.

    The step is 1, 2 or 5 times a power of ten (Heckbert, « Nice numbers for graph labels »,
    Graphics Gems, 1990).
    """
    if low == high:
        return [low]
    raw = (high - low) / _INTERVALS
    power = Decimal(10) ** math.floor(raw.log10())
    step = next(power * unit for unit in (1, 2, 5, 10) if power * unit >= raw)
    start, end = math.floor(low / step), math.ceil(high / step)
    return [step * count for count in range(start, end + 1)]


def _day_ticks(first: date, last: date) -> Iterator[Tick]:
    """Yield the years that begin between both days, or both days when fewer than two do."""
    years = [year for year in range(first.year, last.year + 1) if date(year, 1, 1) >= first]
    if len(years) > 1:
        every = math.ceil(len(years) / _MOST_YEARS)
        for year in years[::every]:
            yield Tick(_x(date(year, 1, 1), first, last), str(year))
        return
    yield Tick(_x(first, first, last), short_date(first))
    if last > first:
        yield Tick(_x(last, first, last), short_date(last))


def _labelled(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Give each line the height of its label: above its last point, one text apart at least."""
    drawn = list(lines)
    order = sorted(range(len(drawn)), key=lambda rank: drawn[rank].points[-1].y)
    lowest = HEIGHT - _BOTTOM - FONT * (len(drawn) - 1)
    above = 0.0
    for rank in order:
        line = drawn[rank]
        above = max(min(line.points[-1].y - FONT / 2, lowest), above + FONT)
        lowest += FONT
        drawn[rank] = Line(line.territory, line.points, above)
    return tuple(drawn)


def _x(day: date, first: date, last: date) -> float:
    span = (last - first).days
    share = (day - first).days / span if span else 0.5
    return _LEFT + share * (WIDTH - _LEFT - _RIGHT)


def _y(value: Decimal, low: Decimal, high: Decimal) -> float:
    share = float((value - low) / (high - low)) if high > low else 0.5
    return HEIGHT - _BOTTOM - share * (HEIGHT - _TOP - _BOTTOM)
