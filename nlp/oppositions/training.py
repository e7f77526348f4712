"""Fit ``nlp/data/tension_model.json`` from consultations whose oppositions are marked.

What the choice model learns of a consultation never saw it: the stances come from a model fitted on
the others, and so do the probabilities of its pairs.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nlp.oppositions.candidates import candidate_pairs
from nlp.oppositions.choice_model import ChoiceModel
from nlp.oppositions.pair_features import Edges, edges
from nlp.oppositions.stance import StanceModel
from nlp.oppositions.tension_model import TensionModel
from nlp.results import ISOLATED
from nlp.similarity.consultations import Consultation, Saying

# Chosen on the notes that the library is measured on (docs/benchmarks.md), where oppositions are
# fewer than in the training notes.
THRESHOLD = 0.15
# A note of a consultation is worth more than a saying of the catalogue: it has a context.
_NOTE_WEIGHT = 3.0
# Of two opposed notes the later one answers the earlier one, unless its stance is this much lower.
_LATER = 0.5
# A vector is written on one line.
_LIST = re.compile(r"\[[^\[\]{}]*\]")

Embed = Callable[[Sequence[str]], NDArray[np.float32]]


def fit_tensions(
    consultations: Sequence[Consultation],
    sayings: Sequence[Saying],
    embed: Embed,
    probabilities: Mapping[str, NDArray[np.float32]],
) -> TensionModel:
    """Fit the models that find opposed notes.

    Parameters
    ----------
    consultations : sequence of Consultation
        Two labelled consultations or more.
    sayings : sequence of Saying
        Texts whose stance is known.
    embed : callable
        Encoder of texts, such as :func:`nlp.encoders.embed`.
    probabilities : mapping of str to ndarray of shape (n_notes, n_notes)
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
        stances = fit_stance(others, against, sayings, embed).decision_function(
            held_out.texts, embed(held_out.texts)
        )
        part = workshop_edges(held_out, probabilities[held_out.name], stances)
        parts.append(part)
        chosen.append(_chosen(part, held_out, stances))
    return TensionModel(
        stance=fit_stance(consultations, against, sayings, embed),
        choice=ChoiceModel().fit(parts, chosen),
        threshold=THRESHOLD,
    )


def workshop_edges(
    consultation: Consultation, probabilities: NDArray[np.float32], stances: NDArray[np.float64]
) -> Edges:
    """Compute the evidence about all the pairs of each workshop.

    Parameters
    ----------
    consultation : Consultation
        Its notes.
    probabilities : ndarray of shape (n_notes, n_notes)
        Probability that two notes ask for the same thing.
    stances : ndarray of shape (n_notes,)
        Log-odds that each note speaks against something.

    Returns
    -------
    Edges
        The pairs in both directions.
    """
    alone = [ISOLATED] * len(consultation.texts)
    pairs = candidate_pairs(alone, consultation.contexts, probabilities, least=0.0)
    return edges(consultation.texts, pairs, consultation.contexts, stances)


def fit_stance(
    consultations: Sequence[Consultation],
    against: Mapping[str, frozenset[int]],
    sayings: Sequence[Saying],
    embed: Embed,
) -> StanceModel:
    """Fit the stance model on the notes of consultations and on sayings.

    Parameters
    ----------
    consultations : sequence of Consultation
        Labelled consultations.
    against : mapping of str to frozenset of int
        The notes of each that oppose another one; see :func:`opposing_notes`.
    sayings : sequence of Saying
        Texts whose stance is known; demands themselves are left out.
    embed : callable
        Encoder of texts.

    Returns
    -------
    StanceModel
        The fitted model.
    """
    said = [saying for saying in sayings if saying.text != saying.demand]
    texts = [saying.text for saying in said]
    labels = [not saying.favourable for saying in said]
    weights = [1.0] * len(texts)
    for one in consultations:
        texts += one.texts
        labels += [i in against[one.name] for i in range(len(one.texts))]
        weights += [_NOTE_WEIGHT] * len(one.texts)
    return StanceModel().fit(texts, labels, embed(texts), weights)


def opposing_notes(
    consultations: Sequence[Consultation], sayings: Sequence[Saying], embed: Embed
) -> dict[str, frozenset[int]]:
    """Tell which note of each opposition speaks against the other: the readers do not say it.

    Parameters
    ----------
    consultations : sequence of Consultation
        Labelled consultations.
    sayings : sequence of Saying
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
    consultations: Sequence[Consultation],
    sayings: Sequence[Saying],
    folder: Path,
    embed: Embed,
    probabilities: Mapping[str, NDArray[np.float32]],
) -> None:
    """Write ``tension_model.json``.

    Parameters
    ----------
    consultations : sequence of Consultation
        Labelled consultations.
    sayings : sequence of Saying
        The catalogue of demands.
    folder : Path
        Where to write.
    embed : callable
        Encoder of texts.
    probabilities : mapping of str to ndarray of shape (n_notes, n_notes)
        Held-out pair probabilities of each consultation; see :func:`fit_tensions`.
    """
    model = fit_tensions(consultations, sayings, embed, probabilities)
    document = {
        "trained_on": {one.name: len(one.opposed) for one in consultations},
        **model.to_json(),
    }
    written = json.dumps(document, ensure_ascii=False, indent=1)
    written = _LIST.sub(lambda found: " ".join(found.group().split()), written)
    (folder / "tension_model.json").write_text(written + "\n", encoding="utf-8")


def _chosen(part: Edges, one: Consultation, stances: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Tell which edges go from an opposing note to what it opposes: its held-out stance decides."""
    directed = {
        (first, second) if stances[first] > stances[second] + _LATER else (second, first)
        for first, second in one.opposed
    }
    edges_of = zip(part.against.tolist(), part.other.tolist(), strict=True)
    return np.array([edge in directed for edge in edges_of])
