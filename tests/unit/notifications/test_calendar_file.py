"""Calendar files are read back by icalendar as they were written."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from webapp.notifications import calendar_file
from webapp.notifications.calendar_file import Event

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
MEETING = Event(
    key="meeting-a",
    title="Réunion du COPIL ; salle, étage 2",
    starts=datetime(2026, 12, 8, 8, 30, tzinfo=UTC),
    place="Préfecture, Nantes",
    page="https://exemple.fr/pilotage/copil/a",
)
DUE = Event(key="item-b", title="Échéance : PDL-R-001", starts=date(2027, 6, 30))


def read_back(*events):
    body = calendar_file.write(events, name="Semailles", host="exemple.fr", now=NOW)
    return Calendar.from_ical(body)


def test_an_instant_a_place_and_a_page_come_back():
    calendar = read_back(MEETING)
    [entry] = calendar.walk("VEVENT")
    assert (entry["uid"], entry["summary"]) == ("meeting-a@exemple.fr", MEETING.title)
    assert entry.decoded("dtstart") == MEETING.starts
    assert (entry["location"], entry["url"]) == (MEETING.place, MEETING.page)
    assert (calendar["version"], calendar["x-wr-calname"]) == ("2.0", "Semailles")


def test_a_due_date_is_a_whole_day_that_makes_nobody_busy():
    [entry] = read_back(DUE).walk("VEVENT")
    assert (entry.decoded("dtstart"), entry["transp"]) == (date(2027, 6, 30), "TRANSPARENT")
    assert "dtend" not in entry


def test_an_event_keeps_its_end_and_its_identifier():
    longer = Event(key="w", title="Atelier", starts=NOW, ends=NOW + timedelta(hours=1))
    [first], [again] = read_back(longer).walk("VEVENT"), read_back(longer).walk("VEVENT")
    assert first.decoded("dtend") == NOW + timedelta(hours=1)
    assert first["uid"] == again["uid"]


@given(st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=200))
def test_any_title_comes_back(title):
    event = Event(key="k", title=title, starts=NOW, place=title)
    [entry] = read_back(event).walk("VEVENT")
    assert str(entry["summary"]) == title
