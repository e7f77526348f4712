from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp import segment


def pieces(text):
    return [text[span.start : span.end] for span in segment(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Isoler les murs", ["Isoler les murs"]),
        ("- Isoler les murs\n- Des bus", ["Isoler les murs", "Des bus"]),
        ("1. Isoler\n2. Chauffer", ["Isoler", "Chauffer"]),
        (
            "Il faut 1) payer le trajet 2) avancer l'argent",
            ["Il faut", "payer le trajet", "avancer l'argent"],
        ),
        ("Des bus le soir, et aussi des taxis", ["Des bus le soir", "des taxis"]),
        ("Un premier point\n\nUn second point", ["Un premier point", "Un second point"]),
        ("Isoler les murs ; payer le fuel", ["Isoler les murs", "payer le fuel"]),
        ("Ouvrir à 8.30, soit 1.5 km plus loin", ["Ouvrir à 8.30, soit 1.5 km plus loin"]),
        ("Merci ;)", ["Merci ;)"]),
        ("   ", []),
    ],
)
def test_proposals_are_told_apart(text, expected):
    assert pieces(text) == expected


@given(st.text(alphabet="ab1) .;-\n•,(éà", max_size=200))
def test_spans_are_ordered_disjoint_and_inside(text):
    spans = segment(text)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert bool(spans) == bool(text.strip())


def test_a_huge_text_is_read_in_one_pass():
    for pattern in ("- ", "1) ", ";", "\n\n", ", et aussi ", "(a) "):
        assert segment(pattern * (100_000 // len(pattern)) + "fin du texte")
