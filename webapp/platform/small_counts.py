"""Statistical disclosure control: counts of people below five are suppressed.

Secondary suppression hides further cells when a total would reveal a suppressed one. Counts of
contributions are not suppressed; counts of people by territory, status or answer are.
"""

from collections.abc import Sequence
from enum import StrEnum

SMALL_COUNT = 5


class Withheld(StrEnum):
    """Why a count is suppressed: it is small, or it would reveal a small one."""

    FEW = "few"
    OTHER = "other"


Shown = int | Withheld


def shown(count: int) -> Shown:
    """Return a count without a published total, suppressed from 1 to 4; zero is shown.

    Examples
    --------
    >>> shown(0), shown(4), shown(5)
    (0, <Withheld.FEW: 'few'>, 5)
    """
    return Withheld.FEW if 0 < count < SMALL_COUNT else count


def shown_together(counts: Sequence[int]) -> tuple[Shown, ...]:
    """Return counts whose total is published, with secondary suppression.

    A suppressed count can be deduced from the total: the next smallest counts are suppressed too,
    until each small one has several possible values. When all are suppressed and the total still
    reveals them, the caller must hide the total (see :func:`is_disclosed`).

    Examples
    --------
    >>> shown_together([40, 3, 12])
    (40, <Withheld.FEW: 'few'>, <Withheld.OTHER: 'other'>)
    >>> shown_together([40, 3, 4])
    (40, <Withheld.FEW: 'few'>, <Withheld.FEW: 'few'>)
    """
    found = [shown(count) for count in counts]
    larger = sorted(
        (index for index, count in enumerate(counts) if count >= SMALL_COUNT),
        key=lambda index: (counts[index], index),
    )
    for index in larger:
        if not is_disclosed(counts, found):
            break
        found[index] = Withheld.OTHER
    return tuple(found)


def is_disclosed(counts: Sequence[int], found: Sequence[Shown]) -> bool:
    """Whether the total of ``counts`` leaves a single possible value for a small count."""
    hidden = [index for index, value in enumerate(found) if isinstance(value, Withheld)]
    left = sum(counts[index] for index in hidden)
    least = {p: 1 if found[p] is Withheld.FEW else SMALL_COUNT for p in hidden}
    most = {p: SMALL_COUNT - 1 if found[p] is Withheld.FEW else left for p in hidden}
    for index in hidden:
        lowest = max(least[index], left - sum(most.values()) + most[index])
        highest = min(most[index], left - sum(least.values()) + least[index])
        if found[index] is Withheld.FEW and lowest >= highest:
            return True
    return False
