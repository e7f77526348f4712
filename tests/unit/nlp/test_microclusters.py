import numpy as np
from sklearn.preprocessing import normalize

from nlp.microclusters import LEARNT, small_cells


def test_equal_vectors_share_a_cell():
    vectors = np.repeat(np.eye(3, dtype=np.float32), 4, axis=0)
    assert len(set(small_cells(vectors, 9, np.random.RandomState(0)))) == 3


def test_vectors_that_nearly_repeat_are_told_apart():
    vectors = normalize([[1, 0], [1, 1e-4], [0, 1]]).astype(np.float32)
    assert len(set(small_cells(vectors, 3, np.random.RandomState(0)))) == 3


def test_cells_learnt_on_a_part_hold_everything():
    rng = np.random.default_rng(0)
    vectors = normalize(np.eye(4)[rng.integers(4, size=LEARNT + 7)] + 0.01 * rng.normal(size=4))
    cells = small_cells(vectors.astype(np.float32), 4, np.random.RandomState(0))
    assert np.bincount(cells).sum() == len(vectors)
    assert len(set(cells)) == 4
