import json

import numpy as np
import pytest

from nlp.encoders import embed
from nlp.tension_training import (
    read_opposed_notes,
    read_stances,
    train_tensions,
)
from nlp.tensions import TensionModel, tensions
from tests.bench.oppositions import NOTES, labelled_notes, means, score, unknown

ASKED = ("le bus", "la cantine", "le parc", "la piscine", "le marché", "la crèche", "le musée")
CATALOGUE = "".join(
    f"-- Ouvrir {thing} le soir\n+ Ouvrir {thing} plus tard\n+ il faudrait {thing} le soir\n"
    f"- Surtout pas {thing} le soir, non merci\n- Arrêtez avec {thing}, non\n"
    for thing in ASKED
)


def consultation(name: str, things: tuple[str, ...]) -> dict[str, object]:
    texts = [f"Ouvrir {thing} le dimanche" for thing in things]
    texts += [f"Surtout pas {thing} le dimanche, non merci" for thing in things]
    notes = [
        {"id": f"{name}{i}", "workshop": "w", "table": None, "text": text, "label": "g"}
        for i, text in enumerate(texts)
    ]
    pairs = [[f"{name}{i}", f"{name}{i + len(things)}", things[i]] for i in range(len(things))]
    return {"notes": notes, "tensions": pairs, "groups": {}}


@pytest.fixture
def folders(tmp_path):
    notes, catalogue = tmp_path / "notes", tmp_path / "catalogue"
    notes.mkdir()
    catalogue.mkdir()
    for name, things in (("a", ASKED[:3]), ("b", ASKED[3:])):
        written = json.dumps(consultation(name, things), ensure_ascii=False)
        (notes / f"{name}.json").write_text(written, encoding="utf-8")
    (catalogue / "all.txt").write_text(f"== Un sujet\n{CATALOGUE}", encoding="utf-8")
    return notes, catalogue


def test_labelled_notes_are_read_with_their_oppositions(folders):
    notes = read_opposed_notes(folders[0] / "a.json")
    assert notes.opposed == {(0, 3), (1, 4), (2, 5)}
    assert [context.position for context in notes.contexts] == [1, 2, 3, 4, 5, 6]
    assert len(notes.candidates()) == 15


def test_sayings_are_for_a_demand_or_against_it(folders):
    sayings = read_stances(folders[1])
    assert len(sayings.texts) == 4 * len(ASKED)
    assert sum(sayings.against) == 2 * len(ASKED)


def test_training_twice_writes_the_same_model_which_finds_what_it_learned(folders, tmp_path):
    notes, catalogue = folders
    kept = []
    for _ in range(2):
        train_tensions(notes, catalogue, tmp_path, embed)
        kept.append((tmp_path / "tension_model.json").read_text(encoding="utf-8"))
    assert kept[0] == kept[1]
    model = TensionModel.from_json(json.loads(kept[0]))
    one = read_opposed_notes(notes / "a.json")
    found = tensions(
        one.texts,
        one.candidates(),
        contexts=one.contexts,
        vectors=embed(one.texts),
        model=model,
    )
    assert {(t.first, t.second) for t in found} == one.opposed


def test_probabilities_of_pairs_are_learned_from(folders, tmp_path):
    known = {}
    for name in ("a", "b"):
        one = read_opposed_notes(folders[0] / f"{name}.json")
        chances = np.full((len(one.texts),) * 2, 0.1, dtype=np.float32)
        for i, j in one.opposed:
            chances[i, j] = chances[j, i] = 0.9
        known[name] = chances
    train_tensions(*folders, tmp_path, embed, known)
    written = json.loads((tmp_path / "tension_model.json").read_text(encoding="utf-8"))
    assert written["trained_on"] == {"a": 3, "b": 4}
    assert written["opposition"]["weights"]["probability"] > 0


@pytest.mark.skipif(not NOTES.exists(), reason=f"the shared notes are not in {NOTES}")
def test_oppositions_of_real_workshops_are_found_better_than_before():
    # Floors below what is measured (docs/nlp.md), with the probabilities of pairs unknown.
    recall, precision = means([score(notes, unknown) for notes in labelled_notes()])
    assert recall >= 0.05
    assert precision >= 0.25
