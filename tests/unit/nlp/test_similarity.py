import numpy as np
import pytest

from nlp import similar
from nlp.encoders import embed

TEXTS = ["Isoler les logements", "Des bus le soir", "Mieux isoler les logements anciens"]


def test_the_closest_come_first():
    matches = similar("isoler les logements !", TEXTS, embed(TEXTS))
    assert [match.text for match in matches] == [0, 2]
    assert matches[0].score == pytest.approx(1, abs=0.01)


def test_nothing_resembles_nothing():
    assert similar("   ", TEXTS) == ()
    assert similar("isoler", []) == ()
    assert similar("le prix du pain", TEXTS) == ()


def test_vectors_must_match_the_texts():
    with pytest.raises(ValueError, match=r"need \(3, 1024\)"):
        similar("isoler", TEXTS, np.zeros((1, 512), dtype=np.float32))
