import numpy as np
import pytest

from nlp.smoothing import NeighbourSmoother


def test_a_vector_moves_towards_its_neighbours_and_not_towards_the_others():
    vectors = np.array([[1.0, 0.0, 0.0], [0.9, 0.4, 0.0], [0.0, 0.0, 1.0], [0.0, 0.1, 0.9]])
    smooth = NeighbourSmoother(n_neighbors=1).fit_transform(vectors)
    assert smooth[0] @ smooth[1] > 0.99
    assert abs(smooth[0] @ smooth[2]) < 0.1


def test_no_step_changes_nothing_but_the_length():
    smooth = NeighbourSmoother(n_steps=0).fit([[3.0, 4.0], [1.0, 0.0]])
    assert smooth.transform([[3.0, 4.0]]).tolist() == [[0.6, 0.8]]


def test_the_fitted_vectors_are_moved_as_others_are():
    vectors = np.random.default_rng(0).normal(size=(40, 6))
    model = NeighbourSmoother(n_neighbors=5)
    assert model.fit_transform(vectors) == pytest.approx(model.transform(vectors), abs=1e-9)


def test_single_precision_stays_single():
    vectors = np.random.default_rng(0).normal(size=(40, 6)).astype(np.float32)
    assert NeighbourSmoother().fit_transform(vectors).dtype == np.float32


def test_ties_go_to_the_first():
    vectors = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]])
    once = NeighbourSmoother(n_neighbors=1, n_steps=1).fit_transform(vectors)
    assert once[0, 1] > 0
    assert once[0, 2] == 0


def test_negative_numbers_are_refused():
    with pytest.raises(ValueError, match="negative"):
        NeighbourSmoother(n_steps=-1).fit([[1.0], [2.0]])
