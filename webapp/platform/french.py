"""French formatting of dates, numbers, counts and durations."""

import math
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time
from babel.numbers import format_decimal

NBSP: Final = "\u00a0"
NNBSP: Final = "\u202f"
_MINUTE: Final = 60
PARIS: Final = ZoneInfo("Europe/Paris")


def long_date(day: date) -> str:
    """Return ``day`` with the month in words, and « 1er » for the first.

    Examples
    --------
    >>> long_date(date(2024, 3, 1)).split()
    ['1er', 'mars', '2024']
    """
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number}{NBSP}{format_date(day, 'MMMM y', locale='fr')}"


def short_date(day: date | None) -> str:
    """Return ``day`` as dd/mm/yyyy, or an empty string."""
    return format_date(day, "dd/MM/y", locale="fr") if day else ""


def paris_date(instant: datetime) -> date:
    """Return the date in Paris at ``instant``."""
    return instant.astimezone(PARIS).date()


def long_instant(instant: datetime) -> str:
    """Return ``instant`` in Paris time, in words."""
    local = instant.astimezone(PARIS)
    hour = format_time(local, "H", locale="fr")
    return f"{long_date(local.date())} à {hour}{NBSP}h{NBSP}{local.minute:02d}"


def number(value: Decimal | int) -> str:
    """Return ``value`` with a decimal comma and digit groups, without rounding."""
    return str(format_decimal(value, locale="fr", decimal_quantization=False))


def counted(count: int, singular: str, plural: str) -> str:
    """Return ``count`` with its noun; in French zero and one are singular.

    Examples
    --------
    >>> counted(1, "table", "tables").split(), counted(2, "table", "tables").split()
    (['1', 'table'], ['2', 'tables'])
    """
    return f"{number(count)}{NBSP}{plural if abs(count) > 1 else singular}"


def duration(wait: timedelta) -> str:
    """Return a waiting time in seconds or minutes, rounded up.

    Examples
    --------
    >>> duration(timedelta(seconds=30)).split(), duration(timedelta(seconds=61)).split()
    (['30', 'secondes'], ['2', 'minutes'])
    """
    seconds = math.ceil(wait.total_seconds())
    if seconds < _MINUTE:
        return counted(seconds, "seconde", "secondes")
    return counted(math.ceil(seconds / _MINUTE), "minute", "minutes")


def colon(label: str, value: str) -> str:
    """Return a label and its value, joined by a no-break space and a colon."""
    return f"{label}{NBSP}: {value}"
