"""Items found by words and by what they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.publishing.documents import builders
from webapp.platform import text_cleaning
from webapp.publishing import roadmap_search
from webapp.publishing.documents.content import ItemStatus
from webapp.publishing.roadmap_search import Criteria

ITEMS = (
    builders.item(
        1,
        title="Des bus le dimanche",
        strand="Axe 3 – Lutter contre la grande exclusion",
        territories=("Sarthe", "Vendée"),
        publics=("Jeunes",),
        lead="Région",
    ),
    builders.item(
        2,
        title="Une laverie au cœur du quartier",
        strand="Axe 4 – Construire une transition",
        status=ItemStatus.DONE,
        territories=("Mayenne",),
        publics=("Familles", "Jeunes"),
        lead="CAF",
        sources=(builders.source(1, words="Laver mes affaires près de l’École"),),
    ),
    builders.item(3, title="Autre", strand="", territories=(), publics=(), lead="", sources=()),
)
DOCUMENT = builders.document(*ITEMS)


def found(**wanted):
    chapters = roadmap_search.choose(DOCUMENT, Criteria(**wanted))
    return [item.reference[-1] for chapter in chapters for item in chapter.items]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({}, "123"),
        ({"words": "  "}, "123"),
        ({"words": "DIMANCHE"}, "1"),
        ({"words": "coeur ecole"}, "2"),
        ({"words": "l'école"}, "2"),
        ({"words": "bus laverie"}, ""),
        ({"words": "52-t-003"}, "3"),
        ({"strand": "3"}, "1"),
        ({"strand": "Axe 4 – Construire une transition"}, "2"),
        ({"territory": "vendee"}, "1"),
        ({"public": "Jeunes"}, "12"),
        ({"public": "Jeunes", "lead": "caf"}, "2"),
        ({"status": ItemStatus.DONE}, "2"),
        ({"status": ItemStatus.ABANDONED}, ""),
        ({"lead": "Nulle part"}, ""),
    ],
)
def test_items_are_found(wanted, expected):
    assert "".join(found(**wanted)) == expected


def test_a_chapter_without_an_item_that_is_wanted_is_left_out():
    assert roadmap_search.choose(DOCUMENT, Criteria()) == DOCUMENT.chapters
    assert len(roadmap_search.choose(DOCUMENT, Criteria(words="dimanche"))) == 1


def test_only_what_some_item_has_is_offered():
    offers = roadmap_search.facets(DOCUMENT)
    assert list(offers.strands) == ["3", "4"]
    assert offers.territories == ("Mayenne", "Sarthe", "Vendée")
    assert offers.statuses == (ItemStatus.ADOPTED, ItemStatus.DONE)
    assert offers.publics == ("Familles", "Jeunes")
    assert offers.leads == ("CAF", "Région")
    assert roadmap_search.facets(builders.empty()).strands == {}


@given(st.text(max_size=30))
def test_folding_twice_changes_nothing_more_once_composed(text):
    once = text_cleaning.folded(text)
    assert (
        text_cleaning.folded(once).split()
        == text_cleaning.folded(text_cleaning.folded(once)).split()
    )


@given(st.text("éÉœŒàçÆ’ abc", max_size=20))
def test_a_text_is_found_by_its_words_without_accents(text):
    item = builders.item(9, title=text)
    wanted = Criteria(words=text_cleaning.folded(text))
    assert roadmap_search.choose(builders.document(item), wanted)[0].items == (item,)
