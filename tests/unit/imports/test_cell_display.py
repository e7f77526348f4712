"""Cells of a workbook, as they are shown."""

from datetime import UTC, datetime, time, timedelta

import pytest

from webapp.imports.cell_display import display


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [
        (4, "00", "04"),
        (2023.0, "General", "2023"),
        (0.15, "0%", "15 %"),
        (0.155, "0.0%", "15,5 %"),
        (1.5, "General", "1,5"),
        (1234.5, '#,##0.00\\ "€"', "1234,50 €"),
        (1e20, "General", "100000000000000000000"),
        (True, "General", "VRAI"),
        (None, "General", ""),
        (datetime(2023, 11, 7, tzinfo=UTC), "dd/mm/yyyy hh:mm", "07/11/2023"),
        (datetime(2023, 11, 7, 10, 45, tzinfo=UTC), "dd/mm/yyyy hh:mm", "07/11/2023 10:45"),
        (time(9, 30), "hh:mm", "09:30"),
        (timedelta(hours=26, minutes=5), "[h]:mm", "26:05"),
    ],
)
def test_a_cell_is_read_as_it_is_shown(value, number_format, shown):
    assert display(value, number_format) == shown
