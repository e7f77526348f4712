"""Indicators: written, measured, read from a file, met or not."""

import io
from datetime import date, timedelta

import pytest
from openpyxl import Workbook
from sqlalchemy import func, select

from tests import builders
from webapp.exceptions import (
    DateOrderError,
    DuplicateError,
    EmptyTextError,
    InvalidRowsError,
    MeasuredError,
    MissingColumnError,
    NotFoundError,
)
from webapp.imports.measurements import read_values
from webapp.imports.reading import read_table
from webapp.platform.audit import Actor
from webapp.roadmap import indicators, items
from webapp.roadmap.indicators import IndicatorFields, Value
from webapp.roadmap.models import Measurement
from webapp.territory import reference_edits, references
from webapp.territory.models import ReferenceKind, Territory
from webapp.territory.reference_edits import EntryFields

DAY = date(2024, 1, 5)


@pytest.fixture
def actor(session):
    return Actor(id=builders.user(session).id, now=builders.NOW)


@pytest.fixture
def item(session, actor):
    return builders.item(session, actor=actor)


@pytest.fixture
def indicator(session, item, actor):
    fields = IndicatorFields(name=" Lignes\ndu dimanche ", unit="lignes", baseline=0.0, target=4.5)
    return indicators.add_indicator(session, item=item, fields=fields, actor=actor)


def measure(session, indicator, actor, *values):
    return indicators.measure(session, indicator=indicator, values=values, actor=actor)


def test_an_indicator_is_written_changed_and_removed(session, item, indicator, actor):
    assert (indicator.name, indicator.unit, indicator.target) == (
        "Lignes du dimanche",
        "lignes",
        4.5,
    )
    fields = IndicatorFields(name="Lignes", target=6.0, target_on=date(2025, 1, 1))
    indicators.save_indicator(session, indicator=indicator, fields=fields, actor=actor)
    assert (indicator.name, indicator.unit, indicator.baseline) == ("Lignes", "", None)
    indicators.remove_indicator(session, indicator=indicator, actor=actor)
    assert item.indicators == []


def test_an_indicator_has_a_name_and_dates_in_order(session, item, actor):
    for fields, error in (
        (IndicatorFields(name=" "), EmptyTextError),
        (IndicatorFields(name="x", baseline_on=DAY, target_on=DAY), DateOrderError),
    ):
        with pytest.raises(error):
            indicators.add_indicator(session, item=item, fields=fields, actor=actor)


def test_what_was_measured_does_not_vanish(session, indicator, actor):
    measure(session, indicator, actor, Value(on=DAY, value=1.0))
    with pytest.raises(MeasuredError):
        indicators.remove_indicator(session, indicator=indicator, actor=actor)
    wrong = indicator.measurements[0]
    indicators.forget_measurement(session, measurement=wrong, actor=actor)
    indicators.remove_indicator(session, indicator=indicator, actor=actor)


def test_the_same_value_again_gives_nothing_new(session, indicator, actor):
    value = Value(on=DAY, value=1.0, source="Aléop")
    assert measure(session, indicator, actor, value, value) == 1
    assert measure(session, indicator, actor, value) == 0
    assert measure(session, indicator, actor, Value(on=DAY, value=1.0, territory="53")) == 1
    session.expire_all()
    assert [m.territory for m in indicator.measurements] == [Territory.REGION, Territory.MAYENNE]


@pytest.mark.parametrize(
    ("value", "error"),
    [
        (Value(on=DAY, value=2.0), DuplicateError),
        (Value(on=builders.NOW.date() + timedelta(days=1), value=2.0), DateOrderError),
    ],
)
def test_nothing_is_kept_when_one_value_is_wrong(session, indicator, actor, value, error):
    measure(session, indicator, actor, Value(on=DAY, value=1.0))
    good = Value(on=DAY, value=3.0, territory=Territory.SARTHE)
    with pytest.raises(error), session.begin_nested():
        measure(session, indicator, actor, good, value)
    assert session.scalar(select(func.count()).select_from(Measurement)) == 1


@pytest.mark.parametrize(
    ("ends", "value", "met"),
    [
        ((0.0, 4.0), 4.0, True),
        ((0.0, 4.0), 3.9, False),
        ((30.0, 10.0), 9.0, True),
        ((30.0, 10.0), 11.0, False),
        ((None, 4.0), 5.0, True),
        ((0.0, None), 5.0, None),
        ((0.0, 4.0), None, None),
    ],
)
def test_a_target_is_met_from_its_side(session, item, actor, ends, value, met):
    fields = IndicatorFields(name="x", baseline=ends[0], target=ends[1])
    found = indicators.add_indicator(session, item=item, fields=fields, actor=actor)
    if value is not None:
        measure(session, found, actor, Value(on=DAY, value=value))
        one_department = Value(on=builders.NOW.date(), value=-99.0, territory=Territory.SARTHE)
        measure(session, found, actor, one_department)
    assert indicators.is_reached(found) is met


def test_a_part_is_found_by_its_number_in_its_item(item, indicator):
    assert items.find_part(item.indicators, indicator.id) is indicator
    for row in (None, 0, 10**9):
        with pytest.raises(NotFoundError):
            items.find_part(item.indicators, row)


def table(content):
    return read_table(content.encode(), name="mesures.csv")


def test_a_file_holds_many_values(session):
    lines = "date;valeur;territoire;source\n2024-01-05;1 234,5;Mayenne;Aléop\n05/01/2024;2;;\n"
    read = read_values(table(lines), lists=references.read(session))
    assert read == [
        Value(on=DAY, value=1234.5, territory=Territory.MAYENNE, source="Aléop"),
        Value(on=DAY, value=2.0),
    ]


def test_a_percentage_of_a_workbook_is_the_number_that_its_cell_shows(session):
    workbook, content = Workbook(), io.BytesIO()
    sheet = workbook.active
    sheet.append(["date", "valeur"])
    sheet.append([DAY, 0.15])
    sheet["B2"].number_format = "0%"
    workbook.save(content)
    found = read_table(content.getvalue(), name="mesures.xlsx")
    assert read_values(found, lists=references.read(session)) == [Value(on=DAY, value=15.0)]


def test_a_file_names_the_territories_that_the_list_offers(session, actor):
    fields = EntryFields(name="Finistère", code="29")
    kind = ReferenceKind.TERRITORY
    added = reference_edits.add(session, kind=kind, fields=fields, actor=actor)
    text = "date;valeur;territoire\n2024-01-05;1;FINISTERE\n2024-01-06;1;29\n"
    read = read_values(table(text), lists=references.read(session))
    assert {value.territory for value in read} == {"29"}
    reference_edits.set_retired(session, entry=added, retired=True, actor=actor)
    with pytest.raises(InvalidRowsError):
        read_values(table(text), lists=references.read(session))


def test_a_file_says_every_line_to_correct(session):
    lists = references.read(session)
    with pytest.raises(InvalidRowsError) as caught:
        read_values(
            table("date,valeur,territoire\nhier,beaucoup,Bretagne\n2024-01-05,NaN,49\n"),
            lists=lists,
        )
    found = [(problem.line, problem.problem) for problem in caught.value.problems]
    assert found == [(2, "date"), (2, "number"), (2, "territory"), (3, "number")]
    with pytest.raises(MissingColumnError):
        read_values(table("jour,valeur\n2024-01-05,1\n"), lists=lists)
