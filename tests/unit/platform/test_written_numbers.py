"""Numbers as people write them, in a field or in a file."""

from decimal import Decimal

import pytest

from webapp.platform.decimals import read


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("1 234,56 €", "1234.56"),
        ("12 500", "12500"),
        ("12\u202f500 euros", "12500"),
        ("12\u00a0500,5", "12500.5"),
        ("-3", "-3"),
        ("−3,5", "-3.5"),
        ("0.15", "0.15"),
        (",5", "0.5"),
    ],
)
def test_spaces_units_and_commas_are_read(written, number):
    assert read(written) == Decimal(number)


@pytest.mark.parametrize("written", ["", "12 50", "1,2,3", "NaN", "infini", "1e9999", "€", "douze"])
def test_what_is_no_number_is_not_guessed(written):
    assert read(written) is None
