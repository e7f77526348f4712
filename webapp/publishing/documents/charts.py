"""An indicator as a curve: pure geometry, for a picture that its table explains."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from webapp.publishing.documents.content import Indicator, Reading

WIDTH, HEIGHT = 600, 200
_MARGIN = 12


@dataclass(frozen=True, slots=True)
class Point:
    """A reading and where it stands in the picture, from the top left, in its units."""

    x: float
    y: float
    reading: Reading


@dataclass(frozen=True, slots=True)
class Line:
    """What was measured of one territory, in the order of time."""

    territory: str
    points: tuple[Point, ...]

    @property
    def path(self) -> str:
        """The points as SVG writes them."""
        return " ".join(f"{point.x:.1f},{point.y:.1f}" for point in self.points)


@dataclass(frozen=True, slots=True)
class Curve:
    """A picture of :data:`WIDTH` by :data:`HEIGHT`.

    ``target_y`` is the height of what is aimed at; ``first`` and ``last`` are the days at both
    ends, ``low`` and ``high`` the values at the bottom and at the top.
    """

    lines: tuple[Line, ...]
    target_y: float | None
    first: date
    last: date
    low: Decimal
    high: Decimal


def curve(indicator: Indicator) -> Curve | None:
    """Return the curve of ``indicator``, or None when fewer than two dated values are known.

    The baseline opens the curve of the whole territory: that of the first measurement.

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
