import pytest

from nlp.alignment import Target, align

RIGHTS = Target("rights", ["droits", "démarches", "guichet unique"])
WORK = Target("work", ["emploi", "travail"])


def test_the_confidence_is_the_share_of_the_voices():
    texts = ["Simplifier les démarches", "Connaître ses droits", "Un travail", "Un café"]
    (first, second) = align(texts, [WORK, RIGHTS], threshold=0.2)
    assert (first.key, first.confidence) == ("rights", 0.5)
    assert first.words == ("droits", "démarches")
    assert (second.key, second.confidence) == ("work", 0.25)


def test_nothing_is_guessed_below_the_threshold():
    assert align(["Un travail", "Un café", "Une rue", "Un bal"], [WORK, RIGHTS]) == ()
    assert align([], [WORK]) == ()
    assert align(["Un café"], []) == ()


def test_a_voice_that_speaks_of_two_targets_is_shared():
    found = align(["Des droits au travail"], [WORK, RIGHTS])
    assert [one.confidence for one in found] == [0.5, 0.5]


def test_an_expression_needs_all_its_words_and_inflections_count():
    assert align(["Un guichet"], [RIGHTS]) == ()
    (found,) = align(["Des guichets uniques partout"], [RIGHTS])
    assert found.words == ("guichets", "uniques")


def test_past_decisions_teach_words_that_nobody_listed():
    transport = Target("transport", examples=["un bus le soir", "des bus plus tard"])
    food = Target("food", examples=["un marché bio", "des légumes au marché"])
    (found,) = align(["Le bus jusqu’au bourg", "Bus du dimanche"], [transport, food])
    assert found.key == "transport"
    assert "bus" in found.words


def test_one_target_alone_learns_nothing_from_its_examples():
    assert align(["le bus"], [Target("only", examples=["un bus"])]) == ()


def test_what_cannot_be_is_refused():
    with pytest.raises(ValueError, match="same key"):
        align(["a"], [WORK, WORK])
    with pytest.raises(ValueError, match="threshold"):
        align(["a"], [WORK], threshold=0)
