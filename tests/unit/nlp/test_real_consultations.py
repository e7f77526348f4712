"""The public consultations beside the checkout; skipped where they are absent."""

from pathlib import Path

import pytest

from nlp import agreement, analyse
from nlp.tables import read_columns

DATA = Path(__file__).parents[3].parent / "shared" / "data"
SET = DATA / "nos_nouvelles_vies_2020" / "answers_Q4.csv"
pytestmark = pytest.mark.skipif(not SET.exists(), reason="the shared consultations are absent")


def test_a_real_consultation_is_grouped_better_than_the_prototype():
    rows = [
        row for row in read_columns(str(SET), ("text", "label")) if row[1] not in {"", "Autres"}
    ]
    result = analyse([text for text, _ in rows])
    measured = agreement(result.labels.tolist(), [label for _, label in rows])
    assert measured.ami >= 0.44
    assert measured.ari >= 0.24
    assert measured.touches <= 31
