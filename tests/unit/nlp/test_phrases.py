import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.asking import Ask, has_verb, way_of_asking
from nlp.grammar import plain_words
from nlp.openers import announces
from nlp.phrases import action_phrase, is_infinitive
from nlp.standalone import is_quotable, refers


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("Il faut rénover les logements anciens", "Rénover les logements anciens"),
        ("il faudrait développer les bus du soir", "Développer les bus du soir"),
        ("On pourrait créer un guichet unique", "Créer un guichet unique"),
        ("La création d'une maison commune", "Créer une maison commune"),
        ("INTERDIRE LES COUPURES D'EAU", "Interdire les coupures d’eau"),
        ("Ne plus couper l'eau", "Ne plus couper l’eau"),
        ("il faudrait absolument mieux informer les familles", "Mieux informer les familles"),
        ("je propose de simplifier les dossiers", "Simplifier les dossiers"),
        ("halte aux coupures d'eau", "Arrêter les coupures d’eau"),
    ],
)
def test_what_people_ask_becomes_an_action(said, title):
    assert action_phrase(said) == title


@pytest.mark.parametrize(
    "said",
    [
        "Des vélos neufs", "L'hiver est long", "atelier vélo", "🌱", "", "assez de promesses",
        "chez nous rien ne change", "rendez-vous", "laissez-nous le choix",
        "garez le sur le parking",
        "fermeture de la gare", "baisse des salaires", "isoler coûte cher", "payer les factures",
        "faire 40 km pour un médecin", "je voudrais qu'ils viennent", "aider ma mère",
        "garder la même équipe", "montrer comment on s'en sert", "fixez un prix et tenez-le",
        "il faudrait vivre sans manger", "il faut attendre six mois", "demander son avis",
    ],
)  # fmt: skip
def test_what_is_no_clear_act_is_left_alone(said):
    assert action_phrase(said) is None


def test_a_colon_announces_what_follows():
    assert action_phrase("un frigo partagé dans le hall", "Idée :") is not None
    assert action_phrase("un frigo partagé dans le hall", "Facteur :") is None
    assert announces("La table propose :")


def test_a_noun_is_not_taken_for_an_infinitive():
    for noun in ("hiver", "atelier", "panier", "avenir", "plaisir", "métier", "cadre"):
        assert not is_infinitive(noun)


@given(st.text(max_size=300))
def test_any_text_is_read_without_an_error(text):
    plain = plain_words(text)
    assert way_of_asking(plain) in Ask
    assert {is_quotable(plain), has_verb(plain), refers(plain)} <= {True, False}
    phrase = action_phrase(f"rénover {text}")
    assert phrase is None or phrase.startswith("Rénover")


@pytest.mark.parametrize(
    ("said", "way"),
    [
        ("il manque un abri", Ask.WORD),
        ("prêtez-moi une salle", Ask.ORDER),
        ("plus de bus", Ask.THING),
        ("taxi collectif", Ask.NAME),
        ("je ne demande pas un tramway", Ask.NOTHING),
        ("que la mairie prête une salle", Ask.OPENED),
    ],
)
def test_the_ways_of_asking_are_told_apart(said, way):
    assert way_of_asking(said) is way
