"""JSON copy of all data kept about one contribution, for the holder of its receipt."""

import json
from dataclasses import dataclass
from datetime import datetime

from webapp.publishing.documents.codec import encode

MEDIA_TYPE = "application/json"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnDecision:
    """A moderation decision: outcome, date, reason; without its author."""

    decision: str
    decided_at: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnItem:
    """An item that has the contribution as a source."""

    reference: str
    title: str
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnData:
    """All data kept about one contribution.

    Attributes
    ----------
    words : str
        The original text, or the erasure marker.
    shown : str or None
        The text shown to others, if any.
    device : bool
        Whether a device mark is still stored.
    groups : tuple of str
        The titles of its clusters.
    versions : tuple of str
        The published versions that quote it.
    withdrawn_versions : tuple of str
        The withdrawn versions that quote it.
    formers : tuple of str
        Its earlier texts, latest first.
    later : bool
        Whether a later contribution replaces it.
    theme : str
        The working group chosen at a stand, if any.
    """

    receipt: str
    words: str
    shown: str | None
    said_at: datetime
    erased_at: datetime | None
    workshop: str
    question: str
    channel: str
    kind: str
    table: str
    sheet: str
    people: int
    concerned: str
    territory: str
    language: str
    device: bool
    decisions: tuple[OwnDecision, ...]
    groups: tuple[str, ...]
    items: tuple[OwnItem, ...]
    versions: tuple[str, ...]
    withdrawn_versions: tuple[str, ...]
    formers: tuple[str, ...]
    later: bool
    theme: str


def render(data: OwnData) -> bytes:
    """Return ``data`` as indented JSON."""
    return json.dumps(encode(data), ensure_ascii=False, indent=2).encode()
