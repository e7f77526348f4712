import pytest

from nlp import Options, analyse
from nlp.keywords import keywords, vocabulary, weights
from nlp.titles import candidates, title

TEXTS = [
    "Il faut isoler les logements",
    "isoler les logements anciens",
    "Isolation des logements",
    "des logements mieux isolés",
]


def test_a_title_is_an_action_in_people_s_words():
    weighed = weights(vocabulary(TEXTS), range(4))
    assert title(TEXTS, range(4), weighed, frozenset()) in {
        "Isoler les logements",
        "Isoler les logements anciens",
    }


def test_a_title_already_taken_is_not_given_again():
    weighed = weights(vocabulary(TEXTS), range(4))
    taken = frozenset()
    for _ in range(6):
        name = title(TEXTS, range(4), weighed, taken)
        assert name.lower() not in taken
        taken |= {name.lower()}


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["🌱🌱", "🌱🌱"], "Agir sur\u00a0: 🌱🌱"),
        (["more buses please", "more buses please"], "Agir sur\u00a0: more buses please"),
        (["la santé", "la santé"], "Prendre en compte la santé"),
        (["un bus le dimanche matin"] * 2, "Prévoir un bus le dimanche matin"),
        (["Des bancs, un préau"] * 2, "Prévoir des bancs, un préau"),
        (
            ["des files d’attente interminables"] * 2,
            "Prendre en compte des files d’attente interminables",
        ),
        (["les papiers une seule fois"] * 2, "Prendre en compte les papiers"),
        (["«Moins d'attente»", "«Moins d'attente»"], "Agir sur\u00a0: moins d’attente"),
    ],
)
def test_any_group_has_a_title_without_quotation_marks(texts, expected):
    (cluster,) = analyse(texts, options=Options(granularity=1)).clusters
    assert cluster.title == expected


def test_keywords_are_whole_words_that_people_wrote():
    texts = [*TEXTS, "des bus le soir"]
    found = keywords(vocabulary(texts), range(4), 3)
    assert set(found[:2]) == {"isoler", "logements"}
    assert all(any(word in text.lower() for text in texts) for word in found)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Isoler les murs avant de chauffer, svp", "Isoler les murs avant de chauffer"),
        ("Ouvrir le gymnase s’il vous plaît", "Ouvrir le gymnase"),
    ],
)
def test_politeness_stays_out_of_a_title(said, expected):
    assert analyse([said] * 3).clusters[0].title == expected


def test_a_judgement_is_not_an_action():
    said = ["Attendre dehors sous la pluie, c’est humiliant", "Abriter la file d’attente"]
    titles = [c.title for c in candidates(said, [0, 1], dict.fromkeys(("attendr", "fil"), 1.0))]
    assert "Abriter la file d’attente" in titles
    assert not any(title.startswith("Attendre dehors") for title in titles)


def test_a_title_names_nobody():
    said = ["Aller voir Mme Josiane Ferrandeau à Segré", "Aller voir les personnes âgées"] * 2
    found = analyse(said, options=Options(granularity=1)).clusters[0].title
    assert "Ferrandeau" not in found


def test_even_the_last_resort_names_nobody():
    found = analyse(["Mme Josiane Ferrandeau, Segré"] * 3).clusters[0].title
    assert "Ferrandeau" not in found


def test_two_things_that_several_people_named_say_more_than_one():
    said = [
        "Trop de bruit dans la cantine",
        "la cantine et la salle",
        "On entend tout dans la salle",
    ]
    weighed = weights(vocabulary(said), range(3))
    titles = [c.title for c in candidates(said, range(3), weighed)]
    assert {"Prendre en compte la cantine et la salle"} & set(titles)


def test_a_short_title_in_words_of_one_s_own_gives_way():
    said = ["Chercher l’erreur", "bof", "tant pis", "fermer la gare", "la gare", "une gare"]
    group = range(5)
    weighed = weights(vocabulary(said), group)
    assert title(said, group, weighed, frozenset()) == "Fermer la gare"
    nothing = [*said[:3], "hélas"]
    weighed = weights(vocabulary(nothing), range(4))
    assert title(nothing, range(4), weighed, frozenset()) == "Chercher l’erreur"
