import pytest

from nlp.things import things


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("j'attends la réponse du bailleur", ["la réponse du bailleur"]),
        ("je la donne", []),
        ("il faut les donner", []),
        ("des bus", []),
        ("l'école et le prix de l'eau", ["l'école", "le prix de l'eau"]),
    ],
)
def test_things_are_named_with_their_article(clause, expected):
    assert list(things(clause)) == expected
