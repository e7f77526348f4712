"""Atom feed (RFC 4287) of publication events, latest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from uuid import UUID, uuid5
from xml.etree import ElementTree as ET

from webapp.platform.file_text import clean

MEDIA_TYPE: Final = "application/atom+xml"
_ATOM: Final = "http://www.w3.org/2005/Atom"
# UUID namespace of the entries: identifiers do not depend on the address of the service.
_OURS: Final = UUID("0b1ae2c4-8a1f-5d0e-9d3c-52a7c1d5e911")


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """An entry; ``key`` is its permanent identifier, ``links`` are (relation, address)."""

    key: str
    title: str
    summary: str
    published: datetime
    updated: datetime
    links: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed; without events, ``since`` is its update date."""

    key: str
    title: str
    author: str
    since: datetime
    links: tuple[tuple[str, str], ...]
    events: Sequence[Event]


def render(feed: Feed) -> bytes:
    """Return ``feed`` as XML."""
    root = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": "fr"})
    _text(root, "id", _identifier(feed.key))
    _text(root, "title", feed.title)
    updated = max((event.updated for event in feed.events), default=feed.since)
    _text(root, "updated", _instant(updated))
    _text(ET.SubElement(root, "author"), "name", feed.author)
    _links(root, feed.links)
    for event in feed.events:
        _entry(root, event)
    ET.indent(root)
    data: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return data + b"\n"


def _entry(root: ET.Element, event: Event) -> None:
    entry = ET.SubElement(root, "entry")
    _text(entry, "id", _identifier(event.key))
    _text(entry, "title", event.title)
    _text(entry, "published", _instant(event.published))
    _text(entry, "updated", _instant(event.updated))
    _text(entry, "summary", event.summary)
    _links(entry, event.links)


def _text(parent: ET.Element, name: str, words: str) -> None:
    ET.SubElement(parent, name).text = clean(words)


def _links(parent: ET.Element, links: Sequence[tuple[str, str]]) -> None:
    for relation, address in links:
        ET.SubElement(parent, "link", {"rel": relation, "href": address})


def _identifier(key: str) -> str:
    return f"urn:uuid:{uuid5(_OURS, key)}"


def _instant(value: datetime) -> str:
    return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
