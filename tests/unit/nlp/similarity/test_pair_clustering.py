import numpy as np
import pytest

from nlp.similarity.group_model import GroupModel, evidence
from nlp.similarity.pair_clustering import PairClusterer


def pairs_of(groups, inside=0.6, between=0.02):
    labels = np.repeat(np.arange(len(groups)), groups)
    pairs = np.where(labels[:, None] == labels[None], inside, between).astype(np.float32)
    np.fill_diagonal(pairs, 1)
    return pairs, labels


def test_groups_follow_from_the_probabilities():
    pairs, labels = pairs_of([4, 3, 2, 1, 1])
    assert PairClusterer().fit(pairs).labels_.tolist() == labels.tolist()


def test_groups_do_not_depend_on_the_order_of_the_notes():
    pairs, labels = pairs_of([4, 3, 2, 1])
    order = np.random.default_rng(0).permutation(len(labels))
    found = PairClusterer().fit(pairs[np.ix_(order, order)]).labels_
    same = found[:, None] == found[None]
    assert (same == (labels[order][:, None] == labels[order][None])).all()


def test_nobody_leaves_a_group_of_people_and_two_of_them_never_join():
    pairs, _ = pairs_of([6])
    taught = np.array([0, 0, 1, 1, -1, -1])
    found = PairClusterer().fit(pairs, taught).labels_
    assert found[:4].tolist() == [0, 0, 1, 1]
    assert set(found[4:]) <= {0, 1}  # attracted by everyone, they join somebody


def test_a_group_of_people_attracts_what_belongs_with_it():
    pairs, _ = pairs_of([3, 3])
    found = PairClusterer().fit(pairs, np.array([-1, 0, -1, -1, 1, -1])).labels_
    assert found.tolist() == [0, 0, 0, 1, 1, 1]


@pytest.mark.parametrize("wanted", [1, 2, 3])
def test_a_number_of_groups_may_be_asked_for(wanted):
    pairs, _ = pairs_of([3, 3, 3])
    pairs[:6, :6] = np.maximum(pairs[:6, :6], 0.3)
    found = PairClusterer(n_clusters=wanted).fit(pairs).labels_
    assert len(set(found.tolist())) == wanted


@pytest.mark.parametrize("size", [1, 2])
def test_one_or_two_notes_are_valid(size):
    assert len(PairClusterer().fit(np.eye(size, dtype=np.float32)).labels_) == size


def test_a_member_is_no_evidence_for_itself():
    pairs, _ = pairs_of([2], inside=0.1)
    (alone,) = evidence(pairs[:1, :1], np.array([0]))
    assert np.isneginf(alone).all()
    together = evidence(pairs, np.array([0, 1]))
    assert np.allclose(together, np.log(0.1 / 0.9), atol=1e-4)


def test_a_group_model_learns_and_is_kept_as_it_is():
    rows = np.array([[2.0, 2, 1], [1.5, 1, 0], [-3, -3, -4], [-2, -3, -4]])
    model = GroupModel().fit(rows, np.array([True, True, False, False]))
    pairs, labels = pairs_of([3, 2])
    found = model.probabilities(pairs, labels)
    assert found.shape == (5, 2)
    assert (found.argmax(axis=1) == labels).all()
    again = GroupModel.from_json(model.to_json())
    assert (again.probabilities(pairs, labels) == found).all()
    assert again.probability(pairs[0, [1, 2]]) == pytest.approx(found[0, 0])
