import json

import numpy as np
import pytest

from nlp.encoders import embed
from nlp.exceptions import TrainingDataError
from nlp.oppositions.tension_model import TensionModel
from nlp.oppositions.training import opposing_notes, train_tensions
from nlp.similarity.consultations import read_catalogue, read_consultation
from nlp.tensions import candidate_pairs, tensions

ASKED = ("le bus", "la cantine", "le parc", "la piscine", "le marché", "la crèche", "le musée")
CATALOGUE = "".join(
    f"-- Ouvrir {thing} le soir\n+ Ouvrir {thing} plus tard\n+ il faudrait {thing} le soir\n"
    f"- Surtout pas {thing} le soir, non merci\n- Arrêtez avec {thing}, non\n"
    for thing in ASKED
)


def consultation(name, things):
    texts = [f"Ouvrir {thing} le dimanche" for thing in things]
    texts += [f"Surtout pas {thing} le dimanche, non merci" for thing in things]
    notes = [
        {"id": f"{name}{i}", "workshop": "w", "table": None, "text": text, "label": "g"}
        for i, text in enumerate(texts)
    ]
    pairs = [[f"{name}{i}", f"{name}{i + len(things)}", things[i]] for i in range(len(things))]
    return {"notes": notes, "tensions": pairs, "groups": {}}


@pytest.fixture
def labelled(tmp_path):
    found = []
    for name, things in (("a", ASKED[:3]), ("b", ASKED[3:])):
        path = tmp_path / f"{name}.json"
        written = json.dumps(consultation(name, things), ensure_ascii=False)
        path.write_text(written, encoding="utf-8")
        found.append(read_consultation(path))
    return found


@pytest.fixture
def sayings(tmp_path):
    (tmp_path / "all.txt").write_text(f"== Un sujet\n{CATALOGUE}", encoding="utf-8")
    return read_catalogue(tmp_path)


def chances(one):
    known = np.full((len(one.texts),) * 2, 0.1, dtype=np.float32)
    for i, j in one.opposed:
        known[i, j] = known[j, i] = 0.9
    return known


def test_consultations_are_read_with_their_oppositions(labelled):
    assert labelled[0].opposed == {(0, 3), (1, 4), (2, 5)}
    assert labelled[0].also_opposed == frozenset()


def test_an_opposition_of_an_unknown_note_is_refused(tmp_path):
    spoilt = {**consultation("a", ASKED[:3]), "tensions": [["a0", "nobody", "le bus"]]}
    path = tmp_path / "spoilt.json"
    path.write_text(json.dumps(spoilt), encoding="utf-8")
    with pytest.raises(TrainingDataError):
        read_consultation(path)


def test_the_note_that_refuses_is_the_one_that_opposes(labelled, sayings):
    assert opposing_notes(labelled, sayings, embed) == {"a": {3, 4, 5}, "b": {4, 5, 6, 7}}


def test_training_twice_writes_the_same_model_which_finds_what_it_learned(
    labelled, sayings, tmp_path
):
    known = {one.name: chances(one) for one in labelled}
    kept = []
    for _ in range(2):
        train_tensions(labelled, sayings, tmp_path, embed, known)
        kept.append((tmp_path / "tension_model.json").read_text(encoding="utf-8"))
    assert kept[0] == kept[1]
    written = json.loads(kept[0])
    assert written["trained_on"] == {"a": 3, "b": 4}
    assert written["choice"]["weights"]["probability"] > 0
    one = labelled[0]
    pairs = candidate_pairs([-1] * len(one.texts), one.contexts, known["a"])
    model = TensionModel.from_json(written)
    found = tensions(one.texts, pairs, contexts=one.contexts, vectors=embed(one.texts), model=model)
    assert {(t.first, t.second) for t in found} == one.opposed
