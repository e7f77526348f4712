import numpy as np
import pytest
from scipy.sparse import csr_array

from nlp.svd import main_axes

RNG = np.random.default_rng(7)
LONG = (RNG.normal(size=(700, 12)) * 2.0 ** -np.arange(12)).astype(np.float32)


@pytest.mark.parametrize("kind", [np.asarray, csr_array], ids=["dense", "sparse"])
def test_the_axes_hold_what_a_decomposition_holds(kind):
    axes = main_axes(kind(LONG), 4, seed=0)
    best = np.linalg.svd(LONG, compute_uv=False)[:4]
    assert axes.T @ axes == pytest.approx(np.eye(4), abs=1e-5)
    assert np.square(LONG @ axes).sum() == pytest.approx(np.square(best).sum(), rel=1e-3)


def test_vectors_that_repeat_each_other_still_have_orthonormal_axes():
    flat = np.tile(np.array([[1, 2, 0, 0, 3]], dtype=np.float32), (650, 1))
    axes = main_axes(flat, 3, seed=0)
    assert axes.T @ axes == pytest.approx(np.eye(3), abs=1e-5)
    assert np.square(flat @ axes).sum() == pytest.approx(np.square(flat).sum(), rel=1e-5)


def test_the_seed_gives_the_same_axes_again():
    assert (main_axes(LONG, 4, seed=1) == main_axes(LONG, 4, seed=1)).all()
