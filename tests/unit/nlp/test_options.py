import pytest

from nlp import Options


@pytest.mark.parametrize(
    "wrong",
    [
        {"encoder": "magic"},
        {"granularity": 0},
        {"min_cluster_size": 0},
        {"max_clusters": 1},
        {"n_keywords": 0},
    ],
    ids=str,
)
def test_an_option_that_cannot_be_honoured_is_refused(wrong):
    with pytest.raises(ValueError, match=r"encoder|granularity|min_cluster_size|n_keywords"):
        Options(**wrong)
