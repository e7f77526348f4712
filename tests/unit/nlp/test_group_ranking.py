"""Groups ranked from stored pairs are those of the ranker, to the sixth decimal."""

import numpy as np

from nlp.group_ranking import rank_from_pairs
from nlp.similarity.notes_model import notes_model


def test_a_group_is_as_probable_as_the_learned_model_says():
    rng = np.random.default_rng(0)
    pairs = rng.beta(0.3, 1.5, 60)
    members = {number: rng.choice(60, size=number + 1, replace=False) for number in range(12)}
    found = dict(rank_from_pairs(pairs.tolist(), {n: m.tolist() for n, m in members.items()}))
    model = notes_model().ranking
    assert found.keys() == members.keys()
    for number, chosen in members.items():
        assert abs(found[number] - model.probability(pairs[chosen])) <= 1e-6


def test_the_most_probable_comes_first_and_an_empty_group_not_at_all():
    ranked = rank_from_pairs([0.9, 0.0, 1.0], {1: [1], 2: [0, 2], 3: []})
    assert [name for name, _ in ranked] == [2, 1]
