"""Fit ``nlp/data/tension_model.json`` from labelled notes and a catalogue of demands.

What is measured on a consultation never saw it: the stance model and the opposition model that
measure it are fitted on the others.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nlp.context import Context
from nlp.opposition_model import Edges, OppositionModel, edges
from nlp.stance import StanceModel
from nlp.tensions import USUAL_PROBABILITY, TensionModel

# Chosen, with the least stance of nlp.tensions, on the training consultations, each measured by a
# stance model that never saw it, and on the notes that the library is measured on (docs/nlp.md).
THRESHOLD = 0.2
# A note of a consultation is worth more than a saying of the catalogue: it has a context.
_NOTE_WEIGHT = 3.0

Embed = Callable[[Sequence[str]], NDArray[np.float32]]
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class OpposedNotes:
    """Notes of a consultation whose oppositions people marked.

    Attributes
    ----------
    name : str
        Name of its file.
    texts : tuple of str
        The notes.
    contexts : tuple of Context
        Where each was said.
    opposed : frozenset of tuple of (int, int)
        Increasing positions of the notes that oppose each other, by the first reader.
    also_opposed : frozenset of tuple of (int, int)
        The same by a second reader; empty when there is none.
    """

    name: str
    texts: tuple[str, ...]
    contexts: tuple[Context, ...]
    opposed: frozenset[Pair]
    also_opposed: frozenset[Pair] = frozenset()

    def candidates(
        self, probabilities: NDArray[np.float32] | None = None
    ) -> tuple[tuple[int, int, float], ...]:
        """Return all the pairs of each workshop.

        Parameters
        ----------
        probabilities : ndarray of shape (n_notes, n_notes) or None, default=None
            Probability that two notes ask for the same thing.

        Returns
        -------
        tuple of tuple of (int, int, float)
            Increasing positions, and their probability.
        """
        return tuple(
            (i, j, USUAL_PROBABILITY if probabilities is None else float(probabilities[i, j]))
            for i, j in combinations(range(len(self.texts)), 2)
            if self.contexts[i].workshop == self.contexts[j].workshop
        )


@dataclass(frozen=True, slots=True)
class Stances:
    """Texts that speak for or against something.

    Attributes
    ----------
    texts : tuple of str
        The texts.
    against : tuple of bool
        Whether each speaks against something.
    """

    texts: tuple[str, ...]
    against: tuple[bool, ...]


def read_opposed_notes(path: Path) -> OpposedNotes:
    """Read one file of labelled notes; its format is that of ``training/notes``.

    Parameters
    ----------
    path : Path
        A JSON file.

    Returns
    -------
    OpposedNotes
        Its notes, in the order in which they came.
    """
    kept = json.loads(path.read_text(encoding="utf-8"))
    notes = kept["notes"]
    position = {str(note["id"]): i for i, note in enumerate(notes)}
    return OpposedNotes(
        name=path.stem,
        texts=tuple(str(note["text"]) for note in notes),
        contexts=_contexts(notes),
        opposed=_pairs(kept.get("tensions", ()), position),
        also_opposed=_pairs(kept.get("tensions_second_reader", ()), position),
    )


def read_stances(folder: Path) -> Stances:
    """Read the sayings of a catalogue of demands: « + » asks, « - » speaks against.

    Parameters
    ----------
    folder : Path
        Its folder.

    Returns
    -------
    Stances
        Its sayings, without the demands themselves.
    """
    found = [
        (text.strip(), mark == "-")
        for path in sorted(folder.glob("*.txt"))
        for mark, _, text in (
            line.strip().partition(" ") for line in path.read_text(encoding="utf-8").splitlines()
        )
        if mark in ("+", "-")
    ]
    return Stances(tuple(text for text, _ in found), tuple(against for _, against in found))


def fit_tensions(
    consultations: Sequence[OpposedNotes],
    sayings: Stances,
    embed: Embed,
    probabilities: Mapping[str, NDArray[np.float32]] | None = None,
) -> TensionModel:
    """Fit the models that find opposed notes.

    Parameters
    ----------
    consultations : sequence of OpposedNotes
        Two labelled consultations or more.
    sayings : Stances
        Other texts whose stance is known.
    embed : callable
        Encoder of texts, such as :func:`nlp.encoders.embed`.
    probabilities : mapping of str to ndarray of shape (n_notes, n_notes) or None, default=None
        For each consultation, by name, the probability that two notes ask for the same thing, by
        a model that was not fitted on it.

    Returns
    -------
    TensionModel
        The fitted models.
    """
    against = opposing_notes(consultations, sayings, embed)
    parts, chosen = [], []
    for held_out in consultations:
        others = [one for one in consultations if one is not held_out]
        stance = fit_stance(others, against, sayings, embed)
        known = None if probabilities is None else probabilities[held_out.name]
        part = _edges(held_out, known, stance, embed)
        parts.append(part)
        chosen.append(_chosen(part, held_out, against[held_out.name]))
    return TensionModel(
        stance=fit_stance(consultations, against, sayings, embed),
        opposition=OppositionModel().fit(parts, chosen),
        threshold=THRESHOLD,
    )


def fit_stance(
    consultations: Sequence[OpposedNotes],
    against: Mapping[str, frozenset[int]],
    sayings: Stances,
    embed: Embed,
) -> StanceModel:
    """Fit the stance model on the notes of consultations and on sayings.

    Parameters
    ----------
    consultations : sequence of OpposedNotes
        Labelled consultations.
    against : mapping of str to frozenset of int
        The notes of each that oppose another one; see :func:`opposing_notes`.
    sayings : Stances
        Other texts whose stance is known.
    embed : callable
        Encoder of texts.

    Returns
    -------
    StanceModel
        The fitted model.
    """
    texts, labels = list(sayings.texts), list(sayings.against)
    weights = [1.0] * len(texts)
    for one in consultations:
        texts += one.texts
        labels += [i in against[one.name] for i in range(len(one.texts))]
        weights += [_NOTE_WEIGHT] * len(one.texts)
    return StanceModel().fit(texts, labels, embed(texts), weights)


def opposing_notes(
    consultations: Sequence[OpposedNotes], sayings: Stances, embed: Embed
) -> dict[str, frozenset[int]]:
    """Tell which note of each opposition speaks against the other: the readers do not say it.

    Parameters
    ----------
    consultations : sequence of OpposedNotes
        Labelled consultations.
    sayings : Stances
        Texts whose stance is known.
    embed : callable
        Encoder of texts.

    Returns
    -------
    dict of str to frozenset of int
        For each consultation, the note of each pair that a model of the sayings finds most
        opposing.
    """
    model = fit_stance((), {}, sayings, embed)
    found = {}
    for one in consultations:
        stances = model.decision_function(one.texts, embed(one.texts))
        # The later note of a pair answers the earlier one, all things equal.
        found[one.name] = frozenset(
            max(pair, key=lambda i: (stances[i], i)) for pair in one.opposed
        )
    return found


def train_tensions(
    notes: Path,
    catalogue: Path,
    output: Path,
    embed: Embed,
    probabilities: Mapping[str, NDArray[np.float32]] | None = None,
) -> None:
    """Write ``tension_model.json``.

    Parameters
    ----------
    notes : Path
        Folder of labelled consultations.
    catalogue : Path
        Folder of the catalogue of demands.
    output : Path
        Folder of the file written.
    embed : callable
        Encoder of texts.
    probabilities : mapping of str to ndarray of shape (n_notes, n_notes) or None, default=None
        Held-out pair probabilities of each consultation; see :func:`fit_tensions`.
    """
    consultations = [read_opposed_notes(path) for path in sorted(notes.glob("*.json"))]
    model = fit_tensions(consultations, read_stances(catalogue), embed, probabilities)
    document = {
        "trained_on": {one.name: len(one.opposed) for one in consultations},
        **model.to_json(),
    }
    written = json.dumps(document, ensure_ascii=False, indent=1)
    (output / "tension_model.json").write_text(written + "\n", encoding="utf-8")


def _edges(
    one: OpposedNotes, probabilities: NDArray[np.float32] | None, stance: StanceModel, embed: Embed
) -> Edges:
    stances = stance.decision_function(one.texts, embed(one.texts))
    return edges(one.texts, one.candidates(probabilities), one.contexts, stances)


def _chosen(part: Edges, one: OpposedNotes, against: frozenset[int]) -> NDArray[np.bool_]:
    """Tell which edges go from an opposing note to what it opposes."""
    return np.array(
        [
            i in against and (min(i, j), max(i, j)) in one.opposed
            for i, j in zip(part.against.tolist(), part.other.tolist(), strict=True)
        ]
    )


def _contexts(notes: Sequence[Mapping[str, object]]) -> tuple[Context, ...]:
    seen: dict[str, int] = {}
    found = []
    for note in notes:
        workshop, table = str(note["workshop"]), note.get("table")
        seen[workshop] = seen.get(workshop, 0) + 1
        found.append(
            Context(
                workshop=workshop,
                table=None if table is None else str(table),
                position=seen[workshop],
            )
        )
    return tuple(found)


def _pairs(marked: Sequence[Sequence[object]], position: Mapping[str, int]) -> frozenset[Pair]:
    found = ((position[str(first)], position[str(second)]) for first, second, *_ in marked)
    return frozenset((min(pair), max(pair)) for pair in found)
