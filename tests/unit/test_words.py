"""What is typed is made storable without changing what it says; codes are read as typed."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from webapp.services import tokens, words


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text):
    once = words.clean(text)
    assert words.clean(once) == once


@given(st.text(st.characters(categories=["L", "N"], exclude_characters="\u0345")))
def test_letters_and_figures_are_all_kept(text):
    assert words.clean(text) == unicodedata.normalize("NFC", text).strip()


def test_directions_cannot_be_overridden_and_controls_are_dropped():
    assert words.clean("a\u202eb\x00c\x1b[31m") == "abc[31m"


def test_right_to_left_words_are_kept():
    assert words.clean("نحتاج إلى حافلة") == "نحتاج إلى حافلة"


def test_a_family_emoji_keeps_its_joiners():
    assert words.clean("👨‍👩‍👧") == "👨‍👩‍👧"


def test_codes_use_no_letter_that_looks_like_another():
    drawn = "".join(tokens.new_code() for _ in range(200)) + tokens.new_receipt()
    assert set(drawn) <= set(tokens.ALPHABET)
    assert not set("01OI") & set(tokens.ALPHABET)
    assert (len(tokens.new_code()), len(tokens.new_receipt())) == (6, 12)


@given(st.text(tokens.ALPHABET, min_size=6, max_size=6))
def test_a_code_is_read_back_however_it_was_typed(code):
    for typed in (code, code.lower(), f" {code[:3]}-{code[3:]} ", " ".join(code)):
        assert tokens.read_code(typed) == code
