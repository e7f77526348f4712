"""Geometry of the line chart of an indicator."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from webapp.publishing.documents.content import Indicator, Reading

WIDTH, HEIGHT = 600, 200
_MARGIN = 12


@dataclass(frozen=True, slots=True)
class Point:
    """A reading and its coordinates in the chart, from the top left."""

    x: float
    y: float
    reading: Reading


@dataclass(frozen=True, slots=True)
class Line:
    """The readings of one territory, in date order."""

    territory: str
    points: tuple[Point, ...]

    @property
    def path(self) -> str:
        """The points in SVG syntax."""
        return " ".join(f"{point.x:.1f},{point.y:.1f}" for point in self.points)


@dataclass(frozen=True, slots=True)
class Curve:
    """A chart of :data:`WIDTH` by :data:`HEIGHT`.

    ``target_y`` is the height of the target; ``first`` and ``last`` are the bounds of the x axis,
    ``low`` and ``high`` those of the y axis.
    """

    lines: tuple[Line, ...]
    target_y: float | None
    first: date
    last: date
    low: Decimal
    high: Decimal


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
    >>> drawn.lines[0].path
    '12.0,188.0 588.0,12.0'
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
    first, last, low, high = min(days), max(days), min(values), max(values)

    def place(reading: Reading) -> Point:
        day = reading.on or first
        return Point(_x(day, first, last), _y(reading.value, low, high), reading)

    lines = tuple(Line(name, tuple(map(place, found))) for name, found in rows.items())
    height = None if target is None else _y(target.value, low, high)
    return Curve(lines, height, first, last, low, high)


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


def _x(day: date, first: date, last: date) -> float:
    span = (last - first).days
    share = (day - first).days / span if span else 0.5
    return _MARGIN + share * (WIDTH - 2 * _MARGIN)


def _y(value: Decimal, low: Decimal, high: Decimal) -> float:
    share = float((value - low) / (high - low)) if high > low else 0.5
    return HEIGHT - _MARGIN - share * (HEIGHT - 2 * _MARGIN)
