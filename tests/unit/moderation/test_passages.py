"""What is masked in a text: the passages that are ticked, and the words that are written."""

import pytest

from webapp.exceptions import NothingMaskedError
from webapp.moderation import passages

SAID = "Demandez à Mme Josiane Quatremarre, au 06 39 98 12 34"
NAME, PHONE = (11, 34), (39, 53)


def test_what_the_guard_finds_is_proposed():
    assert passages.mask_found(SAID) == "Demandez à [nom masqué], au [téléphone masqué]"
    assert passages.mask_found("Un bus le dimanche") == "Un bus le dimanche"


@pytest.mark.parametrize(
    ("spans", "masked"),
    [
        ([NAME, PHONE], "Demandez à [nom masqué], au [téléphone masqué]"),
        ([PHONE], "Demandez à Mme Josiane Quatremarre, au [téléphone masqué]"),
        ([(0, 8)], "[passage masqué] à Mme Josiane Quatremarre, au 06 39 98 12 34"),
        ([(39, 9_999)], "Demandez à Mme Josiane Quatremarre, au [passage masqué]"),
    ],
)
def test_only_what_is_ticked_is_masked(spans, masked):
    assert passages.mask(SAID, spans=spans) == masked


@pytest.mark.parametrize(
    ("text", "words", "masked"),
    [
        ("Voyez Zorglub, zorglub sait", "ZORGLUB", "Voyez [passage masqué], [passage masqué] sait"),
        ("Zorglubs et Zorglub", "Zorglub", "Zorglubs et [passage masqué]"),
        ("Chez  l’oncle\nPaul", "l'oncle Paul", "Chez  [passage masqué]"),
        ("Au 3, rue du Puits", "3, rue du Puits", "Au [passage masqué]"),
        ("Paul, puis Zoé", "zoé , paul,", "[passage masqué], puis [passage masqué]"),
        ("Le (CAF) a dit", "(CAF)", "Le [passage masqué] a dit"),
    ],
)
def test_words_are_masked_wherever_they_are_written(text, words, masked):
    assert passages.mask(text, spans=(), words=words) == masked


def test_words_that_meet_a_passage_make_one_with_it():
    text = "Demandez à Mme Josiane Quatremarre et à son mari"
    found = passages.mask(text, spans=[NAME], words="Quatremarre et à son mari")
    assert found == "Demandez à [nom masqué]"


@pytest.mark.parametrize(
    ("spans", "words", "absent"),
    [([], "", ""), ([], " , ", ""), ([(7, 7)], "", ""), ([NAME], "Durand", "Durand")],
)
def test_nothing_is_published_when_nothing_is_masked(spans, words, absent):
    with pytest.raises(NothingMaskedError) as refused:
        passages.mask(SAID, spans=spans, words=words)
    assert refused.value.words == absent
