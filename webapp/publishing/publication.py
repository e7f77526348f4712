"""Publishes versions of a roadmap and reads them."""

import re
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from webapp.exceptions import (
    ConfirmationError,
    NotFoundError,
    NothingToPublishError,
    PublicationChangedError,
    VersionWithdrawnError,
)
from webapp.platform import audit
from webapp.platform.audit import Actor
from webapp.publishing import fingerprints, snapshots
from webapp.publishing.documents import json_file
from webapp.publishing.documents.content import Item, RoadmapDocument
from webapp.publishing.models import RoadmapVersion
from webapp.territory.locking import lock_roadmap
from webapp.territory.models import Roadmap


def publish(session: Session, *, roadmap: Roadmap, actor: Actor) -> RoadmapVersion:
    """Publish the next version: an immutable snapshot with its SHA-256.

    Raises
    ------
    NothingToPublishError
        If every item is a draft.
    """
    lock_roadmap(session, roadmap)
    document = upcoming(session, roadmap=roadmap, now=actor.now)
    return _store(session, roadmap, document, actor)


def _store(
    session: Session, roadmap: Roadmap, document: RoadmapDocument, actor: Actor
) -> RoadmapVersion:
    version = RoadmapVersion(
        number=document.version,
        content=json_file.dumps(document).decode(),
        sha256=document.sha256,
        published_at=actor.now,
        published_by_id=actor.id,
    )
    roadmap.versions.append(version)
    session.flush()
    subject = f"roadmap:{roadmap.slug}:{version.number}"
    audit.record_act(session, actor, "roadmap.publish", subject, document.sha256)
    return version


def confirm(
    session: Session, *, roadmap: Roadmap, words: str, seen: Mapping[str, str], actor: Actor
) -> RoadmapVersion:
    """Publish the next version, which a person has read and named in their own words.

    ``seen`` are the fingerprints of what they read.

    Raises
    ------
    ConfirmationError
        If ``words`` do not hold its number and no other: it is not the version that was shown.
    PublicationChangedError
        If its content has changed since it was read.
    NothingToPublishError
        If every item is a draft.
    """
    lock_roadmap(session, roadmap)
    if re.findall(r"\d+", words) != [str(roadmap.next_number)]:
        raise ConfirmationError(roadmap.next_number)
    document = upcoming(session, roadmap=roadmap, now=actor.now)
    changed = fingerprints.differences(seen, fingerprints.read(document))
    if changed:
        raise PublicationChangedError(changed)
    return _store(session, roadmap, document, actor)


def upcoming(session: Session, *, roadmap: Roadmap, now: datetime) -> RoadmapDocument:
    """Return the next version as it would be published now.

    Raises
    ------
    NothingToPublishError
        If every item is a draft.
    """
    number = roadmap.next_number
    document = snapshots.build_document(session, roadmap=roadmap, number=number, now=now)
    if not document.items:
        raise NothingToPublishError
    return document


def published(roadmap: Roadmap, number: int | None = None) -> RoadmapVersion:
    """Return a public version, the one in force when ``number`` is None.

    Raises
    ------
    NotFoundError
        If it does not exist, or none is in force.
    VersionWithdrawnError
        If it was withdrawn.
    """
    if number is None:
        if roadmap.latest is None:
            raise NotFoundError(roadmap.slug)
        return roadmap.latest
    version = get_version(roadmap, number)
    if version.withdrawal is not None:
        withdrawal = version.withdrawal
        raise VersionWithdrawnError(number, withdrawal.withdrawn_at, withdrawal.reason)
    return version


def get_version(roadmap: Roadmap, number: int) -> RoadmapVersion:
    """Return a version, withdrawn or not.

    Raises
    ------
    NotFoundError
        If it does not exist.
    """
    found = next((version for version in roadmap.versions if version.number == number), None)
    if found is None:
        raise NotFoundError(f"{roadmap.slug}:{number}")
    return found


def published_item(version: RoadmapVersion, *, reference: str) -> Item:
    """Return an item of ``version``, whatever the case of ``reference``.

    Raises
    ------
    NotFoundError
        If the version does not contain it.
    """
    items = snapshots.document_of(version).items
    asked = reference.casefold()
    found = next((item for item in items if item.reference.casefold() == asked), None)
    if found is None:
        raise NotFoundError(reference)
    return found


def preview(session: Session, *, roadmap: Roadmap, now: datetime) -> RoadmapDocument:
    """Return the next version, drafts included, marked « projet »."""
    return snapshots.build_document(
        session, roadmap=roadmap, number=roadmap.next_number, now=now, draft=True
    )
