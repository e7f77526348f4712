"""Canonical JSON of a roadmap, used for exchange, restore and hashing.

The bytes are canonical (sorted keys, no optional space, UTF-8): equal documents have equal bytes,
and anyone can recompute the SHA-256 printed on the cover.
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
    """Parse the output of ``dumps``.

    Raises
    ------
    UnknownSchemaError
        If the schema or its version is unknown.
    UnreadableFileError
        If it is not JSON, or a field is missing, unknown or of a wrong type.
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
    """Whether the hash of ``document`` matches its content."""
    return document.sha256 == digest(document)


render = dumps
