"""CSV for French Excel: BOM, semicolons, French headers, decimal comma, escaped formulas."""

import csv
import io
import re
from datetime import date
from decimal import Decimal
from typing import Final

from webapp.platform.decimals import exact
from webapp.platform.french import short_date
from webapp.platform.tables import Table, Value

# Spreadsheets skip leading blanks and accept full-width signs in formulas. Line breaks and
# semicolons inside a cell are safe because every text is quoted. A text that already looks escaped
# is escaped again, so that reading removes exactly what writing adds.
_FORMULA: Final = re.compile(r"\A'*(?:[\t\r]|\s*[=+\-@＝＋－＠])")


def write(table: Table) -> bytes:
    """Return ``table`` as CSV with French headers, dates and decimals."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    writer.writerow([column.title for column in table.columns])
    writer.writerows([_text(value) for value in row] for row in table.rows)
    return buffer.getvalue().encode("utf-8-sig")


def escaped(text: str) -> str:
    """Return ``text`` prefixed by an apostrophe if a spreadsheet would run it as a formula.

    Examples
    --------
    >>> escaped("=1+1"), escaped("l’emploi")
    ("'=1+1", 'l’emploi')
    """
    return f"'{text}" if _FORMULA.match(text) else text


def unescaped(text: str) -> str:
    """Return ``text`` without the apostrophe that :func:`escaped` adds.

    Examples
    --------
    >>> unescaped("'=1+1"), unescaped("'l’emploi")
    ('=1+1', "'l’emploi")
    """
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def _text(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return short_date(value)
    if isinstance(value, Decimal):
        return exact(value).replace(".", ",")
    return str(value) if isinstance(value, int) else escaped(value)
