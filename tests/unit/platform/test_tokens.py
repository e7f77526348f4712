"""Codes copied by hand: drawn without look-alikes, and read as people type and paste them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.platform import tokens

LOOK_ALIKE = ("0OQ", "1IL", "2Z", "5S", "8B", "6G")
CODES = st.text(tokens.ALPHABET, min_size=6, max_size=6)
DRAWN = st.text(tokens.DRAWN, min_size=6, max_size=6)
RECEIPTS = st.text(tokens.ALPHABET, min_size=12, max_size=12)


def family(character):
    return next((alike for alike in LOOK_ALIKE if character in alike), character)


def test_no_two_drawn_characters_look_alike():
    assert len({family(character) for character in tokens.DRAWN}) == len(tokens.DRAWN)
    assert set(tokens.DRAWN) < set(tokens.ALPHABET)


@pytest.mark.parametrize(
    ("draw", "length"),
    [(tokens.new_code, 6), (tokens.new_receipt, 12), (tokens.new_link_token, 28)],
)
def test_all_that_is_copied_by_hand_is_drawn_from_it(draw, length):
    drawn = [draw() for _ in range(200)]
    assert {len(one) for one in drawn} == {length}
    assert set("".join(drawn)) == set(tokens.DRAWN)


def test_a_new_code_looks_like_none_of_those_known(monkeypatch):
    draws = iter("D2R2P7H7KQ4M")
    monkeypatch.setattr(tokens.secrets, "choice", lambda _: next(draws))
    assert tokens.new_code({"DZRZP7"}) == "H7KQ4M"


@given(CODES)
def test_a_code_is_read_back_however_it_was_typed(code):
    wide = "".join(chr(ord(character) + 0xFEE0) for character in code)
    for typed in (code, code.lower(), f" {code[:3]}-{code[3:]} ", " ".join(code), wide):
        assert tokens.read_code(typed) == code
        assert tokens.codes_in(typed, length=6) == (code,)


@given(CODES)
def test_a_code_is_found_in_what_was_pasted(code):
    for around in (
        "https://semailles.example/a/{}",
        "https://semailles.example/a/{}?question=1#haut",
        "(voir http://127.0.0.1:8000/a/{}/).",
        "<https://semailles.example/a/{}>",
        "« semailles.example/a/{} »",
        "Atelier {}",
        "code : {}.",
        "ورشة {}",
    ):
        assert code in tokens.codes_in(around.format(code), length=6)


@given(RECEIPTS)
def test_a_receipt_is_found_in_what_was_pasted(receipt):
    for typed in (
        f"Reçu {tokens.grouped(receipt)}",
        f"https://semailles.example/suivi/{receipt.lower()}).",
        f"\u2066{tokens.grouped(receipt)}\u2069",
    ):
        assert receipt in tokens.codes_in(typed, length=12)


@pytest.mark.parametrize("typed", ["", "D2RZP", "D2RZP77", "été été", "…" * 600, "D2RZP\u0301é"])
def test_what_is_no_code_gives_none(typed):
    assert tokens.codes_in(typed, length=6) == ()


def test_a_long_text_is_searched_up_to_a_bound():
    assert len(tokens.codes_in("ab " * 10_000, length=6)) == 1
    assert len(tokens.codes_in(" ".join(f"{n:06}" for n in range(900)), length=6)) == 12


@given(DRAWN, st.data())
def test_a_drawn_code_is_found_whatever_is_taken_for_its_look_alike(code, data):
    typed = "".join(data.draw(st.sampled_from(family(character))) for character in code)
    assert tokens.drawn_form(typed) == code
    (read,) = tokens.codes_in(typed, length=6)
    assert code in tokens.spellings(read)


@given(CODES, st.data())
def test_a_code_that_was_printed_before_is_found_too(code, data):
    typed = "".join(data.draw(st.sampled_from(family(character))) for character in code)
    (read,) = tokens.codes_in(typed, length=6)
    assert code in tokens.spellings(read)
    assert len(tokens.spellings(read)) <= 64


@given(RECEIPTS)
def test_a_receipt_has_few_spellings(receipt):
    assert receipt in tokens.spellings(receipt, swaps=2)
    assert len(tokens.spellings(receipt, swaps=2)) <= 80


@given(st.text(tokens.DRAWN, min_size=28, max_size=28))
def test_the_token_of_a_link_is_read_in_any_case(token):
    for typed in (token, token.lower(), f"{token[:14]}-{token[14:]}"):
        assert token in tokens.link_tokens(typed)
    assert "aZ_0-q" in tokens.link_tokens("aZ_0-q")


@pytest.mark.parametrize("code", ["D2RZP7", "H7KQ4M", "ABCDEF"])
def test_codes_that_exist_stay_codes(code):
    assert tokens.is_code(code)
    assert not tokens.is_code(code[:5])
    assert not tokens.is_code(f"{code[:5]}O")


@given(st.integers(1, 9_999), st.integers(1, 10_000), st.data())
def test_a_mark_in_which_one_digit_is_wrong_is_of_no_slip(number, series, data):
    digits = str(number)
    place = data.draw(st.integers(0, len(digits) - 1))
    other = data.draw(st.sampled_from("0123456789"))
    swapped = digits[:place] + digits[place : place + 2][::-1] + digits[place + 2 :]
    mark = tokens.mark(number, series=series)
    wrong = {digits[:place] + other + digits[place + 1 :], swapped} - {digits}
    assert mark[-2:] not in {tokens.mark(int(one), series=series)[-2:] for one in wrong}


@given(st.integers(1, 999_999), st.integers(1, 10_000), st.sampled_from(["", " ", " - ", "–"]))
def test_a_mark_is_read_however_it_is_typed(number, series, between):
    mark = tokens.mark(number, series=series)
    typed = f" n° {mark.lower().replace('-', between)} "
    assert tokens.read_mark(typed) == (number, mark)
