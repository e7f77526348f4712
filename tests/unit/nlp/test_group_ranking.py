"""Groups ranked from stored pairs are those of the ranker, to the sixth decimal."""

import numpy as np
import pytest

from nlp.group_ranking import rank_from_pairs
from nlp.similarity.notes_model import notes_model


def test_a_group_is_as_probable_as_the_learned_model_says():
    rng = np.random.default_rng(0)
    pairs = rng.beta(0.3, 1.5, (60, 60))
    labels = np.r_[-1, rng.integers(12, size=59)]
    members = {number: np.flatnonzero(labels == number).tolist() for number in range(12)}
    found = dict(rank_from_pairs(pairs[0].tolist(), members))
    expected = notes_model().ranking.probabilities(pairs, labels)[0]
    assert found.keys() == members.keys()
    assert [found[number] for number in range(12)] == pytest.approx(expected, abs=1e-6)


def test_the_most_probable_comes_first_and_an_empty_group_not_at_all():
    ranked = rank_from_pairs([0.9, 0.0, 1.0], {1: [1], 2: [0, 2], 3: []})
    assert [name for name, _ in ranked] == [2, 1]
