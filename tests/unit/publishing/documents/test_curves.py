"""An indicator as a curve: every point inside the picture, in the order of time."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from webapp.publishing.documents.charts import FONT, HEIGHT, WIDTH, curve
from webapp.publishing.documents.content import Indicator, Reading

DAY = date(2024, 1, 1)
readings = st.lists(
    st.builds(
        Reading,
        value=st.decimals(-(10**15), 10**15, allow_nan=False, places=2),
        on=st.dates(date(1900, 1, 1), date(2200, 1, 1)),
        territory=st.sampled_from(["Sarthe", "Mayenne"]),
    ),
    min_size=2,
    max_size=20,
)


def reading(value, days=0, territory="Sarthe"):
    return Reading(value=Decimal(value), on=DAY + timedelta(days), territory=territory)


@given(readings, st.none() | st.decimals(-(10**15), 10**15, allow_nan=False, places=1))
def test_every_point_is_inside_and_none_is_lost(measured, target):
    aim = None if target is None else Reading(value=target)
    drawn = curve(Indicator(title="x", measurements=tuple(measured), target=aim))
    points = [point for line in drawn.lines for point in line.points]
    assert sorted(map(repr, (point.reading for point in points))) == sorted(map(repr, measured))
    assert all(0 <= point.x <= WIDTH and 0 <= point.y <= HEIGHT for point in points)
    assert (drawn.target_y is None) is (target is None)
    assert all(0 <= tick.at <= HEIGHT for tick in drawn.values)
    assert all(0 <= tick.at <= WIDTH for tick in drawn.days)
    heights = sorted(line.label_y for line in drawn.lines)
    assert all(0 < height < HEIGHT for height in heights)
    assert all(after - before > FONT - 0.001 for before, after in pairwise(heights))
    assert drawn.first <= drawn.last
    assert drawn.low <= drawn.high


def test_one_value_makes_no_curve():
    assert curve(Indicator(title="x")) is None
    assert curve(Indicator(title="x", measurements=(reading(1),))) is None
    assert curve(Indicator(title="x", baseline=Reading(value=Decimal(1)))) is None


def test_the_start_opens_the_line_of_the_whole():
    start = Reading(value=Decimal(0), on=DAY - timedelta(30))
    measured = (reading(4, 0, "Pays de la Loire"), reading(2, 0, "Sarthe"))
    drawn = curve(Indicator(title="x", baseline=start, measurements=measured))
    assert [(line.territory, len(line.points)) for line in drawn.lines] == [
        ("Pays de la Loire", 2),
        ("Sarthe", 1),
    ]
    first, last = drawn.lines[0].points
    assert first.x < last.x
    assert first.y > last.y


def test_equal_values_stand_in_the_middle():
    drawn = curve(Indicator(title="x", measurements=(reading(5), reading(5, 10))))
    [height] = {point.y for point in drawn.lines[0].points}
    assert height == HEIGHT / 2
    assert [tick.text for tick in drawn.values] == ["5"]


def test_marks_are_round_values_that_hold_every_value():
    measured = (reading("12.5"), reading(48, 400), reading(97, 800))
    drawn = curve(Indicator(title="x", measurements=measured, target=reading(110)))
    assert [tick.text for tick in drawn.values] == ["0", "50", "100", "150"]
    assert [tick.text for tick in drawn.days] == ["2024", "2025", "2026"]


def test_within_a_year_both_days_are_named():
    drawn = curve(Indicator(title="x", measurements=(reading(1, 10), reading(2, 100))))
    assert [tick.text for tick in drawn.days] == ["11/01/2024", "10/04/2024"]
