import subprocess
import sys
from dataclasses import FrozenInstanceError

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp import Feedback, Options, analyse, explain
from nlp.analysis import Stage, explain_all
from nlp.encoders import embed
from nlp.results import Isolation
from tests.nonempty import some

HOUSING = ["Rénover les logements", "Isoler les logements anciens", "Rénover les vieux logements"]
BUSES = ["Plus de bus le soir", "Des bus le dimanche", "Prolonger les lignes de bus le soir"]
TEXTS = [*HOUSING, *BUSES]
WORDS = [
    "logement",
    "bus",
    "santé",
    "école",
    "vélo",
    "emploi",
    "isoler",
    "créer",
    "soutenir",
    "développer",
    "jeunes",
    "🌱",
    "你好",
]
texts_strategy = st.lists(
    st.lists(st.sampled_from(WORDS), max_size=5).map(" ".join), min_size=1, max_size=25
)


@settings(max_examples=40, deadline=None)
@given(texts_strategy)
def test_every_text_is_in_exactly_one_cluster_or_isolated(texts):
    result = analyse(texts)
    members = [i for cluster in result.clusters for i in cluster.members]
    assert sorted([*members, *result.isolated]) == list(range(len(texts)))
    assert all(
        result.labels[i] == c for c, cluster in enumerate(result.clusters) for i in cluster.members
    )


@settings(max_examples=25, deadline=None)
@given(texts_strategy)
def test_clusters_come_by_size_with_distinct_titles_and_one_family(texts):
    result = analyse(texts)
    order = [(-cluster.size, min(cluster.members)) for cluster in result.clusters]
    assert order == sorted(order)
    titles = [cluster.title.lower() for cluster in result.clusters]
    assert len(set(titles)) == len(titles)
    assert all(titles)
    placed = sorted(c for family in result.families for c in family.clusters)
    assert placed == list(range(len(result.clusters)))
    assert all(cluster.size >= Options().min_cluster_size for cluster in result.clusters)


def test_subjects_are_told_apart():
    result = analyse(TEXTS, options=Options(granularity=2))
    assert {frozenset(c.members) for c in result.clusters} == {
        frozenset({0, 1, 2}),
        frozenset({3, 4, 5}),
    }


@pytest.mark.parametrize(
    "texts",
    [
        ["seul"],
        [""],
        ["", "   "],
        ["pareil"] * 4,
        ["un", "deux", "trois"],
        ["mot " * 2500, "court", "autre chose"],
        ["🌱", "🌱🌱", "🎉🎉🎉", "🔥"],
        ["我们需要更多的公共汽车", "更多公共汽车", "Больше автобусов", "حافلات أكثر"],
        ["\x00", "\n", "...", "???"],
    ],
    ids=["one", "blank", "blanks", "same", "words", "long", "emoji", "scripts", "signs"],
)
def test_any_text_is_a_valid_input(texts):
    result = analyse(texts)
    assert len(result.labels) == len(texts)
    assert np.isfinite(result.coordinates).all()
    assert all(cluster.title.replace("\u00a0", " ").isprintable() for cluster in result.clusters)


def test_the_same_input_gives_the_same_fingerprint_and_another_input_another():
    first = analyse(TEXTS)
    assert analyse(list(TEXTS)) == first
    assert analyse(TEXTS[:-1]) != first
    assert analyse(TEXTS, options=Options(seed=1)) != first
    assert analyse(TEXTS, feedback=Feedback(isolated={0})) != first


def test_the_fingerprint_does_not_depend_on_the_process_or_its_threads():
    code = f"from nlp import analyse; print(analyse({TEXTS!r}).fingerprint)"
    for threads in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            env={"OPENBLAS_NUM_THREADS": threads, "OMP_NUM_THREADS": threads},
        )
        assert done.stdout.strip() == analyse(TEXTS).fingerprint


def test_given_vectors_change_nothing_but_the_time():
    vectors = embed(TEXTS)
    before = vectors.copy()
    assert analyse(TEXTS, embeddings=vectors) == analyse(TEXTS)
    assert (vectors == before).all()


def test_the_result_is_read_only():
    result = analyse(TEXTS)
    for array in (result.labels, result.confidence, result.coordinates):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0
    with pytest.raises(FrozenInstanceError):
        result.fingerprint = "x"


def test_numbers_stay_in_their_bounds():
    result = analyse(TEXTS)
    assert ((result.confidence >= 0) & (result.confidence <= 1)).all()
    assert (np.abs(result.coordinates) <= 1).all()
    assert all(0 <= cluster.cohesion <= 1 for cluster in result.clusters)


def test_the_same_words_are_one_point_and_every_voice_counts():
    result = analyse([*TEXTS, "rénover  les logements !"])
    assert (0, 6) in result.duplicates
    assert result.labels[0] == result.labels[6] >= 0


def test_an_idea_like_no_other_is_isolated_and_kept():
    result = analyse([*HOUSING * 2, *BUSES * 2, "Apprendre le théorème de Pythagore aux poulpes"])
    assert 12 in result.isolated
    assert result.confidence[12] == 0


def test_progress_goes_forward_to_the_end():
    seen = []
    analyse(TEXTS, progress=lambda fraction, stage: seen.append((fraction, str(stage))))
    assert [fraction for fraction, _ in seen] == sorted(fraction for fraction, _ in seen)
    themes = [stage for stage in Stage if stage is not Stage.COMPARING]
    assert [stage for _, stage in seen] == [stage.value for stage in themes]
    assert seen[-1] == (1.0, "done")


def test_summaries_quote_exactly():
    texts = [f"{text}. Vraiment !" for text in TEXTS]
    for cluster in some(analyse(texts).clusters):
        assert cluster.summary
        for sentence in cluster.summary:
            assert texts[sentence.text][sentence.start : sentence.end] == sentence.quote
            assert sentence.text in cluster.members


def test_no_text_and_wrong_vectors_are_refused():
    with pytest.raises(ValueError, match="at least one"):
        analyse([])
    with pytest.raises(ValueError, match="embeddings"):
        analyse(TEXTS, embeddings=np.zeros((2, 1024), dtype=np.float32))
    with pytest.raises(ValueError, match="finite"):
        analyse(TEXTS, embeddings=np.full((6, 1024), np.nan, dtype=np.float32))


def test_an_explanation_is_made_of_the_text_s_own_words():
    result = analyse(TEXTS, options=Options(granularity=2))
    assert "logements" in explain(result, 0)
    assert "rénover" in explain(result, 0)
    assert explain(analyse(["seul"]), 0) == ()
    with pytest.raises(IndexError):
        explain(result, 6)


def test_all_explanations_are_those_of_each_text():
    result = analyse(TEXTS, options=Options(granularity=2))
    every = explain_all(result)
    assert every == tuple(explain(result, i) for i in range(len(TEXTS)))
    assert any(every)


@pytest.mark.parametrize("encoder", ["hybrid", "lexical", "semantic"])
def test_every_encoder_groups(encoder):
    assert len(analyse(TEXTS, options=Options(encoder=encoder, granularity=2)).clusters) == 2


@settings(max_examples=40, deadline=None)
@given(texts_strategy, st.randoms(use_true_random=False))
def test_who_speaks_first_changes_nothing_but_the_numbers(texts, random):
    order = list(range(len(texts)))
    random.shuffle(order)
    before, after = analyse(texts), analyse([texts[i] for i in order])
    groups = {frozenset(cluster.members) for cluster in before.clusters}
    moved = {frozenset(order[i] for i in cluster.members) for cluster in after.clusters}
    assert moved == groups
    assert {order[i] for i in after.isolated} == set(before.isolated)


def test_what_is_given_is_left_as_it_was():
    texts, vectors = list(TEXTS), embed(TEXTS)
    kept = vectors.copy()
    analyse(texts, embeddings=vectors)
    assert texts == TEXTS
    assert (vectors == kept).all()


def test_an_idea_that_stands_alone_says_why():
    texts = [*TEXTS, "Le prix du timbre-poste"]
    decided = Feedback(isolated={0}, groups={"bus": [3, 4]}, apart={(5, 3)})
    result = analyse(texts, feedback=decided)
    assert set(result.isolation) == set(result.isolated)
    assert result.isolation[0] is Isolation.DECIDED
    assert set(result.isolation.values()) <= set(Isolation)
    few = analyse(["un bus le soir", "un bus le matin"], options=Options(min_cluster_size=3))
    assert set(few.isolation.values()) == {Isolation.FEW}
    alone = analyse(["Le prix du timbre", "🌱", "du pain frais", "le vélo cargo partagé"])
    assert Isolation.DISTANT in alone.isolation.values()
