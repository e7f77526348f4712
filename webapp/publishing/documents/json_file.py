"""JSON: for machines, and for bringing a roadmap back exactly as it was published.

The bytes are canonical (sorted keys, no optional space, UTF-8), so that equal documents have equal
bytes and the SHA-256 printed on the cover can be computed again by anyone.
"""

import hashlib
import json
from dataclasses import replace

from webapp.exceptions import UnknownSchemaError, UnreadableFileError
from webapp.platform.file_text import cleaned
from webapp.publishing.documents.codec import decode, encode
from webapp.publishing.documents.content import RoadmapDocument

SCHEMA = "semailles-roadmap"
SCHEMA_VERSION = 1


def dumps(document: RoadmapDocument) -> bytes:
    """Return the canonical JSON of ``document``."""
    envelope = {
        "schema": SCHEMA,
        "schema_version": SCHEMA_VERSION,
        "roadmap": encode(cleaned(document)),
    }
    text = json.dumps(envelope, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"{text}\n".encode()


def loads(data: bytes) -> RoadmapDocument:
    """Return the document that ``dumps`` wrote as ``data``.

    Raises
    ------
    UnknownSchemaError
        If it is not this schema in this version.
    UnreadableFileError
        If it is not JSON, or a field is missing, unknown or of another type.
    """
    try:
        envelope = json.loads(data)
        if not isinstance(envelope, dict):
            raise UnreadableFileError("not an object")
        version = (envelope.get("schema"), envelope.get("schema_version"))
        if version != (SCHEMA, SCHEMA_VERSION):
            raise UnknownSchemaError(f"schema {version}")
        return decode(RoadmapDocument, envelope.get("roadmap"))
    except (ValueError, RecursionError) as error:
        raise UnreadableFileError(str(error)) from error


def digest(document: RoadmapDocument) -> str:
    """Return the SHA-256 of the canonical JSON of ``document`` without its own hash."""
    return hashlib.sha256(dumps(replace(document, sha256=""))).hexdigest()


def sealed(document: RoadmapDocument) -> RoadmapDocument:
    """Return ``document`` with its hash filled in."""
    return replace(document, sha256=digest(document))


def is_authentic(document: RoadmapDocument) -> bool:
    """Whether ``document`` is exactly what was sealed."""
    return document.sha256 == digest(document)


render = dumps
