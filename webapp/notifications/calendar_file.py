"""Writes calendar files (iCalendar, RFC 5545)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from icalendar import Calendar
from icalendar import Event as Entry

MEDIA_TYPE: Final = "text/calendar"
_REFRESH: Final = timedelta(hours=6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A dated event.

    Attributes
    ----------
    key : str
        What identifies it from one reading of the feed to the next.
    title : str
        What a calendar shows.
    starts, ends : date or datetime, optional
        A date is a whole day, without hours; instants have a time zone.
    place : str
        Where it is held, if anywhere.
    page : str
        Address of its page.
    """

    key: str
    title: str
    starts: date | datetime
    ends: datetime | None = None
    place: str = ""
    page: str = ""


def write(events: Iterable[Event], *, name: str, host: str, now: datetime) -> bytes:
    """Return a calendar file of ``events``.

    Parameters
    ----------
    events : iterable of Event
        The events, in any order.
    name : str
        What a calendar application calls the feed.
    host : str
        Host of the instance; makes the identifiers of events unique.
    now : datetime
        Instant of the reading.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Semailles//FR")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", _REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    for event in events:
        calendar.add_component(_entry(event, host, now))
    return bytes(calendar.to_ical())


def _entry(event: Event, host: str, now: datetime) -> Entry:
    entry = Entry()
    entry.add("uid", f"{event.key}@{host}")
    entry.add("dtstamp", now)
    entry.add("summary", event.title)
    entry.add("dtstart", event.starts)
    if event.ends is not None:
        entry.add("dtend", event.ends)
    if not isinstance(event.starts, datetime):
        entry.add("transp", "TRANSPARENT")  # a due date does not make anybody busy
    if event.place:
        entry.add("location", event.place)
    if event.page:
        entry.add("url", event.page)
        entry.add("description", event.page)  # several applications do not show the address
    return entry
