from nlp import Options, analyse
from nlp.encoders import embed
from nlp.family_titles import family_titles
from nlp.lexicon import lexicon

TEXTS = ["Des bus le soir", "Un arrêt de bus", "Un médecin de garde", "Plus de docteur"]


def test_a_family_is_named_by_a_theme_of_its_own():
    for embeddings in (None, embed(TEXTS)):
        named = family_titles(TEXTS, [[0, 1], [2, 3]], embeddings)
        assert named == ["Se déplacer sans voiture", "Trouver un médecin"]


def test_no_two_families_have_the_same_name():
    texts = ["Des bus le soir"] * 6 + ["🌱"] * 4
    named = family_titles(texts, [[0, 1], [2, 3], [4, 5], [6, 7], [8, 9]])
    assert len(set(named)) == len(named)
    assert named[3:] == ["Autres sujets", "Autres sujets (2)"]


def test_there_may_be_more_families_than_themes():
    texts = ["Des bus le soir"] * (len(lexicon().themes) + 5)
    named = family_titles(texts, [[i] for i in range(len(texts))])
    assert len(set(named)) == len(texts)


def test_an_analysis_without_clusters_has_no_family():
    assert analyse(["Un seul avis"]).families == ()
    assert family_titles(TEXTS, []) == []


def test_the_families_of_an_analysis_are_themes():
    result = analyse(TEXTS, options=Options(granularity=2))
    assert {family.title for family in result.families} <= {*lexicon().themes, "Autres sujets"}
