import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.context import Context
from nlp.encoders import embed
from nlp.exceptions import ModelError
from nlp.oppositions.tension_model import TensionModel, tension_model
from nlp.tensions import candidate_pairs, tensions

# One request, and what opposes it by each kind of cue.
OPPOSED = {
    "no to": ("Ouvrir la bibliothèque le dimanche", "Non à la bibliothèque ouverte le dimanche"),
    "shouted": ("des caméras dans le hall svp", "NON pas de caméras dans le hall !!"),
    "never": (
        "Une application pour prendre les tickets de cantine",
        "Surtout pas d'application pour la cantine, ma mère n'a pas de téléphone",
    ),
    "no thanks": (
        "Partager les chambres du foyer à deux",
        "Une chambre à deux au foyer, non merci, je ronfle et je veux dormir",
    ),
    "disagreement": (
        "Je suis gardien. Il faut fermer le parc la nuit",
        "Pas d'accord avec le gardien : le parc ouvert la nuit, c'est notre seul coin au frais",
    ),
    "against": (
        "Rendre les stages obligatoires en troisième",
        "Je suis contre les stages obligatoires en troisième",
    ),
    "stop": (
        "Des ateliers pour apprendre à faire un budget",
        "Arrêtez avec vos ateliers budget, on sait compter",
    ),
    "useless": (
        "Installer des bornes numériques dans les mairies",
        "Encore des bornes dans les mairies, un gadget qui ne sert à rien",
    ),
    "who pays": (
        "Repas gratuits pour tous les enfants de l'école",
        "Et les repas gratuits, qui va payer ? C'est nos impôts",
    ),
    "rather": (
        "Un référent pour chaque famille",
        "Moi je préfère une équipe qu'un seul référent, quand il part on perd tout",
    ),
    "leave": (
        "Supprimer les tickets papier au profit de la carte",
        "Laissez-nous les tickets papier, touchez pas à ça",
    ),
    "forced": (
        "Bénévolat obligatoire pour toucher l'aide",
        "Le bénévolat obligatoire, c'est non, on ne force pas les gens",
    ),
    "misspelt": (
        "Un car partagé avec les salariés de l'usine",
        "le car partagé c non, jai pas envie dattendre les autres",
    ),
}


def found(first: str, second: str, chance: float = 0.6):
    texts = [first, second]
    return tensions(texts, [(0, 1, chance)], vectors=embed(texts))


@pytest.mark.parametrize("kind", OPPOSED)
def test_each_kind_of_cue_opposes_a_request(kind: str):
    (tension,) = found(*OPPOSED[kind])
    assert (tension.first, tension.second) == (0, 1)
    assert tension.second_words, "the words of the refusal are shown"
    for text, words in zip(OPPOSED[kind], (tension.first_words, tension.second_words), strict=True):
        assert all(word in text for word in words)


def test_contraries_about_the_same_thing_are_shown():
    (tension,) = found("Augmenter le prix du stationnement", "Baisser le prix du stationnement")
    assert (tension.first_words, tension.second_words) == (("Augmenter",), ("Baisser",))
    assert tension.about == ("prix", "stationnement")


def test_a_refusal_and_a_wish_are_shown():
    (tension,) = found("Des éoliennes en mer", "Pas d'éoliennes en mer")
    assert (tension.first_words, tension.second_words) == ((), ("Pas",))


def test_a_refusal_and_a_request_show_the_words_of_each():
    (tension,) = found("Ouvrir un marché le samedi", "Surtout pas de marché le samedi")
    assert tension.first_words == ("Ouvrir",)
    assert "Surtout pas" in tension.second_words
    assert tension.about == ("marché", "samedi")


def test_a_shared_concept_is_named_where_no_word_is_shared():
    texts = ["Un bus gratuit pour les jeunes", "L'autocar offert ? Non merci, qui va payer ?"]
    (tension,) = tensions(texts, [(0, 1, 0.9)], vectors=embed(texts))
    assert tension.about == ("bus et autocar",)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Des bus le soir", "On n'a pas de bus le soir"),  # a lack opposes nobody
        ("Augmenter les salaires", "Diminuer les déchets"),  # two subjects
        ("Interdire les pesticides", "Ne pas autoriser les pesticides"),  # two refusals agree
        ("Non au parking payant", "Non au parking payant"),  # the same words
        ("", "!!!"),
    ],
)
def test_what_is_not_opposed_is_not_flagged(first: str, second: str):
    assert found(first, second, 0.3) == ()


def test_two_notes_that_are_probably_of_two_subjects_are_not_opposed():
    first, second = OPPOSED["no to"]
    assert found(first, "Non à la taxe sur les ordures", 0.01) == ()
    assert found(first, second, 0.6)


def test_who_is_named_is_whom_a_note_opposes():
    texts = [
        "Boulangère : il faut plus de places de parking devant les commerces",
        "Plus de places de parking devant l'école",
        "Pas d'accord avec la boulangère : les places de parking, y en a assez",
    ]
    pairs = [(0, 1, 0.3), (0, 2, 0.3), (1, 2, 0.3)]
    best = {(t.first, t.second) for t in tensions(texts, pairs, vectors=embed(texts))}
    assert (0, 2) in best
    assert (0, 1) not in best


def test_texts_that_oppose_nothing_are_not_compared():
    assert found("Un bus le soir", "Des bancs à l'ombre") == ()


def test_the_order_of_the_candidates_and_of_the_texts_changes_nothing():
    texts = [text for pair in OPPOSED.values() for text in pair]
    contexts = [Context(workshop="a", position=i) for i in range(len(texts))]
    pairs = [(i, j, 0.3) for i in range(len(texts)) for j in range(i)]
    vectors = embed(texts)
    kept = tensions(texts, pairs, contexts=contexts, vectors=vectors)
    assert kept
    assert tensions(texts, pairs[::-1], contexts=contexts, vectors=vectors) == kept
    last = len(texts) - 1
    turned = tensions(
        texts[::-1],
        [(last - i, last - j, chance) for i, j, chance in pairs],
        contexts=contexts[::-1],
        vectors=vectors[::-1],
    )
    assert {(last - t.second, last - t.first) for t in turned} == {
        (t.first, t.second) for t in kept
    }


def test_a_text_is_in_three_tensions_at_most():
    texts = [f"Ouvrir la piscine {day}" for day in ("lundi", "mardi", "jeudi", "samedi", "tard")]
    texts.append("Surtout pas la piscine ouverte, c'est non, qui va payer ?")
    pairs = [(i, 5, 0.9) for i in range(5)]
    assert 1 <= len(tensions(texts, pairs, vectors=embed(texts))) <= 3


def test_words_alone_decide_without_vectors():
    texts = list(OPPOSED["never"])
    assert tensions(texts, [(0, 1, 0.6)])


def test_candidates_are_the_pairs_of_a_cluster_and_the_likely_ones_of_a_workshop():
    contexts = [Context(workshop=name) for name in ("a", "a", "a", "b")]
    chances = np.full((4, 4), 0.5, dtype=np.float32)
    chances[0, 2] = chances[2, 0] = 0.01
    pairs = candidate_pairs([0, 0, 1, 1], contexts, chances)
    assert pairs == ((0, 1, 0.5), (1, 2, 0.5), (2, 3, 0.5))
    assert candidate_pairs([0, 0, -1, -1]) == ((0, 1, 0.2),)
    assert candidate_pairs([0, 0, -1, -1], contexts, chances, excluded=[1]) == ((0, 1, 0.5),)


def test_a_large_consultation_has_no_more_candidates_than_can_be_read():
    assert len(candidate_pairs([0] * 400)) <= 50_000
    assert len(candidate_pairs([i % 100 for i in range(3_000)])) <= 50_000


WORDS = st.sampled_from(
    [
        "non",
        "pas",
        "bus",
        "école",
        "gratuit",
        "Ouvrir",
        "?",
        "!!",
        "الحافلة",
        "surtout",
        "svp",
        "1)",
    ]
)
TEXTS = st.lists(st.lists(WORDS, max_size=8).map(" ".join), min_size=2, max_size=6)


@settings(max_examples=60, deadline=None)
@given(TEXTS, st.data())
def test_every_tension_is_a_candidate_shown_in_the_words_of_its_texts(texts, data):
    positions = st.integers(0, len(texts) - 1)
    chances = st.floats(0, 1)
    pairs = data.draw(st.lists(st.tuples(positions, positions, chances), max_size=8))
    kept = tensions(texts, pairs)
    candidates = {(min(i, j), max(i, j)) for i, j, _ in pairs}
    assert len({(t.first, t.second) for t in kept}) == len(kept)
    for tension in kept:
        assert (tension.first, tension.second) in candidates
        assert tension.first < tension.second
        assert all(word in texts[tension.first] for word in tension.first_words)
        assert all(word in texts[tension.second] for word in tension.second_words)


def test_the_models_are_read_as_they_were_written():
    model = tension_model()
    assert TensionModel.from_json(model.to_json()).to_json() == model.to_json()


@pytest.mark.parametrize("missing", ["format", "weights", "cues"])
def test_weights_of_another_version_are_refused(missing: str):
    kept = tension_model().to_json()
    if missing == "format":
        kept["format"] = 0
    else:
        part = "choice" if missing == "weights" else "stance"
        kept[part] = {key: value for key, value in kept[part].items() if key != missing}
    with pytest.raises(ModelError):
        TensionModel.from_json(kept)
