from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp import find_personal_data


def found(text):
    return [(p.kind.value, text[p.start : p.end]) for p in find_personal_data(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Voir Mme Josiane Ferrandeau vite", [("name", "Mme Josiane Ferrandeau")]),
        ("Appelez Jean Dupont", [("name", "Jean Dupont")]),
        ("DUPONT Josiane est venue", [("name", "DUPONT Josiane")]),
        ("je m'appelle Oumou Diallo", [("name", "Oumou Diallo")]),
        ("ma voisine Henriette a froid", [("name", "Henriette")]),
        ("au 06.12.34.56.78 merci", [("phone", "06.12.34.56.78")]),
        ("+33 (0)6 12 34 56 78", [("phone", "+33 (0)6 12 34 56 78")]),
        ("jo.f@asso-exemple.fr", [("email", "jo.f@asso-exemple.fr")]),
        ("jo [at] exemple.fr", [("email", "jo [at] exemple.fr")]),
        ("n° 2 69 05 49 588 157 80", [("nir", "2 69 05 49 588 157 80")]),
        ("269054958815780", [("nir", "269054958815780")]),
        (
            "IBAN FR14 2004 1010 0505 0001 3M02 606 merci",
            [("iban", "FR14 2004 1010 0505 0001 3M02 606")],
        ),
        (
            "12 rue des Tilleuls, 49500 Segré",
            [("address", "12 rue des Tilleuls, 49500 Segré")],
        ),
        ("j'habite rue des Lilas", [("address", "rue des Lilas")]),
        ("la voiture AB-123-CD", [("plate", "AB-123-CD")]),
        ("ma fille Léa est diabétique", [("name", "Léa"), ("health", "diabétique")]),
        (
            "Je suis diabétique, 06 39 98 12 34",
            [("health", "diabétique"), ("phone", "06 39 98 12 34")],
        ),
        ("mon voisin Michel Lebrun", [("name", "Michel Lebrun")]),
        ("mme de La Tour, veuve", [("name", "mme de La Tour")]),
        (
            "IBAN FR15 2004 1010 0505 0001 3M02 606",
            [("iban", "FR15 2004 1010 0505 0001 3M02 606")],
        ),
        ("née le 3/02/1951", [("birth", "née le 3/02/1951")]),
        ("contrat 4471-0092 chez eux", [("number", "contrat 4471-0092")]),
        ("😀 sur insta @lea_du_49", [("handle", "@lea_du_49")]),
        ("Mon fils est autiste", [("health", "autiste")]),
    ],
)
def test_a_person_is_recognised(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Il faut isoler les logements anciens avant l'hiver 2024",
        "Monsieur le maire doit agir contre la maladie",
        "La santé mentale des jeunes et le handicap",
        "Rendez-vous rue Victor Hugo, près du lycée Jean Moulin",
        "1 200 euros par mois, 49000 Angers, 8h30-17h",
        "269054958815781",
        "FR15 2004 1010 0505 0001 3M02 606",
        "Pierre par pierre, la Rose des vents",
        "12 mesures de la rue à la maison",
    ],
)
def test_what_names_nobody_is_left_alone(text):
    assert found(text) == []


@given(st.text(alphabet="Jean Dupont06@.rue-' FR14é\n😀́İ", max_size=200))
def test_passages_are_ordered_disjoint_and_inside(text):
    spans = find_personal_data(text)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))


def test_nothing_of_a_name_is_left_once_it_is_masked():
    text = "Mon voisin Michel Lebrun et Mme Le Goff-Durand : Lebrun a froid"
    for passage in reversed(find_personal_data(text)):
        text = f"{text[: passage.start]}[nom masqué]{text[passage.end :]}"
    assert text == "Mon voisin [nom masqué] et [nom masqué] : [nom masqué] a froid"
    assert find_personal_data(text) == ()


def test_the_health_of_nobody_in_particular_is_left_alone():
    assert found("Je suis diabétique et le colis est plein de sucre") == []
    assert found("Les enfants autistes attendent") == []


def test_a_huge_text_is_read_in_one_pass():
    for pattern in (
        "a",
        "0 ",
        "A",
        "Jean Paul ",
        "12 rue de ",
        "M. A",
        "a@a.",
        "j'habite ",
        "FR14",
    ):
        find_personal_data(pattern * (100_000 // len(pattern)))
