import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import silhouette_samples, silhouette_score
from sklearn.preprocessing import normalize

from nlp.silhouette import silhouettes


@settings(max_examples=50)
@given(st.integers(0, 10_000), st.integers(2, 6))
def test_agrees_with_the_matrix_of_pairs(seed, k):
    rng = np.random.default_rng(seed)
    vectors = normalize(rng.normal(size=(30, 4)))
    labels = np.unique(rng.integers(0, k, size=30), return_inverse=True)[1]
    if labels.max() == 0:
        return
    expected = silhouette_score(vectors, labels, metric="cosine")
    each = np.arange(len(labels))
    assert silhouettes(vectors, each, [labels]) == pytest.approx([expected], abs=1e-9)
    whole = np.arange(labels.max() + 1)
    assert silhouettes(vectors, labels, [whole]) == pytest.approx([expected], abs=1e-9)


def test_has_no_meaning_for_one_cluster():
    assert silhouettes(np.eye(3), np.arange(3), [np.zeros(3, dtype=np.intp)]) == [-1]


def test_a_part_of_the_vectors_may_be_judged_beside_all():
    rng = np.random.default_rng(2)
    vectors = normalize(rng.normal(size=(40, 4)))
    labels = np.arange(40) % 3
    whole = silhouette_samples(vectors, labels, metric="cosine")
    found = silhouettes(vectors, labels, [np.arange(3)], step=5)
    assert found == pytest.approx([whole[::5].mean()], abs=1e-9)
