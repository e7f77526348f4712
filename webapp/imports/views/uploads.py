"""Stores an uploaded table until it is imported."""

from flask_login import current_user
from flask_wtf.file import FileField

from webapp import wording
from webapp.exceptions import ImportFileError
from webapp.imports import drafts
from webapp.platform.extensions import transaction
from webapp.platform.forms.base import given
from webapp.platform.views.current import now


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
