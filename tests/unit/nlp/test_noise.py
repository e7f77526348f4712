import pytest

from nlp import Context, Feedback, analyse
from nlp.noise import is_noise
from nlp.results import Isolation

NOISE = (
    "test test 1 2 ça marche ?",
    "VENDS vélo d'enfant bon état 40 €",
    "bande d'incapables",
    "qsdfghjklm",
    "Devis gratuit pour votre toiture, offre limitée",
)
NOTES = (
    "Un bus le soir pour rentrer du travail",
    "plus de bus apres 19h",
    "Je vends mon miel au marché, il faudrait un étal gratuit",
    "Tester l'eau des puits",
    "Des toilettes publiques",
    "",
)


@pytest.mark.parametrize("text", NOISE)
def test_what_is_no_contribution_is_noise(text):
    assert is_noise(text)


@pytest.mark.parametrize("text", NOTES)
def test_a_note_is_not_noise(text):
    assert not is_noise(text)


def test_noise_is_pointed_out_and_never_grouped():
    texts = [*NOTES, *NOISE]
    result = analyse(texts, contexts=[Context(workshop="a")] * len(texts))
    reasons = [result.isolation.get(i) for i in range(len(NOTES), len(texts))]
    assert reasons == [Isolation.NOISE] * len(NOISE)


def test_a_person_may_still_group_what_looks_like_noise():
    texts = [*NOTES, *NOISE]
    feedback = Feedback(groups={"a": [0, len(NOTES)]})
    result = analyse(texts, contexts=[Context(workshop="a")] * len(texts), feedback=feedback)
    assert result.labels[len(NOTES)] == result.labels[0] >= 0
