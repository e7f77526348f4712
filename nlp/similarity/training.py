"""Fit the model files of ``nlp/data`` from the labelled notes and the catalogue of demands.

What is measured on a consultation never saw it: the subject space, the pair model and the group
models that measure it are fitted on the others.
"""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nlp.similarity.consultations import Consultation, Saying
from nlp.similarity.group_model import GroupModel, cases, evidence
from nlp.similarity.notes_model import Limits, NotesModel, attractions
from nlp.similarity.pair_clustering import PairClusterer
from nlp.similarity.pair_model import PairModel
from nlp.similarity.preparation import (
    EmbeddingMemo,
    Pairs,
    Prepared,
    Say,
    fit_concepts,
    fit_demands,
    prepare_all,
)
from nlp.similarity.subject_space import Floats

# docs/decisions/0041 says among which. LIMITS: best AMI of the training consultations, each read by
# models of the others. BARE_LIMITS: best of the measured sets.
LIMITS = Limits(threshold=0.12, least_attraction=0.2)
BARE_LIMITS = Limits(threshold=0.1, least_attraction=0.1)

_ALONE = "alone-"


def held_out_probabilities(prepared: Sequence[Prepared]) -> list[Floats]:
    """Return the probabilities of the pairs of each consultation, by a model fitted on the others.

    Parameters
    ----------
    prepared : sequence of Prepared
        Training consultations.

    Returns
    -------
    list of ndarray of shape (n_notes, n_notes)
        One for each consultation.
    """
    held_out = []
    for one in prepared:
        model = fit_pairs([other.pairs for other in prepared if other is not one])
        own = np.arange(len(one.consultation.texts))
        found = model.probabilities(one.known.notes, one.known, own)
        held_out.append(np.maximum(found, found.T))
    return held_out


def fit_models(prepared: Sequence[Prepared], held_out: Sequence[Floats]) -> NotesModel:
    """Fit the pair models, then what is built on their held-out probabilities.

    Parameters
    ----------
    prepared : sequence of Prepared
        Training consultations.
    held_out : sequence of ndarray of shape (n_notes, n_notes)
        Result of :func:`held_out_probabilities`.

    Returns
    -------
    NotesModel
        Every fitted model.
    """
    labels = [one.consultation.labels for one in prepared]
    return NotesModel(
        pairs=fit_pairs([one.pairs for one in prepared]),
        bare_pairs=fit_pairs([one.bare for one in prepared]),
        ranking=fit_ranking(held_out, labels),
        placement=fit_placement(held_out, labels),
        limits=LIMITS,
        bare_limits=BARE_LIMITS,
    )


def fit_pairs(parts: Sequence[Pairs]) -> PairModel:
    """Fit a pair model on the pairs of several consultations.

    Parameters
    ----------
    parts : sequence of Pairs
        Their pairs.

    Returns
    -------
    PairModel
        The fitted model.
    """
    return PairModel().fit(
        np.concatenate([part.X for part in parts]),
        np.concatenate([part.y for part in parts]),
        np.concatenate([part.inside for part in parts]),
    )


def fit_ranking(probabilities: Sequence[Floats], labels: Sequence[Sequence[str]]) -> GroupModel:
    """Fit the model that ranks the groups a note may join, on hand groups.

    Parameters
    ----------
    probabilities : sequence of ndarray of shape (n_notes, n_notes)
        Held-out pair probabilities of each consultation.
    labels : sequence of sequence of str
        Their hand groups.

    Returns
    -------
    GroupModel
        The fitted model.
    """
    found = [
        cases(pairs, known, [label for label in known if label.startswith(_ALONE)])
        for pairs, known in zip(probabilities, labels, strict=True)
    ]
    return GroupModel().fit(
        np.concatenate([rows for rows, _ in found]), np.concatenate([y for _, y in found])
    )


def fit_placement(probabilities: Sequence[Floats], labels: Sequence[Sequence[str]]) -> GroupModel:
    """Fit the probability that a note is rightly in the group where the machine put it.

    A note is rightly placed when its hand group is the most frequent one of the machine's group.

    Parameters
    ----------
    probabilities : sequence of ndarray of shape (n_notes, n_notes)
        Held-out pair probabilities of each consultation.
    labels : sequence of sequence of str
        Their hand groups.

    Returns
    -------
    GroupModel
        The fitted model.
    """
    rows, right = [], []
    for pairs, known in zip(probabilities, labels, strict=True):
        hand = np.array(known)
        found = _labels(pairs)
        for group in np.unique(found):
            members = np.flatnonzero(found == group)
            if len(members) > 1:
                rows.append(evidence(pairs, members)[members])
                right.append(hand[members] == _most_frequent(hand[members]))
    return GroupModel().fit(np.concatenate(rows), np.concatenate(right))


def _labels(pairs: Floats) -> NDArray[np.int64]:
    """Group notes, those that attract nobody each in a group of its own."""
    inside = np.flatnonzero(attractions(pairs) >= LIMITS.least_attraction)
    labels = np.arange(len(pairs)) + len(pairs)
    if len(inside):
        labels[inside] = PairClusterer(LIMITS.threshold).fit(pairs[np.ix_(inside, inside)]).labels_
    return labels


def train(
    consultations: Sequence[Consultation],
    catalogue: Sequence[Saying],
    folder: Path,
    say: Say,
) -> dict[str, Floats]:
    """Write ``demands.npz``, ``concepts.npz`` and ``notes_model.json``.

    Parameters
    ----------
    consultations : sequence of Consultation
        Labelled notes.
    catalogue : sequence of Saying
        The sayings of known demands.
    folder : Path
        Where to write.
    say : callable
        Told what is being done.

    Returns
    -------
    dict of str to ndarray of shape (n_notes, n_notes)
        Held-out probabilities of the pairs of each consultation, by name.
    """
    say("reading the lexicon")
    concepts, encode = fit_concepts(), EmbeddingMemo()
    prepared = prepare_all(consultations, catalogue, concepts, encode, say)
    say("fitting the pair models")
    held_out = held_out_probabilities(prepared)
    model = fit_models(prepared, held_out)
    concepts.save(str(folder / "concepts.npz"))
    fit_demands(catalogue, consultations, encode).save(str(folder / "demands.npz"))
    document = {
        "trained_on": {c.name: len(c.texts) for c in consultations},
        "sayings": len(catalogue),
        **model.to_json(),
    }
    written = json.dumps(document, ensure_ascii=False, indent=1)
    (folder / "notes_model.json").write_text(written + "\n", encoding="utf-8")
    return {c.name: pairs for c, pairs in zip(consultations, held_out, strict=True)}


def _most_frequent(labels: NDArray[np.str_]) -> str:
    names, counts = np.unique(labels, return_counts=True)
    return str(names[int(np.argmax(counts))])
