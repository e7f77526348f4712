import numpy as np
import pytest
from sklearn.cluster import kmeans_plusplus
from sklearn.preprocessing import normalize

from nlp.microclusters import LEARNT, first_centres, small_cells


@pytest.mark.parametrize("seed", range(5))
def test_the_first_centres_are_those_of_scikit_learn(seed):
    vectors = normalize(np.random.default_rng(seed).normal(size=(300, 8))).astype(np.float32)
    _, expected = kmeans_plusplus(vectors, 40, random_state=seed)
    assert (first_centres(vectors, 40, np.random.RandomState(seed)) == expected).all()


def test_what_is_repeated_is_chosen_once():
    vectors = np.repeat(np.eye(3, dtype=np.float32), 4, axis=0)
    chosen = first_centres(vectors, 9, np.random.RandomState(0))
    assert sorted(chosen // 4) == [0, 1, 2]
    assert len(set(small_cells(vectors, 9, np.random.RandomState(0)))) == 3


def test_vectors_that_nearly_repeat_are_told_apart():
    vectors = normalize([[1, 0], [1, 1e-4], [0, 1]]).astype(np.float32)
    assert sorted(first_centres(vectors, 3, np.random.RandomState(0))) == [0, 1, 2]


def test_cells_learnt_on_a_part_hold_everything():
    rng = np.random.default_rng(0)
    vectors = normalize(np.eye(4)[rng.integers(4, size=LEARNT + 7)] + 0.01 * rng.normal(size=4))
    cells = small_cells(vectors.astype(np.float32), 4, np.random.RandomState(0))
    assert np.bincount(cells).sum() == len(vectors)
    assert len(set(cells)) == 4
