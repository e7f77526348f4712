"""Renders requested exports in the worker."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.platform import retention_settings
from webapp.publishing import publication, snapshots, templates
from webapp.publishing.documents.content import RoadmapDocument
from webapp.publishing.documents.formats import FORMATS
from webapp.publishing.exports import drop_old, render_with
from webapp.publishing.models import Export, ExportFile
from webapp.review.models import RunState

log = structlog.get_logger(__name__)

INTERRUPTED = "interrupted"
Transaction = Callable[[], AbstractContextManager[Session]]
Clock = Callable[[], datetime]


def execute(transaction: Transaction, *, export_id: str, clock: Clock) -> None:
    """Render every document of an export; a failure is recorded, the others are kept."""
    with transaction() as session:
        export = _by_id(session, export_id)
        if export is None or export.state is not RunState.QUEUED:
            return  # deleted, or job delivered twice
        export.state = RunState.RUNNING
    try:
        with transaction() as session:
            read = _read(session, export_id, clock())
        if read is None:
            return  # deleted meanwhile
        document, models = read
        for name in FORMATS:
            _make(transaction, export_id, name, document, models)
        _end(transaction, export_id, clock())
    except BaseException as error:
        known = isinstance(error, Exception)
        _end(transaction, export_id, clock(), type(error).__name__ if known else INTERRUPTED)
        raise


def fail_interrupted(session: Session, *, now: datetime) -> Sequence[str]:
    """Fail the exports whose worker died, and return the ids of queued ones to enqueue again."""
    drop_old(session, now=now, life=retention_settings.read(session).exports)
    active = session.scalars(
        select(Export)
        .where(Export.state.in_([RunState.QUEUED, RunState.RUNNING]))
        .order_by(Export.id)
    ).all()
    for export in active:
        if export.state is RunState.RUNNING:
            export.state, export.error, export.finished_at = RunState.FAILED, INTERRUPTED, now
    return [export.public_id for export in active if export.state is RunState.QUEUED]


def _by_id(session: Session, public_id: str) -> Export | None:
    return session.scalar(select(Export).where(Export.public_id == public_id))


def _read(
    session: Session, export_id: str, now: datetime
) -> tuple[RoadmapDocument, Mapping[str, bytes]] | None:
    """Return the content and the templates shared by all the documents."""
    export = _by_id(session, export_id)
    if export is None:
        return None
    if export.number is None:
        document = publication.preview(session, roadmap=export.roadmap, now=now)
    else:
        document = snapshots.document_of(publication.published(export.roadmap, export.number))
    return document, templates.in_use(session)


def _make(
    transaction: Transaction,
    export_id: str,
    name: str,
    document: RoadmapDocument,
    models: Mapping[str, bytes],
) -> None:
    with transaction() as session:
        export = _by_id(session, export_id)
        if export is not None:
            export.stage = name
    content, error = None, ""
    try:
        content = render_with(document, name, models)
    except Exception as failure:
        error = type(failure).__name__
        log.exception("document not made", format=name, exc_info=failure)
    with transaction() as session:
        export = _by_id(session, export_id)
        if export is None:
            return  # deleted meanwhile
        export.files.append(
            ExportFile(
                format=name,
                content=content,
                size=len(content or b""),
                sha256=hashlib.sha256(content).hexdigest() if content is not None else "",
                error=error,
            )
        )


def _end(transaction: Transaction, export_id: str, now: datetime, error: str = "") -> None:
    with transaction() as session:
        export = _by_id(session, export_id)
        if export is not None and export.is_active:
            made = any(not file.error for file in export.files)
            export.state = RunState.FAILED if error or not made else RunState.DONE
            export.stage, export.error, export.finished_at = "", error, now
