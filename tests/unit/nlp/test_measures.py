import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp import agreement


def test_the_human_grouping_itself_needs_no_touch():
    same = agreement([1, 1, 0, 2], ["a", "a", "b", "c"])
    assert (same.ami, same.ari, same.homogeneity, same.completeness, same.touches) == (
        pytest.approx((1, 1, 1, 1, 0))
    )


@pytest.mark.parametrize(
    ("labels", "touches"),
    [
        ([0, 0, 0, 0], 50),  # two members of b to move
        ([0, 1, 2, 2], 25),  # one merge of the two clusters of a
        ([0, -1, 1, 1], 25),  # one isolated text to place
        ([-1, -1, -1, -1], 100),
    ],
)
def test_touches_count_what_is_left_to_do(labels, touches):
    assert agreement(labels, ["a", "a", "b", "b"]).touches == touches


@given(st.lists(st.tuples(st.integers(-1, 3), st.sampled_from("abc")), min_size=2, max_size=30))
def test_measures_stay_in_their_bounds(pairs):
    measured = agreement([label for label, _ in pairs], [name for _, name in pairs])
    assert 0 <= measured.touches <= 100
    assert measured.ari <= 1


def test_lengths_must_match():
    with pytest.raises(ValueError, match="as many"):
        agreement([0], ["a", "b"])
