"""Uploaded files, stored between the preview and the import."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from webapp.exceptions import NotFoundError
from webapp.imports.layouts import Layout
from webapp.imports.models import ImportDraft
from webapp.imports.reading import Table, read_table
from webapp.platform import text_cleaning

_MAX_NAME = 200


def send(
    transaction: Callable[[], AbstractContextManager[Session]],
    *,
    content: bytes,
    name: str,
    owner_id: int,
    now: datetime,
) -> str:
    """Parse and store a file, and return its public identifier.

    It is parsed outside the transaction.

    Raises
    ------
    UnreadableFileError, EncodingError
        If it is not a readable table.
    """
    read_table(content, name=name)
    with transaction() as session:
        draft = keep_draft(session, content=content, name=name, owner_id=owner_id, now=now)
        return draft.public_id


def keep_draft(
    session: Session, *, content: bytes, name: str, owner_id: int, now: datetime
) -> ImportDraft:
    """Store a parsed file (see :func:`send`); the owner's earlier file is deleted."""
    session.execute(delete(ImportDraft).where(ImportDraft.owner_id == owner_id))
    draft = ImportDraft(
        name=text_cleaning.clean(name)[-_MAX_NAME:],
        content=content,
        owner_id=owner_id,
        created_at=now,
    )
    session.add(draft)
    session.flush()
    return draft


def get_draft(session: Session, *, public_id: str, owner_id: int) -> ImportDraft:
    """Return a file of this owner.

    Raises
    ------
    NotFoundError
        If there is none.
    """
    draft = session.scalar(
        select(ImportDraft).where(
            ImportDraft.public_id == public_id, ImportDraft.owner_id == owner_id
        )
    )
    if draft is None:
        raise NotFoundError(public_id)
    return draft


def read_draft(draft: ImportDraft, layout: Layout | None = None) -> Table:
    """Return the rows of a stored file, with the choices of ``layout``."""
    return read_table(draft.content, name=draft.name, layout=layout)


def drop_draft(session: Session, draft: ImportDraft) -> None:
    """Delete a file."""
    session.delete(draft)
    session.flush()


def drop_old(session: Session, *, now: datetime, life: timedelta) -> int:
    """Delete the files older than ``life``; return the count."""
    gone = session.scalars(
        delete(ImportDraft).where(ImportDraft.created_at <= now - life).returning(ImportDraft.id)
    )
    return len(gone.all())
