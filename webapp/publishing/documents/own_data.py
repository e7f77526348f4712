"""All that is kept of one idea, for whoever holds its receipt: a copy that they can take away."""

import json
from dataclasses import dataclass
from datetime import datetime

from webapp.publishing.documents.codec import encode

MEDIA_TYPE = "application/json"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnDecision:
    """What was decided about the idea, when and why; never by whom."""

    decision: str
    decided_at: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnItem:
    """An action that answers the idea."""

    reference: str
    title: str
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnData:
    """What is kept of one idea, and nothing about anybody else.

    Attributes
    ----------
    words : str
        The words as they were said, or the marker that stands where they were destroyed.
    shown : str or None
        The words that others may read, if any.
    device : bool
        Whether a mark still says which ideas of the workshop came from the same device.
    groups : tuple of str
        The titles of the groups that hold it.
    versions : tuple of str
        The published versions that quote it: number and roadmap.
    withdrawn_versions : tuple of str
        Those that quote it and were withdrawn since: kept, and shown to nobody.
    formers : tuple of str
        The words that it took the place of, latest first.
    later : bool
        Whether other words took its place.
    theme : str
        The working group for which a stand inspired its visitor, if they said so.
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
    """Return ``data`` as JSON, to be read by a person too."""
    return json.dumps(encode(data), ensure_ascii=False, indent=2).encode()
