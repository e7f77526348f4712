"""Files sent by somebody, kept until they have seen what an import would do."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from webapp.exceptions import NotFoundError
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
    """Keep a file that can be read, and return by which name it is found again.

    It is read before the transaction: nobody waits for it but its sender.

    Raises
    ------
    UnreadableFileError, EncodingError
        If it is no table.
    """
    read_table(content, name=name)
    with transaction() as session:
        draft = keep_draft(session, content=content, name=name, owner_id=owner_id, now=now)
        return draft.public_id


def keep_draft(
    session: Session, *, content: bytes, name: str, owner_id: int, now: datetime
) -> ImportDraft:
    """Keep a file that was read (:func:`send`); what the same person sent before is dropped."""
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
    """Return a file that this person sent, and nobody else's.

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


def read_draft(draft: ImportDraft) -> Table:
    """Return the rows of a kept file."""
    return read_table(draft.content, name=draft.name)


def drop_draft(session: Session, draft: ImportDraft) -> None:
    """Forget a file."""
    session.delete(draft)
    session.flush()


def drop_old(session: Session, *, now: datetime, life: timedelta) -> int:
    """Forget the files that nobody came back for within ``life``; return how many."""
    gone = session.scalars(
        delete(ImportDraft).where(ImportDraft.created_at <= now - life).returning(ImportDraft.id)
    )
    return len(gone.all())
