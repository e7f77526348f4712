import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp import Feedback, analyse
from nlp.encoders import embed
from nlp.feedback import ContradictoryFeedbackError, constraints, violations

TEXTS = [
    f"{act} {thing}"
    for act in ("Rénover", "Financer", "Ouvrir", "Simplifier")
    for thing in ("les logements", "les bus", "les crèches", "les démarches", "les soins")
]
VECTORS = embed(TEXTS)
N = len(TEXTS)


@st.composite
def histories(draw):
    """Decisions that do not exclude each other, over random texts."""
    order = draw(st.permutations(range(N)))
    sizes = draw(st.lists(st.integers(0, 4), max_size=4))
    groups, used = {}, 0
    for number, size in enumerate(sizes):
        groups[f"g{number}"] = order[used : used + size]
        used += size
    isolated = order[used : used + draw(st.integers(0, 2))]
    group_of = {i: name for name, members in groups.items() for i in members}
    pairs = draw(st.lists(st.tuples(st.integers(0, N - 1), st.integers(0, N - 1)), max_size=8))
    apart = {
        (i, j)
        for i, j in pairs
        if i != j and not (i in group_of and group_of[i] == group_of.get(j))
    }
    accepted = {name for name in groups if draw(st.booleans())}
    return Feedback(groups=groups, accepted=accepted, apart=apart, isolated=isolated)


@settings(max_examples=1000)
@given(histories())
def test_no_human_decision_is_ever_violated(feedback):
    result = analyse(TEXTS, feedback=feedback, embeddings=VECTORS)
    assert violations(result.labels.tolist(), constraints(feedback, N)) == ()
    origins = {c.origin: set(c.members) for c in result.clusters if c.origin is not None}
    assert set(origins) == {name for name, group in feedback.groups.items() if group}
    for name, members in origins.items():
        assert members >= set(feedback.groups[name])
        assert name not in feedback.accepted or members == set(feedback.groups[name])
    accepted_members = {i for name in feedback.accepted for i in feedback.groups[name]}
    for suggestion in result.suggestions:
        assert suggestion.group in feedback.accepted
        assert suggestion.text not in accepted_members


def test_a_new_text_joins_an_accepted_group_only_as_a_suggestion():
    feedback = Feedback(groups={"logement": [0, 5, 10]}, accepted={"logement"})
    result = analyse(TEXTS, feedback=feedback, embeddings=VECTORS)
    cluster = next(c for c in result.clusters if c.origin == "logement")
    assert sorted(cluster.members) == [0, 5, 10]
    assert 15 in {suggestion.text for suggestion in result.suggestions}
    assert (result.confidence[[0, 5, 10]] == 1).all()


def test_an_open_group_attracts_the_texts_that_resemble_it():
    result = analyse(TEXTS, feedback=Feedback(groups={"bus": [1, 6, 11]}), embeddings=VECTORS)
    assert 16 in next(c for c in result.clusters if c.origin == "bus").members


def test_two_identical_texts_may_be_separated():
    texts = ["Plus de bus", "Plus de bus", "Des trains", "Des trains le soir"]
    result = analyse(texts, feedback=Feedback(apart={(0, 1)}))
    assert result.labels[0] != result.labels[1] or result.labels[0] == -1


@pytest.mark.parametrize(
    ("feedback", "said"),
    [
        (Feedback(groups={"a": [0, 1], "b": [1]}), "two groups"),
        (Feedback(groups={"a": [0, 1]}, apart={(1, 0)}), "apart and together"),
        (Feedback(groups={"a": [0]}, isolated={0}), "isolated and in a group"),
        (Feedback(apart={(2, 2)}), "apart from itself"),
        (Feedback(accepted={"a"}), "do not exist"),
        (Feedback(isolated={N}), "no text"),
        (Feedback(groups={"a": [-1]}), "no text"),
    ],
)
def test_a_contradiction_is_refused_and_explained(feedback, said):
    with pytest.raises(ContradictoryFeedbackError, match=said):
        analyse(TEXTS, feedback=feedback, embeddings=VECTORS)


def test_violations_are_seen():
    checked = constraints(
        Feedback(groups={"a": [0, 1], "b": [2]}, accepted={"b"}, apart={(0, 3)}, isolated={4}), 5
    )
    assert violations([0, 0, 1, 2, -1], checked) == ()
    assert len(violations([0, 1, 0, 0, 0], checked)) == 5
