"""Reminders, digests and the days on which they are due, without a database."""

from datetime import UTC, date, datetime, timedelta

import pytest

from webapp.notifications import letters
from webapp.notifications.calendar_file import Event
from webapp.notifications.letters import Digest, Task
from webapp.notifications.mailings import due_events

TODAY = date(2026, 12, 1)
PAGE = "https://exemple.fr/compte/courriels"


def event(days, key="e"):
    return Event(key=key, title=f"Échéance {key}", starts=TODAY + timedelta(days=days))


@pytest.mark.parametrize(
    ("days", "last", "due"),
    [
        (1, 1, True),
        (14, 1, True),
        (2, 1, False),
        (13, 1, False),
        (13, 2, True),  # the worker was off yesterday
        (1, 0, False),  # already sent today
        (0, 5, False),  # too late: the page of late items tells it
        (-3, 30, False),
    ],
)
def test_a_date_is_recalled_two_weeks_before_and_on_the_eve_once(days, last, due):
    found = due_events([event(days)], TODAY - timedelta(days=last), TODAY)
    assert bool(found) is due


def test_without_a_former_day_only_today_counts():
    assert due_events([event(14), event(13), event(1)], None, TODAY) == [event(14), event(1)]


def test_the_day_of_an_instant_is_that_of_paris():
    late = Event(key="m", title="Réunion", starts=datetime(2026, 12, 1, 23, 30, tzinfo=UTC))
    assert letters.day_of(late) == date(2026, 12, 2)


def test_a_reminder_names_the_dates_in_order_and_how_to_stop():
    meeting = Event(
        key="m",
        title="Réunion du COPIL",
        starts=datetime(2026, 12, 2, 9, tzinfo=UTC),
        place="Préfecture",
        page="https://exemple.fr/copil",
    )
    letter = letters.reminder("lea@example.org", [event(14), meeting], settings=PAGE)
    assert letter.subject == "Semailles\u00a0: 2\u00a0dates à venir"
    assert letter.text.index("Réunion du COPIL, Préfecture") < letter.text.index("15\u00a0décembre")
    assert "https://exemple.fr/copil" in letter.text
    assert letter.text.rstrip().endswith(PAGE)
    one = letters.reminder("lea@example.org", [meeting], settings=PAGE)
    assert one.subject == "Semailles\u00a0: Réunion du COPIL"


def test_a_digest_says_what_waits_comes_and_happened_and_leaves_out_what_is_nothing():
    tasks = [
        Task(count=count, singular="note", plural="notes", where="groupe", page=f"/{count}")
        for count in (0, 1, 3)
    ]
    week = Digest(tasks=tasks, coming=[event(3)], received=2, moved=["A-1 – Bus\u00a0: adoptée"])
    text = letters.digest("lea@example.org", week, settings=PAGE).text
    assert "0\u00a0note" not in text
    for words in (
        "1\u00a0note, groupe",
        "3\u00a0notes, groupe",
        "4\u00a0décembre",
        "2\u00a0contributions reçues",
        "A-1 – Bus\u00a0: adoptée",
    ):
        assert words in text


def test_a_week_with_nothing_is_no_digest():
    nothing = Task(count=0, singular="note", plural="notes", where="groupe", page="/")
    assert not Digest(tasks=[nothing], received=4)
    assert Digest(coming=[event(2)])
