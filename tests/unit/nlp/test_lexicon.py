from importlib.resources import files

import pytest

from nlp.__main__ import main
from nlp.exceptions import LexiconError
from nlp.lexicon import Lexicon, lexicon
from nlp.lexicon_tables import shipped_tables
from nlp.spelling import standard

LINES = (
    "# a comment",
    "== Se loger",
    "loyer: loyer, quittance, payer le mois",
    "personnes à la rue: à la rue, sans abri | es sin techo | ar مشرد",
    "",
    "== Se déplacer",
    "bus: bus, navette, ligne de bus | tr otobüs",
)


def named(text, known=Lexicon(LINES)):  # noqa: B008 - immutable
    return {known.concepts[c].name for c in known.concepts_in(text)}


@pytest.mark.parametrize(
    ("text", "concepts"),
    [
        ("Les LOYERS montent", {"loyer"}),
        ("payer encore le mois", {"loyer"}),  # small words may stand between
        ("je dors à la rue", {"personnes à la rue"}),
        ("la rue est sale", set()),  # word for word only
        ("Dos navettes", {"bus"}),
        ("otobüs yok", {"bus"}),
        ("مشرد في المدينة", {"personnes à la rue"}),
        ("rien de tout cela", set()),
        ("", set()),
    ],
)
def test_concepts_are_found_however_they_are_said(text, concepts):
    assert named(text) == concepts


def test_a_concept_knows_its_theme_and_its_variants():
    known = Lexicon(LINES)
    assert known.themes == ("Se loger", "Se déplacer")
    bus = known.concepts[2]
    assert (bus.name, bus.theme) == ("bus", 1)
    assert bus.variants == ("bus", "bus", "navette", "ligne de bus")
    assert bus.foreign == ("otobüs",)


@pytest.mark.parametrize("line", ["loyer: quittance", "== Thème\nsans deux-points"])
def test_a_line_that_is_no_concept_of_a_theme_is_refused_with_its_number(line):
    with pytest.raises(LexiconError, match=f"line {len(line.splitlines())} "):
        Lexicon(line.splitlines())


def test_the_bundled_lexicon_is_large_and_names_each_concept_once():
    known = lexicon()
    names = [concept.name for concept in known.concepts]
    assert len(names) == len(set(names)) >= 500
    assert {concept.theme for concept in known.concepts} == set(range(len(known.themes)))
    assert all(len(concept.variants) > 1 for concept in known.concepts)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Jai pa de bagnole", "je n'ai pas de voiture"),
        ("kan c possible", "quand c'est possible"),
        ("Le logement", "le logement"),
        ("", ""),
    ],
)
def test_misspelt_words_are_read_as_the_dictionary_writes_them(written, meant):
    assert standard(written) == meant


def test_the_compiled_tables_are_those_of_the_lexicon_as_it_is_written():
    text = (files("nlp") / "data" / "lexicon.txt").read_text(encoding="utf-8")
    kept = shipped_tables(text)
    assert kept is not None, "python -m nlp lexicon"
    assert kept == Lexicon(text.splitlines()).tables == lexicon().tables


def test_the_tables_of_another_lexicon_are_not_used():
    assert shipped_tables("== Se loger\nloyer: quittance\n") is None


def test_compiling_twice_writes_the_file_that_ships(tmp_path):
    assert main(["lexicon", "--output", str(tmp_path)]) == 0
    shipped = files("nlp") / "data" / "lexicon_tables.json"
    written = tmp_path / "lexicon_tables.json"
    assert written.read_text(encoding="utf-8") == shipped.read_text(encoding="utf-8")
