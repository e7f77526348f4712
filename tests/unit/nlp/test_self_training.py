import numpy as np
import pytest
from sklearn.linear_model import Ridge
from sklearn.preprocessing import normalize

from nlp.self_training import self_trained

RNG = np.random.default_rng(3)
CENTRES = normalize(RNG.normal(size=(3, 8)))
TRUTH = np.repeat(np.arange(3), 20)
RAW = normalize(CENTRES[TRUTH] + 0.25 * RNG.normal(size=(60, 8)))


def test_a_text_put_in_the_wrong_cluster_goes_where_the_others_teach():
    begun = TRUTH.copy()
    begun[[0, 25, 50]] = [1, 2, 0]
    assert (self_trained(begun, RAW, RAW, keep_all=True) == TRUTH).all()


def test_each_text_is_judged_by_a_ridge_regression_that_never_saw_it(monkeypatch):
    monkeypatch.setattr("nlp.self_training._MOST_ROUNDS", 1)
    monkeypatch.setattr("nlp.self_training._CENTRE", 0.0)
    begun = RNG.permutation(TRUTH)
    expected = []
    for i in range(len(RAW)):
        others = np.arange(len(RAW)) != i
        taught = np.eye(3)[begun[others]]
        model = Ridge(alpha=1.0, fit_intercept=False).fit(RAW[others], taught)
        expected.append(int(np.argmax(model.predict(RAW[i : i + 1]))))
    assert self_trained(begun, RAW, RAW, keep_all=False).tolist() == expected


def test_few_vectors_of_many_features_are_judged_alike():
    begun = RNG.permutation(TRUTH)
    # Nothing but zeros is added: the same texts, told by the products of the vectors.
    wide = np.hstack([RAW, np.zeros((60, 92))])
    assert (
        self_trained(begun, wide, RAW, keep_all=False)
        == self_trained(begun, RAW, RAW, keep_all=False)
    ).all()


def test_what_a_human_placed_teaches_and_never_moves():
    begun = TRUTH.copy()
    begun[0] = 2
    fixed = np.zeros(60, dtype=bool)
    fixed[0] = True
    placed = self_trained(begun, RAW, RAW, keep_all=False, fixed=fixed)
    assert placed[0] == 2
    assert (placed[1:] == TRUTH[1:]).all()


@pytest.mark.parametrize("keep_all", [True, False])
def test_a_cluster_that_nobody_recognises_empties_unless_it_was_asked_for(keep_all):
    begun = TRUTH.copy()
    begun[[3, 30]] = 3
    placed = self_trained(begun, RAW, RAW, keep_all=keep_all)
    assert (3 in placed) == keep_all


def test_one_cluster_has_nothing_to_learn():
    alone = np.zeros(4, dtype=int)
    assert (self_trained(alone, RAW[:4], RAW[:4], keep_all=False) == alone).all()
