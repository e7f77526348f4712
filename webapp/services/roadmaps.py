"""The roadmap: finding it, publishing a version, rendering a document from it."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from webapp.documents import json_file
from webapp.documents.content import RoadmapDocument
from webapp.documents.formats import FORMATS
from webapp.exceptions import NotFoundError, NothingToPublishError, UnknownFormatError
from webapp.models import Roadmap, RoadmapVersion
from webapp.services import audit, snapshots
from webapp.services.audit import Actor


def get_roadmap(session: Session, *, slug: str) -> Roadmap:
    """Return the roadmap named ``slug``.

    Raises
    ------
    NotFoundError
        If there is none.
    """
    roadmap = session.scalar(
        select(Roadmap).options(selectinload(Roadmap.versions)).where(Roadmap.slug == slug)
    )
    if roadmap is None:
        raise NotFoundError(slug)
    return roadmap


def main_roadmap(session: Session) -> Roadmap:
    """Return the first roadmap of the instance: today there is one.

    Raises
    ------
    NotFoundError
        If the instance is empty.
    """
    roadmap = session.scalar(select(Roadmap).order_by(Roadmap.id).limit(1))
    if roadmap is None:
        raise NotFoundError
    return roadmap


def publish(session: Session, *, roadmap: Roadmap, actor: Actor) -> RoadmapVersion:
    """Freeze the next version: numbered, sealed by its SHA-256, never changed.

    Raises
    ------
    NothingToPublishError
        If every item is still a draft.
    """
    # The roadmap's row is the turnstile: two publications at once get two numbers.
    session.execute(select(Roadmap.id).where(Roadmap.id == roadmap.id).with_for_update())
    session.expire(roadmap, ["versions"])
    number = roadmap.latest.number + 1 if roadmap.latest else 1
    document = snapshots.build_document(session, roadmap=roadmap, number=number, now=actor.now)
    if not document.items:
        raise NothingToPublishError
    version = RoadmapVersion(
        number=number,
        content=json_file.dumps(document).decode(),
        sha256=document.sha256,
        published_at=actor.now,
        published_by_id=actor.id,
    )
    roadmap.versions.append(version)
    session.flush()
    subject = f"roadmap:{roadmap.slug}:{number}"
    audit.record_act(session, actor, "roadmap.publish", subject, document.sha256)
    return version


def published(roadmap: Roadmap, number: int | None = None) -> RoadmapVersion:
    """Return a version, the latest when ``number`` is None.

    Raises
    ------
    NotFoundError
        If it does not exist.
    """
    versions = [v for v in roadmap.versions if number is None or v.number == number]
    if not versions:
        raise NotFoundError(roadmap.slug)
    return versions[-1]


def preview(session: Session, *, roadmap: Roadmap, now: datetime) -> RoadmapDocument:
    """Return the next version as it would be, drafts included, marked « projet »."""
    number = roadmap.latest.number + 1 if roadmap.latest else 1
    return snapshots.build_document(session, roadmap=roadmap, number=number, now=now, draft=True)


def render(document: RoadmapDocument, *, name: str) -> bytes:
    """Return ``document`` in the format called ``name``.

    Raises
    ------
    UnknownFormatError
        If no format has this name.
    """
    if name not in FORMATS:
        raise UnknownFormatError(name)
    return FORMATS[name].render(document)
