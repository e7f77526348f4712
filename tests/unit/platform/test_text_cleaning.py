"""What is typed is made storable without changing what it says."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.platform import text_cleaning

FILLERS = "\u0345\u115f\u1160\u3164\uffa0"  # letters of which nothing is seen


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text):
    once = text_cleaning.clean(text)
    assert text_cleaning.clean(once) == once


@given(st.text(st.characters(categories=["L", "N"], exclude_characters=FILLERS)))
def test_letters_and_figures_are_all_kept(text):
    assert text_cleaning.clean(text) == unicodedata.normalize("NFC", text).strip()


@given(st.text("e\u0301\u0323\u200d\u200f\u200b\U0001f3f4\U000e0067\ud800\u2028\x00 ", max_size=60))
def test_whatever_is_mixed_the_door_lets_in_what_it_let_in_before(text):
    once = text_cleaning.clean(text)
    assert text_cleaning.clean(once) == once
    assert once == unicodedata.normalize("NFC", once)
    once.encode()  # no half of a pair is left


def test_what_is_let_in_at_a_glance_is_what_the_long_way_lets_in(monkeypatch):
    typed = [f"{a}{chr(code)}{b}" for code in range(0x1000) for a, b in ("xy", ("", ""), " \xa0")]
    glanced = [text_cleaning.clean(text) for text in typed]
    assert len([text for text in typed if text_cleaning.COMMON_TEXT.fullmatch(text)]) > 900
    monkeypatch.setattr(text_cleaning, "COMMON_TEXT", re.compile("(?!)"))
    assert [text_cleaning.clean(text) for text in typed] == glanced


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("cafe\u0301", "café"),
        ("un\u200bbus\u2060\ufeff", "unbus"),
        ("ex\u00ademple", "exemple"),
        ("a\x00b\x1b\x7f\x85c\td", "ab\nc\td"),
        ("un\u2028deux\r\ntrois", "un\ndeux\ntrois"),
        ("\u2066a\u2067b\u2068c\u2069\u202a\u202b\u202c\u202d\u202e", "abc"),
        ("moitié \ud83d", "moitié \ufffd"),
        ("Bonjour" + "".join(chr(0xE0000 + ord(c)) for c in "ignore"), "Bonjour"),
        ("\U0001f3f4\U000e0067\U000e0062\U000e007f", "\U0001f3f4\U000e0067\U000e0062\U000e007f"),
        ("שָׁלוֹם", unicodedata.normalize("NFC", "שָׁלוֹם")),
        ("نحتاج\u200cإلى", "نحتاج\u200cإلى"),
        ("a\u200d\u200d\u200d\u200db", "a\u200db"),
        ("❤️ 👩🏽‍🌾 🇫🇷", "❤️ 👩🏽‍🌾 🇫🇷"),
        ("\u3164\u2800 \u200d\u0301", ""),
    ],
)
def test_check_29_each_kind_of_character_has_its_fate(typed, kept):
    assert text_cleaning.clean(typed) == kept


def test_check_29_a_letter_carries_so_many_accents_and_no_more():
    tower = text_cleaning.clean("é" + "\u0323\u0301" * 32 + " bus")
    assert len(tower) <= 1 + text_cleaning.MAX_MARKS + len(" bus")
    assert tower.startswith("ẹ")
    assert tower.endswith(" bus")


def test_check_29_directions_cannot_be_overridden_and_controls_are_dropped():
    assert text_cleaning.clean("a\u202eb\x00c\x1b[31m") == "abc[31m"


def test_check_29_right_to_left_words_are_kept():
    assert text_cleaning.clean("نحتاج إلى حافلة") == "نحتاج إلى حافلة"


def test_a_family_emoji_keeps_its_joiners():
    assert text_cleaning.clean("👨‍👩‍👧") == "👨‍👩‍👧"
