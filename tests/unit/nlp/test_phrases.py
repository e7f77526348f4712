import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.phrases import action_phrase, clauses, finish, is_infinitive


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("Il faut rénover les logements anciens", "Rénover les logements anciens"),
        ("il faudrait développer les bus du soir", "Développer les bus du soir"),
        ("On pourrait créer un guichet unique", "Créer un guichet unique"),
        ("Proposition : ouvrir des crèches", "Ouvrir des crèches"),
        ("Pouvoir voir mes proches", "Voir mes proches"),
        ("développement des transports", "Développer les transports"),
        ("La création d'une maison commune", "Créer une maison commune"),
        ("INTERDIRE LES COUPURES D'EAU", "Interdire les coupures d’eau"),
        ("- Ne plus couper l'eau", "Ne plus couper l’eau"),
        ("il faut absolument mieux informer les familles", "Mieux informer les familles"),
        ("je propose de simplifier les dossiers", "Simplifier les dossiers"),
    ],
)
def test_what_people_ask_becomes_an_action(said, title):
    assert title in [action_phrase(clause) for clause in clauses(said)]


@pytest.mark.parametrize("said", ["Des vélos neufs", "L'hiver est long", "atelier vélo", "🌱"])
def test_what_asks_for_no_act_is_left_alone(said):
    assert [action_phrase(clause) for clause in clauses(said) if action_phrase(clause)] == []


def test_a_noun_is_not_taken_for_an_infinitive():
    for noun in ("hiver", "atelier", "panier", "avenir", "plaisir", "métier", "cadre"):
        assert not is_infinitive(noun)


@given(st.text(max_size=300))
def test_a_phrase_is_short_and_never_ends_on_a_link(text):
    phrase = finish(f"rénover {text} pour les")
    assert phrase is None or (len(phrase) <= 80 and not phrase.endswith((" pour", " les", ",")))


def test_a_long_phrase_is_cut_at_a_clause():
    said = (
        "développer les pistes cyclables en ville et autour des gares, parce que la voiture coûte"
    )
    assert action_phrase(said) == "Développer les pistes cyclables en ville et autour des gares"


@pytest.mark.parametrize("said", ["assez de promesses", "chez nous rien ne change", "rendez-vous"])
def test_what_only_looks_like_an_order_is_none(said):
    assert action_phrase(said) is None


def test_an_order_with_its_pronoun_is_left_as_it_was_said():
    assert action_phrase("laissez-nous le choix") is None
