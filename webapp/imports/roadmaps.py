"""Restores a published roadmap from its JSON into an empty instance.

The editable rows are restored by ``restored``.
"""

import re
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.collection.models import Workshop
from webapp.exceptions import (
    NotEmptyError,
    RefusedRoadmapError,
    UnknownSchemaError,
    UnreadableFileError,
)
from webapp.imports.restored import Rows, restore_rows
from webapp.imports.restored_lists import restore_lists
from webapp.platform import audit, text_cleaning
from webapp.platform.audit import Actor
from webapp.platform.file_text import cleaned, rewritten
from webapp.publishing.documents import json_file
from webapp.publishing.documents.content import RoadmapDocument
from webapp.publishing.models import RoadmapVersion
from webapp.roadmap.models import RoadmapItem
from webapp.territory.models import Roadmap
from webapp.territory.regions import ensure_region

MAX_BYTES = 16 * 1024 * 1024
_LARGEST_NUMBER = 2**31 - 1
_MAX_TITLE, _MAX_REGION = 200, 120
_PERIOD = re.compile(r"(\d{4})\D(\d{4})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """The restored version, and the counts of its rows."""

    version: RoadmapVersion
    rows: Rows


def is_empty(session: Session) -> bool:
    """Whether the instance has no workshop, item or version; accounts are allowed."""
    kinds = (Workshop.id, RoadmapItem.id, RoadmapVersion.id)
    return all(session.scalar(select(kind).limit(1)) is None for kind in kinds)


def read_roadmap(content: bytes) -> RoadmapDocument:
    """Parse the JSON of a published version.

    Raises
    ------
    UnknownSchemaError
        If it has another schema version.
    RefusedRoadmapError
        With a code for the reason: too large, not our JSON, altered, a draft.
    """
    if len(content) > MAX_BYTES:
        raise RefusedRoadmapError("large")
    try:
        document = cleaned(json_file.loads(content))
    except UnknownSchemaError:
        raise
    except UnreadableFileError as error:
        raise RefusedRoadmapError("json") from error
    if not json_file.is_authentic(document):
        raise RefusedRoadmapError("altered")
    if document.draft:
        raise RefusedRoadmapError("draft")
    if not (0 < document.version <= _LARGEST_NUMBER and document.title and document.region):
        raise RefusedRoadmapError("values")
    if len(document.title) > _MAX_TITLE or len(document.region) > _MAX_REGION:
        raise RefusedRoadmapError("values")
    return document


def restore_roadmap(session: Session, *, content: bytes, actor: Actor) -> Restored:
    """Restore a published version, with its items and their sources.

    Raises
    ------
    NotEmptyError
        If the instance has workshops, items or versions.
    UnknownSchemaError, RefusedRoadmapError
        As :func:`read_roadmap`, or if a value does not fit the database.
    """
    document = read_roadmap(content)
    if not is_empty(session):
        raise NotEmptyError
    roadmap = ensure_region(session)
    _describe(roadmap, document)
    version = RoadmapVersion(
        number=document.version,
        content=json_file.dumps(document).decode(),
        sha256=document.sha256,
        published_at=document.as_of,
        published_by_id=actor.id,
    )
    roadmap.versions.append(version)
    # The version keeps the hashed text unchanged; editable rows get normalised text.
    let_in = rewritten(document, text_cleaning.clean)
    codes = restore_lists(session, document=let_in, actor=actor)
    rows = restore_rows(session, roadmap=roadmap, document=let_in, codes=codes, actor=actor)
    session.flush()
    subject = f"roadmap:{roadmap.slug}:{document.version}"
    audit.record_act(session, actor, "roadmap.restore", subject, document.sha256)
    return Restored(version=version, rows=rows)


def _describe(roadmap: Roadmap, document: RoadmapDocument) -> None:
    """Set the title, region and years of the roadmap from the document."""
    roadmap.title, roadmap.region = document.title, document.region
    years = _PERIOD.fullmatch(document.period)
    if years and 0 < int(years[1]) < int(years[2]):
        roadmap.starts_on = date(int(years[1]), 1, 1)
        roadmap.ends_on = date(int(years[2]), 12, 31)
