"""The words that tie a text to its group weigh as they do among the other members."""

from hypothesis import given
from hypothesis import strategies as st

from nlp.keywords import tying_words, vocabulary, weights
from tests.nonempty import some

WORDS = ["bus", "dimanche", "logement", "isoler", "guichet", "marché"]
texts = st.lists(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join), min_size=1, max_size=12
)


@given(texts, st.data())
def test_the_ties_of_a_text_are_weighed_among_the_others(said, data):
    known = vocabulary(said)
    members = data.draw(st.lists(st.sampled_from(range(len(said))), min_size=1, unique=True))
    found = tying_words(known, members, members)
    for i in some(members):
        others = [member for member in members if member != i]
        weighed = weights(known, others) if others else {}
        ties = [(stem, word) for stem, word in known.words[i] if stem in weighed]
        ties.sort(key=lambda pair: (-weighed[pair[0]], pair[1]))
        assert found[i] == tuple(word for _, word in ties)
