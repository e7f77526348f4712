"""A count under five is not given, and no other one gives it away."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.platform.small_counts import SMALL_COUNT, Withheld, shown, shown_together


@pytest.mark.parametrize("count", range(12))
def test_a_small_count_is_not_given(count):
    assert (shown(count) is Withheld.FEW) is (0 < count < SMALL_COUNT)


@given(st.lists(st.integers(0, 60), max_size=8))
def test_no_small_count_is_given_beside_others(counts):
    told = shown_together(counts)
    assert len(told) == len(counts)
    for count, value in zip(counts, told, strict=True):
        assert value in {Withheld.FEW, Withheld.OTHER} if 0 < count < SMALL_COUNT else True
        assert value == count or isinstance(value, Withheld)


@given(st.lists(st.integers(0, 12), min_size=2, max_size=4))
def test_a_total_does_not_tell_a_small_count(counts):
    """Whoever knows the total still has several possibilities for each small count."""
    told = shown_together(counts)
    assert len(told) == len(counts)
    hidden = [place for place, value in enumerate(told) if isinstance(value, Withheld)]
    if all(count < SMALL_COUNT or place in hidden for place, count in enumerate(counts)):
        return  # there is nothing left to hide but the total
    left = sum(counts[place] for place in hidden)
    possible = [
        range(1, SMALL_COUNT) if told[place] is Withheld.FEW else range(SMALL_COUNT, left + 1)
        for place in hidden
    ]
    found = [values for values in product(*possible) if sum(values) == left]
    for place, values in zip(hidden, zip(*found, strict=True), strict=True):
        assert told[place] is Withheld.OTHER or len(set(values)) > 1


@pytest.mark.parametrize(
    ("counts", "given"),
    [
        ([2, 50], set()),
        ([1, 5, 30], set()),
        ([3, 12, 40], {40}),
        ([1, 1, 9], set()),
        ([4, 4, 9, 9], {9}),
        ([6, 7], {6, 7}),
    ],
)
def test_no_more_is_hidden_than_it_takes(counts, given):
    assert {value for value in shown_together(counts) if not isinstance(value, Withheld)} == given


def test_when_all_are_small_all_are_hidden():
    assert shown_together([1, 2]) == (Withheld.FEW, Withheld.FEW)


def test_nobody_is_nobody():
    assert shown_together([0, 8]) == (0, 8)
