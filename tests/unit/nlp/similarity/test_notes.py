"""Workshop notes from their words to their groups, with the models that ship."""

import json
import os
import platform
import subprocess
import sys
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp import Context, Feedback, Options, analyse, rank
from nlp.encoders import embed
from nlp.exceptions import ContextError, ModelError, TextError
from nlp.feedback import constraints, violations
from nlp.results import ISOLATED
from nlp.similarity.notes_model import NotesModel, notes_model
from nlp.similarity.ranking import Ranker
from tests.nonempty import some

BUS = (
    "Le dernier car part à 17 h 10, je finis à 18 h",
    "plus de bus le soir svp",
    "Un minibus pour rentrer de l'usine après la nuit",
)
DENTS = (
    "7 mois d'attente pour une carie",
    "Un camion dentaire qui passe dans les villages",
    "J'ai arraché ma molaire moi-même",
)
LETTERS = (
    "Les courriers de la CAF, on n'y comprend rien",
    "Écrire les lettres en français simple",
)
TEXTS = (*BUS, *DENTS, *LETTERS)
CONTEXTS = tuple(
    Context(workshop="w" if i < 3 else "x", position=i, table="1") for i in range(len(TEXTS))
)
VECTORS = embed(TEXTS)
STORY = (
    "Je vais vous raconter, c'était un mardi, il pleuvait, ma voisine m'avait gardé les "
    "enfants et j'étais partie de bonne heure avec le car de sept heures :"
)
KERNELS = ("Haswell", "Sandybridge", "Nehalem")


def test_notes_of_one_demand_meet_whatever_their_words():
    result = analyse(TEXTS, contexts=CONTEXTS)
    assert result.labels[0] == result.labels[1] == result.labels[2] >= 0
    assert result.labels[3] == result.labels[4] == result.labels[5] >= 0
    assert result.labels[0] != result.labels[3]


def test_where_a_note_was_said_counts():
    texts = [*TEXTS, "Pareil chez nous, on attend toujours"]
    pairs = []
    for workshop in ("w", "x"):
        contexts = [*CONTEXTS, Context(workshop=workshop, position=9, table="1")]
        pairs.append(Ranker().fit(texts, contexts=contexts).pairs_[-1])
    assert pairs[0][:3].sum() > pairs[1][:3].sum()
    assert pairs[0][3:-1].sum() < pairs[1][3:-1].sum()


def test_precision_and_confidence_are_probabilities():
    result = analyse(TEXTS, contexts=CONTEXTS)
    for cluster in result.clusters:
        members = list(cluster.members)
        assert cluster.precision == pytest.approx(result.confidence[members].mean(), abs=1e-5)
        assert 0 < cluster.precision <= 1
    themes = analyse(["Des bus", "Des bus le soir", "Un vélo", "Des vélos"])
    assert {cluster.precision for cluster in themes.clusters} == {None}  # they are not measured


def test_the_order_of_the_notes_changes_nothing():
    order = [7, 0, 4, 2, 6, 1, 5, 3]
    one = analyse(TEXTS, contexts=CONTEXTS)
    other = analyse([TEXTS[i] for i in order], contexts=[CONTEXTS[i] for i in order])
    same = one.labels[order]
    assert ((same[:, None] == same[None]) == (other.labels[:, None] == other.labels[None])).all()


def test_the_fingerprint_tells_contexts_apart():
    one = analyse(TEXTS, contexts=CONTEXTS, embeddings=VECTORS)
    assert one == analyse(TEXTS, contexts=CONTEXTS, embeddings=VECTORS)
    other = [Context(workshop="w")] * len(TEXTS)
    assert one != analyse(TEXTS, contexts=other, embeddings=VECTORS)


@pytest.mark.parametrize("text", ["", "🌱", "!!!", "x" * 10_000, "مرحبا", "\x00\ud800", "non"])
def test_any_text_is_valid_among_notes(text):
    texts = [*TEXTS, text, text]
    contexts = [*CONTEXTS, Context(workshop="w"), Context()]
    result = analyse(texts, contexts=contexts)
    assert len(result.labels) == len(texts)
    assert np.isfinite(result.confidence).all()


def test_one_note_is_valid():
    result = analyse(["Un bus"], contexts=[Context(workshop="w")])
    assert result.labels.tolist() == [ISOLATED]


@pytest.mark.parametrize("contexts", [CONTEXTS[:2], ["w"] * len(TEXTS)])
def test_there_is_one_context_for_each_text(contexts):
    with pytest.raises(ContextError, match="one Context for each of 8 texts"):
        analyse(TEXTS, contexts=contexts)


def test_notes_without_a_known_workshop_are_grouped_on_demand():
    result = analyse(TEXTS, options=Options(grouping="notes"))
    assert result.labels[3] == result.labels[4] >= 0
    assert result.labels[6] == result.labels[7] >= 0
    assert result.clusters[0].precision is not None


@st.composite
def decisions(draw):
    """Decisions that do not exclude each other, over the notes."""
    order = draw(st.permutations(range(len(TEXTS))))
    cuts = sorted(draw(st.lists(st.integers(0, 6), min_size=2, max_size=3)))
    groups = {f"g{n}": order[start:end] for n, (start, end) in enumerate(pairwise(cuts))}
    group_of = {i: name for name, members in groups.items() for i in members}
    positions = st.integers(0, len(TEXTS) - 1)
    apart = {
        (i, j)
        for i, j in draw(st.lists(st.tuples(positions, positions), max_size=4))
        if i != j and (i not in group_of or group_of[i] != group_of.get(j))
    }
    accepted = {name for name in groups if draw(st.booleans())}
    return Feedback(groups=groups, accepted=accepted, apart=apart, isolated=order[7:])


@settings(max_examples=60)
@given(decisions())
def test_no_human_decision_about_notes_is_ever_violated(feedback):
    result = analyse(TEXTS, contexts=CONTEXTS, feedback=feedback, embeddings=VECTORS)
    assert violations(result.labels.tolist(), constraints(feedback, len(TEXTS))) == ()
    for suggestion in result.suggestions:
        assert suggestion.group in feedback.accepted


def test_a_late_note_is_suggested_to_the_group_it_belongs_to():
    texts = [*TEXTS, "Toujours pas de dentiste, 8 mois d'attente pour une dent"]
    contexts = [*CONTEXTS, Context(workshop="x", position=20)]
    feedback = Feedback(groups={"dents": [3, 4, 5]}, accepted={"dents"})
    result = analyse(texts, contexts=contexts, feedback=feedback)
    assert (8, "dents") in {(s.text, s.group) for s in result.suggestions}
    best = max(result.suggestions, key=lambda s: s.confidence)
    assert best.text == 8
    assert 0.35 < best.confidence <= 1


def test_groups_are_ranked_for_a_note():
    groups = {"bus": BUS, "dents": DENTS, "lettres": LETTERS, "vide": ()}
    found = rank("Une molaire arrachée faute de dentiste", groups)
    assert next(name for name, _ in found) == "dents"
    assert {name for name, _ in found} == {"bus", "dents", "lettres"}
    assert [p for _, p in found] == sorted((p for _, p in found), reverse=True)
    assert rank("Un bus", {}) == []


def test_a_placement_teaches_the_rank_of_the_next_note():
    texts = [*TEXTS, "La Poste a fermé", "Plus de guichet de poste au village"]
    ranker = Ranker().fit(texts)
    before = dict(ranker.rank(9, {"lettres": [6, 7], "bus": [0]}))
    after = dict(ranker.rank(9, {"lettres": [6, 7], "bus": [0, 8]}))
    assert after["bus"] > before["bus"]
    assert after["lettres"] == before["lettres"]


def test_a_group_has_one_context_for_each_member():
    with pytest.raises(TextError, match="'bus'"):
        rank("Un bus", {"bus": BUS}, contexts={"bus": [Context()]})


def test_length_and_style_do_not_decide():
    """The same demand shouted, whispered or told at length stays nearest to its group."""
    ways = (
        "UN DENTISTE !!!",
        "un dentiste",
        f"{STORY} au bout de la route, toujours pas de dentiste, il a pris sa retraite.",
    )
    for text in some(ways):
        assert rank(text, {"bus": BUS, "dents": DENTS, "lettres": LETTERS})[0][0] == "dents"


def test_weights_of_another_version_are_refused():
    kept = notes_model().to_json()
    assert NotesModel.from_json(json.loads(json.dumps(kept))).limits == notes_model().limits
    with pytest.raises(ModelError, match="format"):
        NotesModel.from_json({**kept, "format": 0})
    pairs = {**kept["pairs"], "inside": {"intercept": 0, "coefficients": {}}}
    with pytest.raises(ModelError, match="another version"):
        NotesModel.from_json({**kept, "pairs": pairs})


@pytest.mark.skipif(platform.machine() not in {"x86_64", "AMD64"}, reason="x86 kernels only")
def test_the_partition_is_the_same_on_every_processor():
    code = (
        "import json, sys; from nlp import Context, analyse\n"
        "texts, places = json.load(sys.stdin)\n"
        "a = analyse(texts, contexts=[Context(**c) for c in places])\n"
        "print(json.dumps([a.labels.tolist(), [c.title for c in a.clusters]]))"
    )
    places = [{"workshop": c.workshop, "position": c.position, "table": c.table} for c in CONTEXTS]
    given_text = json.dumps([TEXTS, places])
    found = set()
    for kernel in KERNELS:
        done = subprocess.run(
            [sys.executable, "-c", code],
            input=given_text,
            env={**os.environ, "OPENBLAS_CORETYPE": kernel},
            capture_output=True,
            text=True,
            check=True,
        )
        found.add(done.stdout)
    assert len(found) == 1
