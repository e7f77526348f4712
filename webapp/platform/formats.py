"""Numbers, dates and times in the language of the page; instants are shown in Paris time.

Digits are European ones in every language, as on posters, receipts and phones in France.
"""

from datetime import date, datetime

from babel.dates import format_date, format_time
from babel.numbers import format_decimal

from webapp.platform import french
from webapp.platform.languages import FRENCH, current, gettext

_ISOLATE, _END = "\u2066", "\u2069"  # Unicode: left-to-right isolate, pop directional isolate


def number(value: float) -> str:
    """Return ``value`` with the separators of the language."""
    return str(format_decimal(value, locale=current().locale, decimal_quantization=False))


def long_date(day: date | datetime | None) -> str:
    """Return a day with its month in words, or an empty string."""
    if day is None:
        return ""
    day = french.paris_date(day) if isinstance(day, datetime) else day
    if current() is FRENCH:
        return french.long_date(day)
    return format_date(day, "long", locale=current().locale)


def near_day(instant: datetime, now: datetime) -> str:
    """Return « aujourd’hui », « demain », or the day with its month in words."""
    ahead = (french.paris_date(instant) - french.paris_date(now)).days
    return {0: gettext("aujourd’hui"), 1: gettext("demain")}.get(ahead) or long_date(instant)


def opening_times(starts_at: datetime, ends_at: datetime | None, now: datetime) -> str:
    """Return the day and the hours of a workshop, on two days if it ends on another.

    Examples
    --------
    >>> from datetime import UTC
    >>> start = datetime(2023, 11, 7, 9, 45, tzinfo=UTC)
    >>> opening_times(start, None, start).replace(chr(0x202F), " ").replace(chr(0xA0), " ")
    'aujourd’hui, 10 h 45'
    """
    same_day = ends_at is not None and french.paris_date(ends_at) == french.paris_date(starts_at)
    if same_day:
        return _on_day(starts_at, now, f"{clock(starts_at)} – {clock(ends_at)}")
    instants = (starts_at, ends_at) if ends_at else (starts_at,)
    return " – ".join(_on_day(instant, now, clock(instant)) for instant in instants)


def day_span(starts_at: datetime, ends_at: datetime, now: datetime) -> str:
    """Return the day of a conference, or its first and last days."""
    days = dict.fromkeys((near_day(starts_at, now), near_day(ends_at, now)))
    return " – ".join(days)


def long_instant(instant: datetime | None) -> str:
    """Return a day and a time in words, or an empty string."""
    if instant is None:
        return ""
    if current() is FRENCH:
        return french.long_instant(instant)
    return gettext("%(day)s à %(time)s", day=long_date(instant), time=clock(instant))


def clock(instant: datetime | None) -> str:
    """Return a time such as « 10 h 45 », or an empty string."""
    if instant is None:
        return ""
    local = instant.astimezone(french.PARIS)
    if current() is FRENCH:
        return local.strftime("%-H\u202fh\u202f%M")
    return format_time(local, "short", locale=current().locale)


def _on_day(instant: datetime, now: datetime, hours: str) -> str:
    return gettext("%(day)s, %(hours)s", day=near_day(instant, now), hours=hours)


def left_to_right(text: str) -> str:
    """Return a code, a number or an address that keeps its order in a page read from the right.

    Examples
    --------
    >>> left_to_right("4422-ABCD")
    '4422-ABCD'
    """
    return f"{_ISOLATE}{text}{_END}" if current().direction == "rtl" else text
