"""The map of the clusters of a working group: spots, their numbers, and the titles that fit."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import cos, pi, sin

from webapp.review.boards import Card, chapters

SIZE = 1_000  # side of the map
FONT = 30  # height of the texts
MAX_TITLE = 26  # letters
_SPREAD = 400
_LARGEST = 90
_SMALLEST = 16  # a spot that a finger finds
_TONES = 6  # colours of the charts
_LETTER = 0.56  # mean width of a letter, in heights of the text
_TURNS = 16  # directions in which a place is tried


@dataclass(frozen=True, slots=True)
class Label:
    """A text of the map, by its middle."""

    text: str
    x: float
    y: float

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of the text, with its margins."""
        half = (len(self.text) + 1) * FONT * _LETTER / 2
        return self.x - half, self.y - FONT * 0.6, self.x + half, self.y + FONT * 0.6

    def overlaps(self, other: "Label") -> bool:
        """Whether both texts share some place."""
        (left, top, right, bottom), there = self.box, other.box
        return left < there[2] and there[0] < right and top < there[3] and there[1] < bottom

    @property
    def is_inside(self) -> bool:
        """Whether the whole text is on the map."""
        left, top, right, bottom = self.box
        return min(left, top) >= 0 and max(right, bottom) <= SIZE


@dataclass(frozen=True, slots=True)
class MapMarker:
    """A cluster on the map: area by size, colour by family, number by rank.

    ``title`` is None where no place is free for it; the table beside the map has every title.
    """

    card: Card
    x: float
    y: float
    radius: float
    tone: int
    number: Label
    title: Label | None = None


def map_markers(cards: Iterable[Card]) -> list[MapMarker]:
    """Return the map positions, largest first, so that small clusters are drawn on top.

    No text covers another one: numbers are placed first, then the titles that fit.
    """
    shown = sorted((card for card in cards if card.size), key=lambda card: -card.size)
    families = {chapter.title: rank for rank, chapter in enumerate(chapters(shown))}
    spots = _spots(shown)
    taken: list[Label] = []
    for rank, (x, y, radius) in enumerate(spots, start=1):
        taken.append(_free(taken, str(rank), _around(x, y, radius)) or Label(str(rank), x, y))
    titles = _titles(shown, spots, taken)
    return [
        MapMarker(
            card, *spot, families[card.cluster.family] % _TONES + 1, taken[rank], titles.get(rank)
        )
        for rank, (card, spot) in enumerate(zip(shown, spots, strict=True))
    ]


def _spots(cards: list[Card]) -> list[tuple[float, float, float]]:
    """Return the middle and the radius of each spot; the farthest ones reach the margins."""
    largest = max((card.size for card in cards), default=1)
    across = _stretched([card.cluster.x for card in cards])
    down = _stretched([-card.cluster.y for card in cards])
    return [
        (x, y, max(round(_LARGEST * (card.size / largest) ** 0.5, 1), _SMALLEST))
        for card, x, y in zip(cards, across, down, strict=True)
    ]


def _stretched(values: list[float]) -> list[float]:
    """Return coordinates on the map that keep the order and the proportions of ``values``."""
    low, high = min(values, default=0.0), max(values, default=0.0)
    if low == high:
        return [SIZE / 2] * len(values)
    return [
        round(SIZE / 2 + _SPREAD * (2 * (value - low) / (high - low) - 1), 1) for value in values
    ]


def _titles(
    cards: list[Card], spots: list[tuple[float, float, float]], numbers: list[Label]
) -> dict[int, Label]:
    """Return the titles that fit beside their spots, by rank."""
    taken, found = list(numbers), {}
    for rank, (card, (x, y, radius)) in enumerate(zip(cards, spots, strict=True)):
        title = card.cluster.title
        text = title if len(title) <= MAX_TITLE else f"{title[: MAX_TITLE - 1].rstrip()}…"
        beside = (len(text) + 1) * FONT * _LETTER / 2 + radius
        places = [(x, y + radius + FONT), (x, y - radius - FONT), (x + beside, y), (x - beside, y)]
        label = _free(taken, text, places)
        if label is not None and label.is_inside:
            taken.append(label)
            found[rank] = label
    return found


def _free(taken: list[Label], text: str, places: Iterable[tuple[float, float]]) -> Label | None:
    """Return ``text`` at the first of ``places`` that is on the map and covers no other text."""
    labels = (Label(text, round(x, 1), round(y, 1)) for x, y in places)
    return next(
        (one for one in labels if one.is_inside and not any(map(one.overlaps, taken))), None
    )


def _around(x: float, y: float, radius: float) -> Iterator[tuple[float, float]]:
    """Yield the middle of a spot, then places on wider and wider circles."""
    yield x, y
    for ring in range(1, SIZE // FONT):
        away = radius / 2 + ring * FONT
        for turn in range(_TURNS):
            angle = 2 * pi * turn / _TURNS
            yield x + away * cos(angle), y + away * sin(angle)
