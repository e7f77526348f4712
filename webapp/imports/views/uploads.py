"""Receiving a table: kept until its sender has seen what an import would do."""

from flask_login import current_user
from flask_wtf.file import FileField

from webapp import wording
from webapp.exceptions import ImportFileError
from webapp.imports import drafts
from webapp.platform.extensions import transaction
from webapp.platform.views.current import now


def keep(field: FileField) -> str | None:
    """Return by which name the file of ``field`` is found again; None if it cannot be read.

    Why it cannot is then said under the field.
    """
    file, owner_id = field.data, current_user.id
    try:
        return drafts.send(
            transaction, content=file.read(), name=file.filename, owner_id=owner_id, now=now()
        )
    except ImportFileError as error:
        field.errors = [wording.message(error).text]
        return None
