import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.encoders import DIMENSIONS, SentenceEncoder, embed, encode, model_key
from nlp.lexical import LexicalEncoder, comparable

TEXTS = [
    "Rénover les logements",
    "des bus le soir",
    "",
    "🌱",
    "un texte plus long " * 30,
    "we need buses",
    "a",
]
ALL = embed(TEXTS)


@settings(max_examples=30)
@given(st.lists(st.integers(0, len(TEXTS) - 1), min_size=1, max_size=40))
def test_the_vector_of_a_text_does_not_depend_on_its_batch(rows):
    assert (embed([TEXTS[i] for i in rows]) == ALL[rows]).all()


def test_a_large_batch_changes_no_bit():
    many = [*TEXTS, *(f"Proposition numéro {i} pour la ville" * (1 + i % 9) for i in range(300))]
    assert (embed(many)[: len(TEXTS)] == ALL).all()


def test_vectors_are_unit_and_of_the_documented_kind():
    assert ALL.shape == (len(TEXTS), DIMENSIONS)
    assert ALL.dtype == np.float32
    assert np.linalg.norm(ALL, axis=1) == pytest.approx(1, abs=1e-3)
    assert embed([]).shape == (0, DIMENSIONS)


def test_languages_meet():
    french, english, other = embed(["il faut plus de bus", "we need more buses", "le prix du pain"])
    assert french @ english > french @ other


def test_the_key_names_the_encoder_and_its_version():
    name, version, driver = model_key().split("/")
    assert name
    assert version[0].isdigit()
    assert driver.isdigit()


def test_centring_takes_away_what_texts_share():
    encoder = SentenceEncoder().fit(TEXTS)
    assert encoder.transform(TEXTS).shape == (len(TEXTS), DIMENSIONS)
    assert np.abs(encoder.mean_).sum() > 0


def test_hybrid_is_meaning_beside_words():
    both = encode(TEXTS, encoder="hybrid", seed=0, embeddings=ALL)
    words = encode(TEXTS, encoder="lexical", seed=0, embeddings=None)
    assert both.shape[1] == DIMENSIONS + words.shape[1]


def test_words_of_one_family_are_compared_as_one():
    assert comparable("Les formations") == comparable("la formation")
    near, far = (
        LexicalEncoder()
        .fit(["des formations", "la formation", "un vélo"])
        .transform(["formations", "vélo"])
    )
    assert near @ far == pytest.approx(0, abs=1e-6)


def test_texts_without_a_word_have_null_vectors():
    assert not LexicalEncoder().fit_transform(["🌱", "..."]).any()
