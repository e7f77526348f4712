import pytest

from tests.bench.notes import NOTES, labelled_notes
from tests.bench.oppositions import means, scores


@pytest.mark.skipif(not labelled_notes(), reason=f"the shared notes are not in {NOTES}")
def test_oppositions_of_workshops_that_were_never_seen_are_found():
    # Floors below what is measured (docs/benchmarks.md).
    recall, precision = means(scores())
    assert recall >= 0.38
    assert precision >= 0.62
