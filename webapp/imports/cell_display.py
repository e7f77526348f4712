"""Text of a cell of a workbook, as a French spreadsheet shows it."""

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

from webapp.platform.decimals import exact

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_QUOTED = re.compile(r'"[^"]{0,255}"|\\.|\[[^\[\]]{0,255}\]|_.')
_DECIMALS = re.compile(r"[0#?][.,](0+)")
_PADDED = re.compile("0{2,}")
_CLOCK = re.compile("[hs]", re.IGNORECASE)
_SECONDS = 3600, 60


def display(value: object, number_format: str) -> str:
    """Return the text of a value under a number format.

    Examples
    --------
    >>> display(4, "00"), display(0.15, "0%"), display(2023.0, "General")
    ('04', '15 %', '2023')
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return unescape(value)
    if isinstance(value, bool):
        return "VRAI" if value else "FAUX"
    if isinstance(value, int | float):
        return _number(value, number_format)
    return _moment(value, number_format)


def unescape(text: str) -> str:
    r"""Return the characters that a workbook escapes, line ends normalised.

    Examples
    --------
    >>> unescape("un_x000D_\ndeux_x005F_trois")
    'un\r\ndeux_trois'
    """
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def _number(value: float, number_format: str) -> str:
    section = number_format.partition(";")[0]
    plain = _QUOTED.sub("", section)
    percent = "%" in plain
    number = Decimal(repr(value)) * (100 if percent else 1)
    if not number.is_finite():
        return str(value)
    if _PADDED.fullmatch(plain):
        whole = number.to_integral_value(ROUND_HALF_UP)
        return f"{whole:0{len(plain)}f}"
    if plain.lower() not in ("general", "@", "") and re.search("[0#]", plain):
        number = _rounded(number, plain)
        text = f"{number:f}"
    else:
        text = exact(number)
    unit = " %" if percent else " €" if "€" in section else ""
    return text.replace(".", ",") + unit


def _rounded(number: Decimal, plain: str) -> Decimal:
    """Round to the decimals that a format shows; a format with « # » or « E » keeps them all."""
    if "E" in plain.upper():
        return Decimal(exact(number))
    fixed = _DECIMALS.search(plain)
    if "." in plain and not fixed:
        return Decimal(exact(number))
    step = Decimal(1).scaleb(-len(fixed[1]) if fixed else 0)
    return number.quantize(step, ROUND_HALF_UP) if abs(number) < Decimal(10) ** 20 else number


def _moment(value: object, number_format: str) -> str:
    clock = bool(_CLOCK.search(_QUOTED.sub("", number_format)))
    if isinstance(value, datetime):
        # A midnight alone is a day, whatever its format.
        shown = clock and value.time() != time()
        return value.strftime("%d/%m/%Y %H:%M" if shown else "%d/%m/%Y")
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, time):
        return value.strftime("%H:%M:%S" if value.second else "%H:%M")
    if isinstance(value, timedelta):
        hours, rest = divmod(round(value.total_seconds()), _SECONDS[0])
        return f"{hours:02d}:{rest // _SECONDS[1]:02d}"
    return str(value)
