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


def left_to_right(text: str) -> str:
    """Return a code, a number or an address that keeps its order in a page read from the right.

    Examples
    --------
    >>> left_to_right("4422-ABCD")
    '4422-ABCD'
    """
    return f"{_ISOLATE}{text}{_END}" if current().direction == "rtl" else text
