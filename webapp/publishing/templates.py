"""Document templates: upload, check, trial, adoption, restore."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, selectinload

from webapp.exceptions import ConflictError, NotFoundError
from webapp.platform import audit, text_cleaning
from webapp.platform.audit import Actor
from webapp.publishing.documents import templates
from webapp.publishing.documents.templates import TEMPLATES, template_format
from webapp.publishing.models import DocumentModel, FormerModel

_MAX_NAME = 200
MAX_FORMER = 10  # per format
_USED, _TRIAL = True, False
_COPIED = ("format", "name", "content", "sha256", "uploaded_by_id", "uploaded_at")
Pair = tuple[DocumentModel | None, DocumentModel | None]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A checked file that can be the template of a format."""

    format: str
    content: bytes
    filename: str


def list_templates(session: Session) -> dict[str, Pair]:
    """Return, by format, the uploaded templates in use and on trial."""
    found = {
        (model.format, model.in_use): model
        for model in session.scalars(
            select(DocumentModel).options(selectinload(DocumentModel.uploaded_by))
        )
    }
    return {name: (found.get((name, _USED)), found.get((name, _TRIAL))) for name in TEMPLATES}


def examine(*, name: str, content: bytes, filename: str) -> Candidate:
    """Check a file as the template of the format ``name``.

    It takes a second or two: to be done before the transaction, which holds the write lock.

    Raises
    ------
    UnknownFormatError, UnusableModelError, DocumentModelError
        As :func:`webapp.publishing.documents.templates.check`.
    """
    templates.check(content, name)
    return Candidate(name, content, text_cleaning.clean(filename)[-_MAX_NAME:])


def propose(session: Session, *, candidate: Candidate, actor: Actor) -> DocumentModel:
    """Store a template on trial, replacing the earlier one on trial.

    Raises
    ------
    ConflictError
        If another one is proposed concurrently.
    """
    archived = _find(session, candidate.format, in_use=_TRIAL)
    if archived is not None:
        session.delete(archived)
        session.flush()
    model = DocumentModel(
        format=candidate.format,
        in_use=_TRIAL,
        name=candidate.filename,
        content=candidate.content,
        sha256=hashlib.sha256(candidate.content).hexdigest(),
        uploaded_by_id=actor.id,
        uploaded_at=actor.now,
    )
    session.add(model)
    _flush(session)
    _record(session, "document_model.propose", model, actor)
    return model


def adopt(session: Session, *, name: str, actor: Actor) -> None:
    """Put the template on trial in use; the one that it replaces is archived.

    Raises
    ------
    ConflictError
        If it was discarded or adopted meanwhile.
    """
    model = _get_trial(session, name)
    _archive(session, name, actor)
    _delete_archived(session, FormerModel.format == name, FormerModel.sha256 == model.sha256)
    model.in_use = _USED
    _flush(session)
    _record(session, "document_model.adopt", model, actor)


def discard(session: Session, *, name: str, actor: Actor) -> None:
    """Discard the template on trial.

    Raises
    ------
    ConflictError
        If it was discarded or adopted meanwhile.
    """
    model = _get_trial(session, name)
    _record(session, "document_model.discard", model, actor)
    session.delete(model)
    session.flush()


def reset(session: Session, *, name: str, actor: Actor) -> None:
    """Return to the default template; the one in use is archived.

    Raises
    ------
    UnknownFormatError
        If the format has no template.
    """
    template_format(name)
    model = _archive(session, name, actor)
    if model is not None:
        _record(session, "document_model.reset", model, actor)


def list_archived(session: Session) -> dict[str, list[FormerModel]]:
    """Return the archived templates by format, latest first."""
    found: dict[str, list[FormerModel]] = {name: [] for name in TEMPLATES}
    for model in session.scalars(
        select(FormerModel)
        .options(selectinload(FormerModel.uploaded_by))
        .order_by(FormerModel.left_at.desc(), FormerModel.id.desc())
    ):
        found[model.format].append(model)
    return found


def get_archived(session: Session, *, name: str, row: int | None) -> FormerModel:
    """Return an archived template of the format ``name``, by its primary key.

    Raises
    ------
    NotFoundError
        If there is none.
    """
    model = session.get(FormerModel, row) if row is not None else None
    if model is None or model.format != name:
        raise NotFoundError(f"{name}:{row}")
    return model


def restore(session: Session, *, archived: FormerModel, actor: Actor) -> None:
    """Restore an archived template; the one in use is archived.

    Call :func:`examine` before: a template valid for an earlier release may not be any more.

    Raises
    ------
    ConflictError
        If another one is put in use concurrently.
    """
    model = DocumentModel(in_use=_USED, **{field: getattr(archived, field) for field in _COPIED})
    session.delete(archived)
    _archive(session, model.format, actor)
    session.add(model)
    _flush(session)
    _record(session, "document_model.put_back", model, actor)


def get_trial(session: Session, *, name: str) -> DocumentModel:
    """Return the template on trial of the format ``name``.

    Raises
    ------
    NotFoundError
        If there is none.
    """
    model = _find(session, name, in_use=_TRIAL)
    if model is None:
        raise NotFoundError(name)
    return model


def current(session: Session, *, name: str) -> bytes:
    """Return the content of the template in use of the format ``name``.

    Raises
    ------
    UnknownFormatError
        If the format has no template.
    """
    shipped = template_format(name).shipped
    model = _find(session, name, in_use=_USED)
    return shipped() if model is None else model.content


def in_use(session: Session) -> Mapping[str, bytes]:
    """Return the uploaded templates in use, by format."""
    used = session.scalars(select(DocumentModel).where(DocumentModel.in_use))
    return {model.format: model.content for model in used}


def _archive(session: Session, name: str, actor: Actor) -> DocumentModel | None:
    """Archive the template in use, prune the archive, and return it."""
    model = _find(session, name, in_use=_USED)
    if model is None:
        return None
    values = {field: getattr(model, field) for field in _COPIED}
    session.delete(model)
    session.add(FormerModel(left_at=actor.now, **values))
    _flush(session)
    last = (
        select(FormerModel.id)
        .where(FormerModel.format == name)
        .order_by(FormerModel.left_at.desc(), FormerModel.id.desc())
        .limit(MAX_FORMER)
    )
    _delete_archived(session, FormerModel.format == name, FormerModel.id.not_in(last))
    return model


def _delete_archived(session: Session, *which: ColumnElement[bool]) -> None:
    session.execute(delete(FormerModel).where(*which))


def _flush(session: Session) -> None:
    """Flush; a unique constraint detects concurrent changes of one format."""
    try:
        session.flush()
    except IntegrityError as error:
        raise ConflictError(None) from error


def _get_trial(session: Session, name: str) -> DocumentModel:
    model = _find(session, name, in_use=_TRIAL)
    if model is None:
        raise ConflictError(None)
    return model


def _find(session: Session, name: str, *, in_use: bool) -> DocumentModel | None:
    return session.scalar(
        select(DocumentModel).where(DocumentModel.format == name, DocumentModel.in_use.is_(in_use))
    )


def _record(session: Session, action: str, model: DocumentModel, actor: Actor) -> None:
    audit.record_act(session, actor, action, f"document_model:{model.format}", model.sha256)
