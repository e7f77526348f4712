"""Languages: which one is meant, plural forms, numbers and dates, words of scripts."""

import json
from datetime import UTC, date, datetime

import pytest
from markupsafe import escape

from webapp.platform import formats, languages, script_words
from webapp.platform.languages import FRENCH, LANGUAGES, Language, gettext, lazy, ngettext, speaking

INSTANT = datetime(2023, 11, 7, 9, 45, tzinfo=UTC)


@pytest.fixture
def all_offered(monkeypatch):
    """Every language, as if each catalogue was filled."""
    monkeypatch.setattr(languages, "offered", lambda: tuple(LANGUAGES.values()))


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("fr-CH", "fr"),
        ("en_US", "en"),
        ("AR", "ar"),
        ("pt-BR", "pt"),
        ("prs-AF", "fa-AF"),
        ("fa-IR", "fa-AF"),
        ("pus", "ps"),
    ],
)
def test_a_tag_leads_to_a_language(all_offered, tag, code):
    assert languages.find(tag).code == code


@pytest.mark.parametrize("tag", ["", "de", "*", "xx-" + "y" * 5000, "fr\x00", "../en"])
def test_other_tags_lead_to_none(all_offered, tag):
    assert languages.find(tag) is None


def test_a_language_without_translations_is_not_offered():
    assert languages.offered()[:2] == (FRENCH, LANGUAGES["en"])
    assert not languages.has_translations(Language("cy", "Cymraeg"))


def test_three_languages_are_read_from_the_right():
    right = [code for code, one in LANGUAGES.items() if one.direction == "rtl"]
    assert right == ["ar", "ps", "fa-AF"]


def test_a_message_is_in_the_language_that_is_spoken():
    assert gettext("Oui") == "Oui"
    with speaking(LANGUAGES["en"]):
        assert gettext("Oui") == "Yes"
        assert gettext("Erreur %(status)s", status=404) == "Error 404"
        assert gettext("Une phrase sans traduction") == "Une phrase sans traduction"
    assert languages.current() is FRENCH


def test_zero_is_singular_in_french_and_plural_in_english():
    day = ("%(num)s\xa0jour", "%(num)s\xa0jours")
    assert [ngettext(*day, n) for n in (0, 1, 2)] == ["0\xa0jour", "1\xa0jour", "2\xa0jours"]
    with speaking(LANGUAGES["en"]):
        assert [ngettext(*day, n) for n in (0, 1, 2)] == ["0 days", "1 day", "2 days"]


def test_a_lazy_message_is_translated_whenever_it_is_shown():
    message = lazy("Oui")
    assert f"{message} {escape(message)}" == "Oui Oui"
    with speaking(LANGUAGES["en"]):
        assert f"{message} {escape(message)} {message!s}" == "Yes Yes Yes"
        limit = lazy("Écrivez un nombre entre %(min)s et %(max)s.")
        assert limit % {"min": 1, "max": 9} == "Write a number between 1 and 9."


@pytest.mark.parametrize(
    ("code", "number", "day", "instant"),
    [
        ("fr", "12\u202f345", "7\xa0novembre 2023", "7\xa0novembre 2023 à 10\xa0h\xa045"),
        ("en", "12,345", "7 November 2023", "7 November 2023 at 10:45"),
    ],
)
def test_numbers_and_dates_are_written_as_the_language_does(code, number, day, instant):
    with speaking(LANGUAGES[code]):
        assert formats.number(12345) == number
        assert formats.long_date(date(2023, 11, 7)) == formats.long_date(INSTANT) == day
        assert formats.long_instant(INSTANT) == instant
        assert formats.long_date(None) == formats.long_instant(None) == formats.clock(None) == ""


@pytest.mark.parametrize("code", LANGUAGES)
def test_digits_are_european_everywhere(code):
    with speaking(LANGUAGES[code]):
        shown = formats.number(1234) + formats.long_date(INSTANT) + formats.clock(INSTANT)
    digits = [character for character in shown if character.isdigit()]
    assert len(digits) >= 12
    assert "".join(digits).isascii()


def test_a_code_keeps_its_order_in_a_page_read_from_the_right():
    assert formats.left_to_right("44-AB") == "44-AB"
    with speaking(LANGUAGES["ar"]):
        assert formats.left_to_right("44-AB") == "\u206644-AB\u2069"


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_script_finds_each_plural_form(code):
    with speaking(LANGUAGES[code]):
        words = json.loads(script_words.as_json())
    kinds = {LANGUAGES[code].locale.plural_form(count) for count in range(2_000)}
    assert set(words["left"]) >= kinds
    assert {type(value) for value in words.values()} == {str, dict}
