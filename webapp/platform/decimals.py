"""Plain notation of decimal numbers."""

from decimal import Decimal


def exact(value: Decimal) -> str:
    """Return the shortest plain notation of ``value``; equal decimals give equal strings.

    Examples
    --------
    >>> exact(Decimal("12.50")), exact(Decimal("1E+3"))
    ('12.5', '1000')
    """
    text = f"{value or Decimal(0):f}"
    return (text.rstrip("0").rstrip(".") or "0") if "." in text else text
