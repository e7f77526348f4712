"""Digests of what a person read before publishing: each item, and the rest of the roadmap."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields

from webapp.platform.file_text import cleaned
from webapp.publishing.documents.codec import encode
from webapp.publishing.documents.content import RoadmapDocument

WHOLE = "ensemble"  # the key of what is not an item
_LENGTH = 16
# The date, the number, and the counts that move by themselves while contributions arrive: they
# would have every publication refused during a consultation.
_MOVING = frozenset(
    {"version", "as_of", "sha256", "draft", "chapters", "participation", "method", "ledger"}
)


def read(document: RoadmapDocument) -> dict[str, str]:
    """Return the digest of each item of ``document`` by reference, and of the rest."""
    document = cleaned(document)
    names = [field.name for field in fields(document) if field.name not in _MOVING]
    chapters = [
        [chapter.title, chapter.introduction, [item.reference for item in chapter.items]]
        for chapter in document.chapters
    ]
    rest = [*(encode(getattr(document, name)) for name in names), chapters]
    items = {item.reference: _digest(encode(item)) for item in document.items}
    return items | {WHOLE: _digest(rest)}


def packed(digests: Mapping[str, str]) -> str:
    """Return ``digests`` as one line, for a hidden field."""
    return json.dumps(digests, sort_keys=True, separators=(",", ":"))


def unpacked(line: str) -> dict[str, str]:
    """Return the digests that ``packed`` turned into ``line``; none if it is malformed."""
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return {str(k): str(v) for k, v in found.items()} if isinstance(found, dict) else {}


def differences(seen: Mapping[str, str], now: Mapping[str, str]) -> tuple[str, ...]:
    """Return the references, or ``WHOLE``, of what differs, in order.

    Examples
    --------
    >>> differences({"A": "1", "B": "2"}, {"A": "1", "C": "3"})
    ('B', 'C')
    """
    return tuple(sorted(key for key in seen.keys() | now.keys() if seen.get(key) != now.get(key)))


def _digest(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:_LENGTH]
