"""Floors on the labelled notes beside the checkout; skipped where they are absent."""

import pytest

from tests.bench.notes import NOTES, labelled_notes, mean, scores

pytestmark = pytest.mark.skipif(not labelled_notes(), reason=f"no labelled notes in {NOTES}")


def test_notes_are_grouped_and_ranked_as_well_as_was_measured():
    found = mean(list(scores().values()))
    assert found.ami >= 0.46
    assert found.ari >= 0.33
    assert found.touches <= 45.5
    assert found.ranked >= 0.93
