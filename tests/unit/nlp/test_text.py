from hypothesis import given
from hypothesis import strategies as st

from nlp.text import is_stop_word, lemma, normalise, tokenise


def test_elisions_are_cut_and_whole_words_kept():
    assert tokenise("L’école d'aujourd’hui, qu'elle s'ouvre !") == (
        "école",
        "aujourd'hui",
        "elle",
        "ouvre",
    )


def test_compounds_and_numbers_are_words():
    assert tokenise("Saint-Herblain 2024") == ("saint-herblain", "2024")


@given(st.text(max_size=200))
def test_normalising_twice_changes_nothing(text):
    assert normalise(normalise(text)) == normalise(text)


def test_lemmas_compare_and_stop_words_do_not_count():
    assert lemma("logements") == lemma("logement")
    assert is_stop_word("dans")
    assert not is_stop_word("logement")
