"""The day and the hours of a workshop, as the list of the home page says them."""

from datetime import UTC, datetime, timedelta

import pytest

from webapp.platform import formats

NOW = datetime(2023, 11, 7, 9, 45, tzinfo=UTC)


def plain(text):
    return text.replace("\u202f", " ").replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("starts", "lasts", "told"),
    [
        (timedelta(), timedelta(hours=1), "aujourd’hui, 10 h 45 – 11 h 45"),
        (timedelta(hours=14), timedelta(hours=1), "demain, 0 h 45 – 1 h 45"),
        (timedelta(days=-1), None, "6 novembre 2023, 10 h 45"),
        (timedelta(days=2), timedelta(hours=2), "9 novembre 2023, 10 h 45 – 12 h 45"),
        (timedelta(), timedelta(days=1), "aujourd’hui, 10 h 45 – demain, 10 h 45"),
    ],
)
def test_a_workshop_says_its_day_and_its_hours(starts, lasts, told):
    begins = NOW + starts
    assert plain(formats.opening_times(begins, lasts and begins + lasts, NOW)) == told


def test_a_conference_says_its_day_or_its_days():
    assert formats.day_span(NOW, NOW + timedelta(hours=8), NOW) == "aujourd’hui"
    later = NOW + timedelta(days=3)
    assert plain(formats.day_span(NOW, later, NOW)) == "aujourd’hui – 10 novembre 2023"
