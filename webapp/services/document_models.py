"""Models of documents: sent, checked, tried on the draft, put in use, given up."""

import hashlib
from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from webapp.documents import models
from webapp.documents.models import MODELS, modelled
from webapp.exceptions import ConflictError, NotFoundError
from webapp.models import DocumentModel
from webapp.services import audit
from webapp.services.audit import Actor

_MAX_NAME = 200
_USED, _TRIED = True, False
Pair = tuple[DocumentModel | None, DocumentModel | None]


def list_models(session: Session) -> dict[str, Pair]:
    """Return, by format, the changed model in use and the one being tried."""
    found = {
        (model.format, model.in_use): model
        for model in session.scalars(
            select(DocumentModel).options(selectinload(DocumentModel.uploaded_by))
        )
    }
    return {name: (found.get((name, _USED)), found.get((name, _TRIED))) for name in MODELS}


def propose(
    session: Session, *, name: str, content: bytes, filename: str, actor: Actor
) -> DocumentModel:
    """Keep a changed model of the format ``name`` to be tried; the one in use stays.

    Raises
    ------
    UnknownFormatError, UnusableModelError, DocumentModelError
        As :func:`webapp.documents.models.check` says; what was there stays.
    """
    models.check(content, name)
    former = _find(session, name, in_use=_TRIED)
    if former is not None:
        session.delete(former)
        session.flush()
    model = DocumentModel(
        format=name,
        in_use=_TRIED,
        name=filename[-_MAX_NAME:],
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        uploaded_by_id=actor.id,
        uploaded_at=actor.now,
    )
    session.add(model)
    session.flush()
    _record(session, "document_model.propose", model, actor)
    return model


def adopt(session: Session, *, name: str, actor: Actor) -> None:
    """Put the model being tried in use, in the place of the former one.

    Raises
    ------
    ConflictError
        If it was given up, or put in use, meanwhile.
    """
    model = _tried(session, name)
    former = _find(session, name, in_use=_USED)
    if former is not None:
        session.delete(former)
        session.flush()
    model.in_use = _USED
    session.flush()
    _record(session, "document_model.adopt", model, actor)


def discard(session: Session, *, name: str, actor: Actor) -> None:
    """Give up the model being tried.

    Raises
    ------
    ConflictError
        If it was given up, or put in use, meanwhile.
    """
    model = _tried(session, name)
    _record(session, "document_model.discard", model, actor)
    session.delete(model)
    session.flush()


def reset(session: Session, *, name: str, actor: Actor) -> None:
    """Go back to the model that this application ships.

    Raises
    ------
    UnknownFormatError
        If the format has no model.
    """
    modelled(name)
    model = _find(session, name, in_use=_USED)
    if model is not None:
        _record(session, "document_model.reset", model, actor)
        session.delete(model)
        session.flush()


def get_tried(session: Session, *, name: str) -> DocumentModel:
    """Return the model of the format ``name`` that is being tried.

    Raises
    ------
    NotFoundError
        If there is none.
    """
    model = _find(session, name, in_use=_TRIED)
    if model is None:
        raise NotFoundError(name)
    return model


def current(session: Session, *, name: str) -> bytes:
    """Return the model that documents of the format ``name`` follow now.

    Raises
    ------
    UnknownFormatError
        If the format has no model.
    """
    shipped = modelled(name).shipped
    model = _find(session, name, in_use=_USED)
    return shipped() if model is None else model.content


def in_use(session: Session) -> Mapping[str, bytes]:
    """Return the changed models that documents follow, by format; ours are left out."""
    used = session.scalars(select(DocumentModel).where(DocumentModel.in_use))
    return {model.format: model.content for model in used}


def _tried(session: Session, name: str) -> DocumentModel:
    model = _find(session, name, in_use=_TRIED)
    if model is None:
        raise ConflictError(None)
    return model


def _find(session: Session, name: str, *, in_use: bool) -> DocumentModel | None:
    return session.scalar(
        select(DocumentModel).where(DocumentModel.format == name, DocumentModel.in_use.is_(in_use))
    )


def _record(session: Session, action: str, model: DocumentModel, actor: Actor) -> None:
    audit.record_act(session, actor, action, f"document_model:{model.format}", model.sha256)
