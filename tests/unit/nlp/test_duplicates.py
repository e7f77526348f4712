from hypothesis import given
from hypothesis import strategies as st

from nlp.duplicates import fold


def test_case_spaces_and_punctuation_do_not_make_another_idea():
    assert fold(["Du temps !", "du  temps", "DU TEMPS…", "du calme"]).groups == ((0, 1, 2),)


def test_a_negation_and_an_emoji_do():
    assert fold(["des bus", "pas de bus", "des bus 🌱", "🎉", "🌱"]).groups == ()


@given(st.lists(st.sampled_from(["a", "A", "b", "…", "c d", "c  d"]), min_size=1, max_size=20))
def test_no_voice_is_lost(texts):
    folding = fold(texts)
    assert len(folding.kinds) == len(texts)
    assert folding.kinds[folding.firsts].tolist() == list(range(len(folding.firsts)))
