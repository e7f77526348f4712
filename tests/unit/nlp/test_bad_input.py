"""Whatever is given: a documented result, or an exception that names the position."""

import sys
from collections import Counter

import numpy as np
import pytest

from nlp import (
    Feedback,
    Options,
    agreement,
    analyse,
    exceptions,
    find_personal_data,
    segment,
    similar,
)
from nlp.encoders import DIMENSIONS, embed
from nlp.exceptions import (
    AgreementError,
    ContradictoryFeedbackError,
    EmbeddingsError,
    NlpError,
    OptionsError,
    TextError,
)

TWO = ["un bus le soir", "des soins de proximité"]
MEGABYTE = 1_000_000


@pytest.mark.parametrize(
    "texts",
    [
        ["\ud800 des bus", "des bus", "\udfff"],
        ["\x00des bus\x1b[0m", "\x7f", "des bus"],
        ["", " ", "\u200b", "\n"],
        ["des bus"] * 40,
        ["автобус вечером", "الحافلة مساء", "晚上的公交车", "🚌🚌"],
        ["a" * MEGABYTE, "." * MEGABYTE, "il faut des bus " * (MEGABYTE // 16), "un bus"],
    ],
    ids=["surrogates", "controls", "blank", "identical", "scripts", "megabytes"],
)
def test_any_string_is_a_text(texts):
    result = analyse(texts)
    placed = [i for cluster in result.clusters for i in cluster.members]
    assert sorted([*placed, *result.isolated]) == list(range(len(texts)))
    assert all(cluster.title for cluster in result.clusters)


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        ([], "at least one"),
        ("des bus", "single"),
        (["des bus", None], "text 1 is not a string: NoneType"),
        ([b"des bus"], "text 0 is not a string: bytes"),
    ],
)
def test_what_is_no_text_is_named_by_its_position(texts, said):
    with pytest.raises(TextError, match=said):
        analyse(texts)


def not_finite(value):
    vectors = embed(TWO)
    vectors[1, 7] = value
    return vectors


@pytest.mark.parametrize(
    ("vectors", "said"),
    [
        (not_finite(np.nan), "row 1"),
        (not_finite(np.inf), "row 1"),
        (np.zeros((1, DIMENSIONS)), r"need \(2, 1024\), got \(1, 1024\)"),
        (np.zeros((2, 3)), r"got \(2, 3\)"),
        (np.zeros(DIMENSIONS), r"got \(1024,\)"),
        ([["bus"], ["soins"]], "not an array of numbers"),
    ],
)
def test_vectors_that_cannot_be_used_are_refused(vectors, said):
    with pytest.raises(EmbeddingsError, match=said):
        analyse(TWO, embeddings=vectors)
    with pytest.raises(EmbeddingsError, match=said):
        similar("un bus", TWO, vectors)


def test_null_vectors_leave_everyone_alone():
    assert analyse(TWO, embeddings=np.zeros((2, DIMENSIONS))).isolated == (0, 1)


@pytest.mark.parametrize("position", [-1, 2, 0.5])
def test_a_decision_about_no_text_is_refused(position):
    with pytest.raises(ContradictoryFeedbackError, match=str(position)):
        analyse(TWO, feedback=Feedback(groups={"g": [position]}))


def test_every_refusal_is_of_one_family():
    kinds = [kind for kind in vars(exceptions).values() if isinstance(kind, type)]
    assert len(kinds) > 1
    assert all(issubclass(kind, NlpError) for kind in kinds)
    assert issubclass(NlpError, ValueError)
    with pytest.raises(OptionsError):
        Options(granularity=0)
    with pytest.raises(AgreementError):
        agreement([0, 1], ["a"])


def work(function, text):
    """Count the calls that ``function`` makes, of Python and of C."""
    calls = Counter()
    sys.setprofile(lambda _frame, event, _argument: calls.update((event,)))
    try:
        function(text)
    finally:
        sys.setprofile(None)
    return calls["call"] + calls["c_call"]


@pytest.mark.parametrize("function", [segment, find_personal_data, lambda text: analyse([text])])
@pytest.mark.parametrize(
    "unit",
    [
        "1) ",
        "06 ",
        "Mme ",
        "a@",
        "rue ",
        "((",
        "l'",
        "et aussi ",
        "«",
        "\n",
        "ne pas ",
        "a, ",
        ". Et ",
    ],
)
def test_the_work_grows_no_faster_than_the_text(function, unit):
    function(unit)
    once, twice = (work(function, unit * length) for length in (2000, 4000))
    assert twice <= 2.2 * once + 1000
