"""Builds the Atom feed of publications and withdrawals."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time

from webapp.platform.french import NBSP
from webapp.publishing import versions
from webapp.publishing.documents.atom_file import Event, Feed
from webapp.publishing.models import RoadmapVersion
from webapp.territory.models import Roadmap

_LATEST = 50
Address = Callable[..., str]


def build_feed(roadmap: Roadmap, *, page: str, feed: str, at: Address, between: Address) -> Feed:
    """Return the feed of ``roadmap``, latest event first.

    Parameters
    ----------
    roadmap : Roadmap
        The roadmap.
    page, feed : str
        The URLs of its page and of the feed.
    at, between : callable
        Return the URL of a version (``number``), of a comparison (``before``, ``after``).
    """
    events = sorted(_events(roadmap, at, between), key=lambda event: event.published)
    events.reverse()  # stable order for events of the same second
    return Feed(
        key=f"roadmap:{roadmap.slug}",
        title=f"{roadmap.title} – {roadmap.region}",
        author="Semailles",
        since=datetime.combine(roadmap.starts_on, time(), UTC),
        links=(("self", feed), ("alternate", page)),
        events=events[:_LATEST],
    )


def _events(roadmap: Roadmap, at: Address, between: Address) -> Iterator[Event]:
    for version in roadmap.versions:
        yield _publication(roadmap, version, at, between)
        if version.withdrawal is not None:
            when = version.withdrawal.withdrawn_at
            yield Event(
                key=f"{version.sha256}:withdrawal",
                title=f"Version {version.number} retirée",
                summary=f"Raison{NBSP}: {version.withdrawal.reason}",
                published=when,
                updated=when,
                links=(("alternate", at(number=version.number)),),
            )


def _publication(roadmap: Roadmap, version: RoadmapVersion, at: Address, between: Address) -> Event:
    links, updated = [("alternate", at(number=version.number))], version.published_at
    summary = f"{roadmap.title}. Empreinte SHA-256{NBSP}: {version.sha256}."
    earlier = versions.previous(roadmap, version)
    if version.withdrawal is not None:
        updated, summary = version.withdrawal.withdrawn_at, "Cette version a été retirée depuis."
    elif earlier is not None:
        links.append(("related", between(before=earlier.number, after=version.number)))
    return Event(
        key=f"{version.sha256}:publication",
        title=f"Version {version.number} publiée",
        summary=summary,
        published=version.published_at,
        updated=updated,
        links=tuple(links),
    )
