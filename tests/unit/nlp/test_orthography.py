import pytest

from nlp.orthography import is_foreign, misspelt, unknown


@pytest.mark.parametrize(
    "said",
    [
        "pr",
        "lhopital",
        "numero",
        "mediatheque",
        "jai",
        "l ecole",
        "quon aille",
        "des bus qd on sort",
    ],
)
def test_what_is_not_in_standard_spelling_is_seen(said):
    assert misspelt(said) >= 1


@pytest.mark.parametrize(
    "said",
    [
        "Prêter gratuitement un relais à la CAF de Laval",
        "des colis le week-end",
        "un abri au-delà de 18 h",
        "Qu’on ouvre l’école",
    ],
)
def test_standard_french_is_left_alone(said):
    assert misspelt(said) == 0
    assert unknown(said) == 0


@pytest.mark.parametrize(
    "said",
    [
        "Send a small truck round the blocks",
        "Precisávamos de quartos simples para quem vem",
        "أريد ورقة بسيطة",
        "Akşam ya da cumartesi olsun",
    ],
)
def test_another_language_is_seen(said):
    assert is_foreign(said)


def test_french_is_not_foreign():
    assert not is_foreign("Faire passer un bus de la CAF à Saint-Calais")
