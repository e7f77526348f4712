import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.preprocessing import normalize

from nlp.neighbours import nearest


@settings(max_examples=60)
@given(st.integers(1, 900), st.integers(1, 12), st.integers(0, 9))
def test_the_neighbours_are_those_of_all_the_pairs(n_fitted, k, seed):
    rng = np.random.default_rng(seed)
    fitted = normalize(rng.normal(size=(n_fitted, 5)))
    vectors = normalize(rng.normal(size=(7, 5)))
    k = min(k, n_fitted)
    found, similarities = nearest(vectors, fitted, k)
    exact = np.round(vectors @ fitted.T, 6)
    best = np.sort(np.argsort(-exact, axis=1, kind="stable")[:, :k], axis=1)
    assert (found == best).all()
    assert similarities == pytest.approx(np.take_along_axis(exact, best, axis=1), abs=2e-6)


def test_equal_vectors_go_to_the_first():
    found, similarities = nearest(np.ones((1, 1)), np.ones((20, 1)), 3)
    assert found.tolist() == [[0, 1, 2]]
    assert similarities.tolist() == [[1.0, 1.0, 1.0]]


def test_blocks_change_nothing():
    fitted = normalize(np.random.default_rng(1).normal(size=(600, 4)))
    whole, _ = nearest(fitted, fitted, 3)
    parts = [nearest(fitted[start : start + 100], fitted, 3)[0] for start in range(0, 600, 100)]
    assert (whole == np.concatenate(parts)).all()
