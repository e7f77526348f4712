"""Exports of a roadmap: one document at once, or all of them in the background."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, selectinload

from webapp.exceptions import NotFoundError
from webapp.platform import audit, rendered_cache, retention_settings
from webapp.platform.audit import Actor
from webapp.platform.jobs import Job, enqueue_on_commit
from webapp.platform.zip_archive import pack
from webapp.publishing import publication, snapshots, templates
from webapp.publishing.documents.content import RoadmapDocument
from webapp.publishing.documents.formats import FORMATS, named
from webapp.publishing.documents.templates import TEMPLATES
from webapp.publishing.models import Export, ExportFile, RoadmapVersion
from webapp.review.models import RunState
from webapp.territory.models import Roadmap

DIGESTS = "SHA256SUMS"


def render(session: Session, document: RoadmapDocument, *, name: str) -> bytes:
    """Render ``document`` in the format ``name``, with the template in use.

    Raises
    ------
    UnknownFormatError
        If no format has this name.
    """
    return render_with(document, name, templates.in_use(session) if name in TEMPLATES else {})


def render_version(session: Session, version: RoadmapVersion, *, name: str) -> bytes:
    """Render ``version`` in the format ``name``, cached in this process.

    JSON is returned as stored: it is the hashed content.

    Raises
    ------
    UnknownFormatError
        If no format has this name.
    """
    if name == "json":
        return version.content.encode()
    models = templates.in_use(session) if name in TEMPLATES else {}
    model = hashlib.sha256(models[name]).hexdigest() if name in models else ""
    return rendered_cache.CACHE.get(
        (version.sha256, name, model),
        lambda: render_with(snapshots.document_of(version), name, models),
    )


def render_with(document: RoadmapDocument, name: str, models: Mapping[str, bytes]) -> bytes:
    """Render ``document`` in the format ``name``, with its template in ``templates`` if any."""
    if name in models:
        return TEMPLATES[name].render(document, models[name])
    return named(name).render(document)


def request_export(
    session: Session, *, roadmap: Roadmap, number: int | None, actor: Actor
) -> Export:
    """Have the worker export a version, or the draft; return the pending export if any.

    Raises
    ------
    NotFoundError
        If the version does not exist.
    """
    drop_old(session, now=actor.now, life=retention_settings.read(session).exports)
    if number is not None:
        publication.published(roadmap, number)
    export = next((e for e in list_exports(session, actor=actor) if e.is_active), None)
    if export is None or export.number != number:
        export = _add(session, roadmap, number, actor)
    enqueue_on_commit(session, Job.MAKE_DOCUMENTS, export_id=export.public_id)
    return export


def _add(session: Session, roadmap: Roadmap, number: int | None, actor: Actor) -> Export:
    export = Export(roadmap_id=roadmap.id, number=number, owner_id=actor.id, requested_at=actor.now)
    session.add(export)
    session.flush()
    which = "draft" if number is None else str(number)
    audit.record_act(session, actor, "roadmap.export", f"roadmap:{roadmap.slug}:{which}")
    return export


def list_exports(session: Session, *, actor: Actor) -> Sequence[Export]:
    """Return the unexpired exports of this person, latest first."""
    oldest = actor.now - retention_settings.read(session).exports
    return session.scalars(
        select(Export)
        .options(selectinload(Export.files))
        .where(Export.owner_id == actor.id, Export.requested_at > oldest)
        .order_by(Export.id.desc())
    ).all()


def get_export(session: Session, *, public_id: str, actor: Actor) -> Export:
    """Return an unexpired export of this person.

    Raises
    ------
    NotFoundError
        If there is none.
    """
    export = session.scalar(
        select(Export)
        .options(selectinload(Export.files))
        .where(
            Export.public_id == public_id,
            Export.owner_id == actor.id,
            Export.requested_at > actor.now - retention_settings.read(session).exports,
        )
    )
    if export is None:
        raise NotFoundError(public_id)
    return export


def progress_of(export: Export) -> float:
    """Return the share of the documents that are done or failed."""
    return len(export.files) / len(FORMATS)


def file_of(export: Export, *, name: str) -> bytes:
    """Return the document of the format ``name``.

    Raises
    ------
    NotFoundError
        If it was not rendered.
    """
    for file in export.files:
        if file.format == name and file.content is not None:
            return file.content
    raise NotFoundError(name)


def archive_of(export: Export) -> bytes:
    """Return a ZIP of the rendered documents.

    Raises
    ------
    NotFoundError
        If there is none.
    """
    made = {file.format: file.content for file in export.files if file.content is not None}
    if not made:
        raise NotFoundError(export.public_id)
    return archive(made, stem_of(export.roadmap.slug, export.number))


def archive(made: Mapping[str, bytes], stem: str) -> bytes:
    """Return a ZIP of documents, with a ``SHA256SUMS`` file."""
    names = {name: filename(stem, name) for name in made}
    digests = "".join(
        f"{hashlib.sha256(content).hexdigest()}  {names[name]}\n" for name, content in made.items()
    )
    members = ((names[name], content) for name, content in made.items())
    return pack(((DIGESTS, digests.encode()), *members))


def filename(stem: str, name: str) -> str:
    """Return the file name of a document; both CSV formats get distinct names.

    Examples
    --------
    >>> filename("region-v1", "csv-excel"), filename("region-v1", "pdf")
    ('region-v1-excel.csv', 'region-v1.pdf')
    """
    suffix = "-excel" if name == "csv-excel" else ""
    return f"{stem}{suffix}.{FORMATS[name].extension}"


def stem_of(slug: str, number: int | None) -> str:
    """Return the stem of the file names of a version, or of the draft."""
    return f"{slug}-{'projet' if number is None else f'v{number}'}"


def drop_old(session: Session, *, now: datetime, life: timedelta) -> int:
    """Delete the exports older than ``life``, documents included; return the count."""
    old = select(Export.id).where(Export.requested_at <= now - life)
    session.execute(delete(ExportFile).where(ExportFile.export_id.in_(old)))
    deleted = session.scalars(
        delete(Export).where(Export.requested_at <= now - life).returning(Export.id)
    )
    return len(deleted.all())


def drop_made(session: Session) -> None:
    """Delete every rendered or running export: it may contain erased text.

    Queued exports are kept: they have read nothing yet.
    """
    made = select(Export.id).where(Export.state != RunState.QUEUED)
    session.execute(delete(ExportFile).where(ExportFile.export_id.in_(made)))
    session.execute(delete(Export).where(Export.id.in_(made)))
