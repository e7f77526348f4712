import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.clauses import clauses


def said(text):
    return [clause.words for clause in clauses(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Des bus. Et des trains !", ["Des bus", "Et des trains"]),
        ("- un abri\n- un banc", ["un abri", "un banc"]),
        ("1) créer un lieu 2) le chauffer", ["créer un lieu", "le chauffer"]),
        ("à 0.40 € du km", ["à 0.40 € du km"]),
        ("M. Le Goff passe", ["M. Le Goff passe"]),
        ("un lieu ouvert / une cuisine", ["un lieu ouvert", "une cuisine"]),
        ("un atelier couture / ourlets", ["un atelier couture / ourlets"]),
        ("Ouvrir le soir, sauf en août", ["Ouvrir le soir, sauf en août"]),
        ("des bus svp", ["des bus svp", "des bus"]),
        ("Pourquoi pas ?", ["Pourquoi pas ?"]),
        ("", []),
    ],
)
def test_a_clause_goes_up_to_its_punctuation(text, expected):
    assert said(text) == expected


def test_requests_of_a_list_are_clauses_of_their_own():
    assert said("créer un lieu, payer un gardien, ouvrir tôt")[1:] == [
        "créer un lieu",
        "payer un gardien",
        "ouvrir tôt",
    ]
    assert len(said("former vétérinaire, conseiller de banque")) == 1


def test_a_sanction_is_no_reason():
    assert len(said("réparer sous 48 h, sinon amende doublée")) == 1
    assert "réparer sous 48 h" in said("réparer sous 48 h, sinon on reste bloqués")


def test_what_somebody_answered_is_reported():
    found = {
        clause.words: clause.is_reported for clause in clauses("On m'a dit « non. Rappelez » !")
    }
    assert found["Rappelez"]


def test_what_stands_before_a_colon_leads():
    (whole, part, label) = clauses("Proposition : des bus")
    assert (whole.words, part.words, label.words) == (
        "Proposition : des bus",
        "des bus",
        "Proposition",
    )
    assert part.lead == "Proposition :"


@given(st.text(max_size=200))
def test_clauses_are_quoted_exactly(text):
    found = clauses(text)
    assert [text[one.start : one.end] for one in found] == [one.words for one in found]
