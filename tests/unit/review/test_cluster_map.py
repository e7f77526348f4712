"""The map of the clusters: no text over another one, every cluster numbered."""

from itertools import combinations
from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from webapp.review.cluster_map import MAX_TITLE, SIZE, map_markers

coordinates = st.floats(-1, 1, allow_nan=False)


def card(x=0.0, y=0.0, size=3, title="Un bus le dimanche", family="Mobilité"):
    """What the map reads of a card."""
    cluster = SimpleNamespace(x=x, y=y, title=title, family=family)
    return SimpleNamespace(cluster=cluster, size=size)


def texts(markers):
    return [text for one in markers for text in (one.number, one.title) if text is not None]


@given(
    st.lists(
        st.builds(
            card,
            x=coordinates,
            y=coordinates,
            size=st.integers(1, 60),
            title=st.text("abcdefgh ", min_size=1, max_size=60),
        ),
        min_size=1,
        max_size=40,
    )
)
def test_no_text_covers_another_one_and_all_are_on_the_map(cards):
    markers = map_markers(cards)
    assert [marker.number.text for marker in markers] == [str(n + 1) for n in range(len(cards))]
    found = texts(markers)
    assert all(text.is_inside for text in found)
    assert not [pair for pair in combinations(found, 2) if pair[0].overlaps(pair[1])]


def test_clusters_at_one_place_keep_their_numbers_apart():
    markers = map_markers([card(size=size) for size in (5, 4, 3)])
    places = {(marker.number.x, marker.number.y) for marker in markers}
    assert len(places) == 3
    assert (SIZE / 2, SIZE / 2) in places


def test_a_cluster_alone_shows_its_title_cut_when_long():
    [marker] = map_markers([card(title="Un bus le dimanche pour aller au marché")])
    assert marker.title.text.endswith("…")
    assert len(marker.title.text) <= MAX_TITLE


def test_the_map_uses_its_whole_place():
    markers = map_markers([card(x=0.1, y=0.1), card(x=0.2, y=0.2), card(x=0.15, y=0.15)])
    assert {(marker.x, marker.y) for marker in markers} == {(100, 900), (900, 100), (500, 500)}


def test_the_largest_comes_first_and_empty_ones_are_left_out():
    markers = map_markers([card(size=0), card(x=0.5, size=2), card(x=-0.5, size=8)])
    assert [marker.card.size for marker in markers] == [8, 2]
    assert markers[0].radius > markers[1].radius
