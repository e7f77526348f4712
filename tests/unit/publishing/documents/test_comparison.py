"""Two versions compared: what is said to change is exactly what changes."""

from dataclasses import fields, is_dataclass, replace
from datetime import date
from enum import EnumType, StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.publishing.documents import builders
from webapp.publishing.documents import content, labels
from webapp.publishing.documents.comparison import (
    Change,
    Piece,
    compare,
    compare_lines,
    compare_words,
)

WORDS = st.text("ab é’-\n.", max_size=40)
LINES = st.lists(st.text("abc", max_size=3), max_size=8).map(tuple)


def side(pieces, left_out):
    return [piece.text for piece in pieces if piece.change is not left_out]


def applied(before, pieces):
    """Rewrite ``before`` as ``pieces`` say, each read where it stands."""
    written, rest = "", before
    for piece in pieces:
        if piece.change is not Change.ADDED:
            assert rest.startswith(piece.text)
            rest = rest[len(piece.text) :]
        if piece.change is not Change.REMOVED:
            written += piece.text
    assert rest == ""
    return written


@given(WORDS, WORDS)
def test_the_old_words_with_the_differences_applied_are_the_new_ones(before, after):
    pieces = compare_words(before, after)
    assert applied(before, pieces) == after
    assert all(piece.text for piece in pieces)
    assert (before == after) == all(piece.change is Change.SAME for piece in pieces)


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_script_is_compared(before, after):
    assert applied(before, compare_words(before, after)) == after


@given(LINES, LINES)
def test_lists_are_compared_line_by_line(before, after):
    pieces = compare_lines(before, after)
    assert side(pieces, Change.ADDED) == list(before)
    assert side(pieces, Change.REMOVED) == list(after)


def test_a_rewriting_is_one_change_not_a_change_at_each_word():
    assert compare_words("Un bus rouge le soir", "Un train bleu le soir") == (
        Piece(Change.SAME, "Un "),
        Piece(Change.REMOVED, "bus rouge"),
        Piece(Change.ADDED, "train bleu"),
        Piece(Change.SAME, " le soir"),
    )


def test_a_text_made_to_be_slow_is_compared_all_the_same():
    before, after = "a b " * 1250, "b a c " * 800
    assert applied(before, compare_words(before, after)) == after


def versions(*items, **changes):
    first = builders.document(builders.item(1), builders.item(2))
    return first, builders.document(*items, version=4, **changes)


def test_each_item_is_added_removed_or_changed_field_by_field():
    changed = builders.item(
        1, lead="CAF de la Sarthe", due_date=date(2026, 1, 31), partners=("MSA", "Croix-Rouge")
    )
    comparison = compare(*versions(changed, builders.item(3)))
    assert [(item.change, item.reference) for item in comparison.items] == [
        (Change.CHANGED, "52-T-001"),
        (Change.ADDED, "52-T-003"),
        (Change.REMOVED, "52-T-002"),
    ]
    assert [field.name for field in comparison.items[0].fields] == ["lead", "partners", "due_date"]
    lead, partners, due = comparison.items[0].fields
    assert lead.label == "Pilote"
    assert "".join(side(lead.pieces, Change.REMOVED)) == "CAF de la Sarthe"
    assert partners.lines
    assert side(partners.pieces, Change.ADDED) == ["CAF de Maine-et-Loire", "MSA"]
    assert "".join(side(due.pieces, Change.ADDED)).split() == ["1er", "juin", "2025"]
    assert (comparison.before, comparison.after, comparison.unchanged) == (3, 4, 0)
    assert comparison.count(Change.ADDED) == 1


def test_lists_of_records_say_each_record_in_words():
    milestone = content.Milestone(title="Bilan", due_date=date(2026, 1, 1))
    before = builders.item(1)
    after = replace(before, milestones=(*before.milestones, milestone))
    comparison = compare(*versions(after, builders.item(2)))
    (field,) = comparison.items[0].fields
    (added,) = [p.text for p in field.pieces if p.change is Change.ADDED]
    assert added.replace("\u00a0", " ") == "Bilan, pour le 1er janvier 2026"


def test_what_is_not_an_item_is_compared_too():
    comparison = compare(*versions(builders.item(1), builders.item(2), signatory="La préfète"))
    assert [field.name for field in comparison.general] == ["signatory"]
    assert (comparison.items, comparison.unchanged, comparison.identical) == ((), 2, False)
    first, second = versions(builders.item(1), builders.item(2), ledger=content.Ledger())
    assert [field.name for field in compare(first, second).general] == ["ledger"]
    chapters = (replace(first.chapters[0], introduction="Autrement."), first.chapters[1])
    again = replace(first, chapters=chapters)
    assert [field.name for field in compare(first, again).general] == ["chapters"]


def test_the_same_words_under_another_number_are_identical():
    assert compare(*versions(builders.item(1), builders.item(2))).identical
    assert compare(builders.empty(), builders.empty()).identical


@given(st.lists(st.tuples(st.integers(1, 6), WORDS), max_size=6, unique_by=lambda pair: pair[0]))
def test_two_versions_differ_by_what_the_comparison_says_and_nothing_else(described):
    before = builders.document(builders.item(1), builders.item(2), builders.item(3))
    after = builders.document(
        *(builders.item(rank, finding=words) for rank, words in described), version=9
    )
    if not described:
        return
    found = compare(before, after)
    names = {change: set() for change in Change}
    for item in found.items:
        names[item.change].add(item.reference)
    old, new = ({item.reference for item in document.items} for document in (before, after))
    assert (old - names[Change.REMOVED]) | names[Change.ADDED] == new
    kept = {item.reference: item for item in after.items}
    for item in found.items:
        for field in item.fields:
            assert field.name == "finding"
            written = "".join(side(field.pieces, Change.REMOVED))
            assert written == kept[item.reference].finding


def records():
    return [kind for kind in vars(content).values() if is_dataclass(kind)]


@pytest.mark.parametrize("kind", records(), ids=lambda kind: kind.__name__)
def test_every_field_of_a_document_has_its_french_word(kind):
    assert [field.name for field in fields(kind) if field.name not in labels.LABELS] == []


def test_values_are_said_in_french():
    assert labels.text_of(content.Channel.PAPER) == "papier"
    assert labels.text_of(content.ChapterBasis.GROUP) == "groupe de travail"
    assert labels.text_of(builders.AS_OF).startswith("7")
    assert labels.label("budget_lines") == "Budget lines"
    assert labels.text_of(object()) == ""


def test_every_state_of_a_document_has_its_french_word():
    states = {kind for kind in vars(content).values() if isinstance(kind, EnumType)} - {StrEnum}
    assert states
    assert states <= {kind for kind, _ in labels.FORMATTERS}
