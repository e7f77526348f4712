"""Counts that could point at somebody: under five, a number is not given, nor made easy to find.

Counts of contributions are not profiles: the ledger gives them all. What is hidden is how many
people share a trait: where they live, whether they live what they speak of, what they answered.
"""

from collections.abc import Sequence
from enum import StrEnum

SMALL_COUNT = 5


class Withheld(StrEnum):
    """Why a count is not given: it is small, or it would give a small one away."""

    FEW = "few"
    OTHER = "other"


Shown = int | Withheld


def shown(count: int) -> Shown:
    """Return a count that stands alone, or that it is small; nobody is nobody.

    Examples
    --------
    >>> shown(0), shown(4), shown(5)
    (0, <Withheld.FEW: 'few'>, 5)
    """
    return Withheld.FEW if 0 < count < SMALL_COUNT else count


def shown_together(counts: Sequence[int]) -> tuple[Shown, ...]:
    """Return counts whose total is known.

    One hidden count is what is left of the total, and so may be several: the next smallest counts
    are not given either, until each small one could be another number. When all are hidden and the
    total still tells them, only the total could be hidden: that is for the caller to know.

    Examples
    --------
    >>> shown_together([40, 3, 12])
    (40, <Withheld.FEW: 'few'>, <Withheld.OTHER: 'other'>)
    >>> shown_together([40, 3, 4])
    (40, <Withheld.FEW: 'few'>, <Withheld.FEW: 'few'>)
    """
    found = [shown(count) for count in counts]
    larger = sorted(
        (place for place, count in enumerate(counts) if count >= SMALL_COUNT),
        key=lambda place: (counts[place], place),
    )
    for place in larger:
        if not is_told(counts, found):
            break
        found[place] = Withheld.OTHER
    return tuple(found)


def is_told(counts: Sequence[int], found: Sequence[Shown]) -> bool:
    """Whether the total of ``counts`` leaves one possibility only for a small count."""
    hidden = [place for place, value in enumerate(found) if isinstance(value, Withheld)]
    left = sum(counts[place] for place in hidden)
    least = {p: 1 if found[p] is Withheld.FEW else SMALL_COUNT for p in hidden}
    most = {p: SMALL_COUNT - 1 if found[p] is Withheld.FEW else left for p in hidden}
    for place in hidden:
        lowest = max(least[place], left - sum(most.values()) + most[place])
        highest = min(most[place], left - sum(least.values()) + least[place])
        if found[place] is Withheld.FEW and lowest >= highest:
            return True
    return False
