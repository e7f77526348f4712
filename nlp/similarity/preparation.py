"""Labelled consultations ready to train on: their subject spaces and their pairs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nlp.context import Context
from nlp.encoders import embed
from nlp.lexicon import lexicon
from nlp.similarity.consultations import Consultation, Saying
from nlp.similarity.features import features, same_workshop
from nlp.similarity.population import Population, population
from nlp.similarity.profiles import Profiler
from nlp.similarity.subject_space import Floats, SubjectSpace

Say = Callable[[str], None]


class EmbeddingMemo:
    """Sentence vectors, each text encoded once however many folds need it."""

    def __init__(self) -> None:
        self._known: dict[str, Floats] = {}

    def __call__(self, texts: Sequence[str]) -> Floats:
        """Return one vector per text; see :func:`nlp.encoders.embed`."""
        missing = [text for text in dict.fromkeys(texts) if text not in self._known]
        self._known.update(zip(missing, embed(missing), strict=True))
        return np.stack([self._known[text] for text in texts])


@dataclass(frozen=True, slots=True)
class Pairs:
    """The pairs of notes of one consultation.

    Attributes
    ----------
    X : ndarray of shape (n_pairs, n_features)
        Features.
    y : ndarray of shape (n_pairs,)
        Whether a person put the two notes together.
    inside : ndarray of shape (n_pairs,)
        Whether they are of one workshop.
    """

    X: Floats
    y: NDArray[np.bool_]
    inside: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A consultation ready to train on, or to be measured.

    Attributes
    ----------
    consultation : Consultation
        The notes.
    known : Population
        The notes, with their contexts.
    pairs, bare : Pairs
        Their pairs, with their contexts and without.
    """

    consultation: Consultation
    known: Population
    pairs: Pairs
    bare: Pairs


def fit_demands(
    catalogue: Sequence[Saying], consultations: Sequence[Consultation], encode: EmbeddingMemo
) -> SubjectSpace:
    """Fit the space of demands on a catalogue and on hand groups.

    Parameters
    ----------
    catalogue : sequence of Saying
        The sayings of known demands.
    consultations : sequence of Consultation
        Consultations whose hand groups are demands too.
    encode : EmbeddingMemo
        Encoder of the examples.

    Returns
    -------
    SubjectSpace
        The fitted space.
    """
    examples = [(saying.demand, saying.text) for saying in catalogue]
    for consultation in consultations:
        for label, text in zip(consultation.labels, consultation.texts, strict=True):
            if label in consultation.titles:
                examples.append((f"{consultation.name}/{label}", text))
        for label, title in consultation.titles.items():
            examples.append((f"{consultation.name}/{label}", title))
    texts = [text for _, text in examples]
    return SubjectSpace().fit(texts, _numbered([name for name, _ in examples]), encode(texts))


def fit_concepts() -> SubjectSpace:
    """Fit the space of concepts on the variants of the lexicon.

    Returns
    -------
    SubjectSpace
        The fitted space; resemblances by meaning only.
    """
    examples = [
        (concept.number, variant)
        for concept in lexicon().concepts
        for variant in concept.variants + concept.foreign
    ]
    texts = [text for _, text in examples]
    classes = [number for number, _ in examples]
    return SubjectSpace(word_weight=0.0).fit(texts, classes, embed(texts))


def prepare(consultation: Consultation, demands: SubjectSpace, concepts: SubjectSpace) -> Prepared:
    """Compute the pairs of a consultation.

    Parameters
    ----------
    consultation : Consultation
        Labelled notes.
    demands, concepts : SubjectSpace
        Spaces that were not fitted on it.

    Returns
    -------
    Prepared
        The consultation and its pairs.
    """
    texts = list(consultation.texts)
    vectors = embed(texts)
    profiler = Profiler(demands=demands, concepts=concepts).fit(texts, vectors=vectors)
    nowhere = [Context()] * len(texts)
    known, bare = (
        population(profiler.transform(texts, contexts, vectors=vectors))
        for contexts in (consultation.contexts, nowhere)
    )
    return Prepared(
        consultation, known, _pairs(known, consultation.labels), _pairs(bare, consultation.labels)
    )


def prepare_all(
    consultations: Sequence[Consultation],
    catalogue: Sequence[Saying],
    concepts: SubjectSpace,
    encode: EmbeddingMemo,
    say: Say,
) -> list[Prepared]:
    """Compute the pairs of each consultation, in a space fitted without it.

    Parameters
    ----------
    consultations : sequence of Consultation
        Labelled notes.
    catalogue : sequence of Saying
        The sayings of known demands.
    concepts : SubjectSpace
        The space of concepts.
    encode : EmbeddingMemo
        Encoder of the examples.
    say : callable
        Told what is being done.

    Returns
    -------
    list of Prepared
        One for each consultation.
    """
    found = []
    for held_out in consultations:
        say(f"preparing {held_out.name}")
        others = [c for c in consultations if c is not held_out]
        found.append(prepare(held_out, fit_demands(catalogue, others, encode), concepts))
    return found


def _pairs(known: Population, labels: Sequence[str]) -> Pairs:
    rows, columns = np.triu_indices(len(labels), 1)
    own = np.arange(len(labels))
    values = [found[rows, columns] for _, found in features(known.notes, known, own)]
    hand = np.array(labels)
    return Pairs(
        X=np.stack(values, axis=1).astype(np.float32),
        y=hand[rows] == hand[columns],
        inside=same_workshop(known.notes, known)[rows, columns],
    )


def _numbered(names: Sequence[str]) -> list[int]:
    number = {name: position for position, name in enumerate(dict.fromkeys(names))}
    return [number[name] for name in names]
