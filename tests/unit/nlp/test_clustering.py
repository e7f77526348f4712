import numpy as np
import pytest
from sklearn.utils.estimator_checks import parametrize_with_checks

from nlp.clustering import ThemeClusterer, centroids, hierarchy_cuts
from nlp.smoothing import NeighbourSmoother


@parametrize_with_checks(
    [ThemeClusterer(max_clusters=4), ThemeClusterer(n_clusters=3), NeighbourSmoother()]
)
def test_follows_the_scikit_learn_contract(estimator, check):
    check(estimator)


def test_the_number_of_clusters_may_be_asked_for():
    vectors = np.random.default_rng(0).normal(size=(40, 5))
    for k in (1, 2, 7, 40):
        assert len(set(ThemeClusterer(n_clusters=k).fit(vectors).labels_)) == k


def test_clear_groups_of_unequal_sizes_are_found():
    rng = np.random.default_rng(0)
    sizes = (60, 20, 5)
    vectors = np.vstack(
        [np.eye(3)[g] + 0.05 * rng.normal(size=(n, 3)) for g, n in enumerate(sizes)]
    )
    labels = ThemeClusterer().fit(vectors).labels_
    assert sorted(np.bincount(labels)) == sorted(sizes)


def test_the_order_of_hierarchy_is_the_closest_first():
    centres = np.array([[1.0, 0.0], [0.99, 0.141], [0.0, 1.0]])
    (cut,) = hierarchy_cuts(centres, [2])
    assert cut[0] == cut[1] != cut[2]


def test_centroids_leave_isolated_vectors_out():
    found = centroids(np.array([[1.0, 0.0], [0.0, 1.0]]), np.array([0, -1]))
    assert found.tolist() == [[1.0, 0.0]]


def test_an_impossible_number_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        ThemeClusterer(n_clusters=0).fit([[1.0], [2.0]])
