"""Plain notation of decimal numbers."""

import re
from decimal import Decimal

_UNIT = re.compile(r"(?:€|euros?|eur)\Z", re.IGNORECASE)
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:[\s'’]\d{3}){1,12}(?:[.,]\d{0,40})?")
_PLAIN = re.compile(r"[+-]?(?:\d{1,40}(?:[.,]\d{0,40})?|[.,]\d{1,40})(?:[eE][+-]?\d{1,3})?")
_MARK = re.compile(r"[\s'’]")


def read(text: str) -> Decimal | None:
    """Return the number that a person wrote, with any spaces and a final « € »; None if none.

    Examples
    --------
    >>> read("1\u202f234,56 €"), read("12 500"), read("12 50")
    (Decimal('1234.56'), Decimal('12500'), None)
    """
    plain = _UNIT.sub("", text.strip()).rstrip().replace("−", "-")
    if not (_PLAIN.fullmatch(plain) or _GROUPED.fullmatch(plain)):
        return None
    return Decimal(_MARK.sub("", plain).replace(",", "."))


def exact(value: Decimal) -> str:
    """Return the shortest plain notation of ``value``; equal decimals give equal strings.

    Examples
    --------
    >>> exact(Decimal("12.50")), exact(Decimal("1E+3"))
    ('12.5', '1000')
    """
    text = f"{value or Decimal(0):f}"
    return (text.rstrip("0").rstrip(".") or "0") if "." in text else text
