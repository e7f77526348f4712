from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from nlp.summaries import sentences, summarise


@given(st.text(max_size=500))
def test_sentences_lie_in_the_text_in_order(text):
    found = sentences(text)
    assert all(0 <= start < end <= len(text) for start, end in found)
    assert all(a[1] <= b[0] for a, b in pairwise(found))


def test_a_summary_does_not_repeat_itself():
    texts = ["Isoler les logements.", "Isoler les logements !", "Aider les familles à payer."]
    chosen = summarise(texts, [0, 1, 2], {"isol": 1.0, "log": 1.0, "famill": 0.5, "pai": 0.1}, 3)
    assert [sentence.text for sentence in chosen] == [0, 2]
