"""Stores an uploaded table until it is imported, reads it, and picks the rows to show."""

import re

from flask_login import current_user
from flask_wtf.file import FileField

from webapp import wording
from webapp.exceptions import ImportFileError
from webapp.imports import drafts
from webapp.imports.layouts import Layout
from webapp.imports.reading import Row, Table
from webapp.platform.extensions import db, transaction
from webapp.platform.forms.base import given
from webapp.platform.views.current import now

_SHOWN = 5
# Traces of a wrong encoding or separator: replaced letters, « Ã© », a lone quotation mark.
_ODD = re.compile("[\ufffd\u0080-\u009f]|Ã.|â€|^[\"';,]|[;\t|]")


def keep(field: FileField) -> str | None:
    """Store the file of ``field`` and return its public identifier; None if it is unreadable.

    The error is then added to the field.
    """
    file, owner_id = given(field.data), current_user.id
    try:
        return drafts.send(
            transaction, content=file.read(), name=file.filename or "", owner_id=owner_id, now=now()
        )
    except ImportFileError as error:
        field.errors = [wording.message(error).text]
        return None


def read(draft: str, layout: Layout | None = None) -> Table:
    """Read a stored file of the current account, with the choices of ``layout``."""
    found = drafts.get_draft(db.session(), public_id=draft, owner_id=current_user.id)
    return drafts.read_draft(found, layout)


def suspects(table: Table) -> list[Row]:
    """Return the rows most likely to be wrong, in the order of the file."""
    longest = {
        column: max((len(r.get(column)) for r in table.rows), default=0) for column in table.columns
    }
    named = {problem.line for problem in table.problems}

    def doubt(row: Row) -> tuple[bool, int, int]:
        odd = sum(1 for cell in row.cells.values() if _ODD.search(cell))
        blank = sum(not row.get(column) for column in table.columns)
        extreme = sum(len(row.get(c)) == size for c, size in longest.items() if size)
        return row.line in named, 2 * odd + blank, extreme

    chosen = sorted(table.rows, key=doubt, reverse=True)[:_SHOWN]
    return sorted(chosen, key=lambda row: row.line)
