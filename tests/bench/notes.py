"""Agreement with the hand groupings of workshop notes that the models never saw.

The measured notes are those of ``../shared/data/notes``; the models are trained on ``training/``
alone, so that no consultation is measured by a model that read it. Alone:
``python -m tests.bench.notes``.
"""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nlp import Analysis, Options, agreement, analyse
from nlp.candidates import pool
from nlp.feedback import constraints
from nlp.noise import is_noise
from nlp.note_grouping import ComparedNotes, note_labels
from nlp.options import Grouping
from nlp.similarity.consultations import Consultation, read_catalogue, read_consultation
from nlp.similarity.features import FAMILIES, NAMES
from nlp.similarity.notes_model import NotesModel, notes_model
from nlp.similarity.preparation import (
    EmbeddingMemo,
    Pairs,
    Prepared,
    fit_concepts,
    prepare,
    prepare_all,
)
from nlp.similarity.ranking import Ranker
from nlp.similarity.subject_space import subject_space
from nlp.similarity.training import fit_pairs

ROOT = Path(__file__).parents[2]
NOTES = ROOT.parent / "shared" / "data" / "notes"
TRAINING = ROOT / "training"
BINS = (0.0, 0.4, 0.5, 0.6, 0.7, 0.8, 1.01)
FIRST = 5


@dataclass(frozen=True, slots=True)
class NotesScore:
    """How a grouping of notes agrees with the hand grouping.

    ``alone_found`` is the share of the notes alone by hand that are isolated, ``alone_right`` the
    share of the isolated notes that are alone by hand, ``ranked`` the share of the notes whose
    hand group, without them, is among the first five of the ranking.
    """

    ami: float
    ari: float
    touches: float
    alone_found: float
    alone_right: float
    ranked: float

    def row(self) -> str:
        """Return the figures as cells of a table."""
        return (
            f"{self.ami:.3f} / {self.ari:.3f} / {self.touches:.1f} | "
            f"{self.alone_found:.2f} / {self.alone_right:.2f} | {self.ranked:.3f}"
        )


@cache
def labelled_notes() -> tuple[Consultation, ...]:
    """Return the sets of labelled notes that are present."""
    return tuple(read_consultation(path) for path in sorted(NOTES.glob("*.json")))


@cache
def analysed(name: str, grouping: Grouping = "notes", *, bare: bool = False) -> Analysis:
    """Return the analysis of a set; ``bare`` leaves the contexts out."""
    (consultation,) = (c for c in labelled_notes() if c.name == name)
    return analyse(
        consultation.texts,
        contexts=None if bare else consultation.contexts,
        options=Options(grouping=grouping),
    )


def score(consultation: Consultation, labels: Sequence[int], ranked: float) -> NotesScore:
    """Compare labels (-1 for isolated) with the hand grouping; a note alone is a group of one."""
    groups = [label if label >= 0 else -2 - i for i, label in enumerate(labels)]
    alone_too = [str(label) for label in groups]
    measured = agreement([alone_too.index(label) for label in alone_too], list(consultation.labels))
    alone = np.array([label.startswith("alone-") for label in consultation.labels])
    isolated = np.array(labels) < 0
    both = int((alone & isolated).sum())
    return NotesScore(
        measured.ami,
        measured.ari,
        measured.touches,
        both / max(1, int(alone.sum())),
        both / max(1, int(isolated.sum())),
        ranked,
    )


def ranked_share(consultation: Consultation, ranker: Ranker) -> float:
    """Return the share of the notes whose hand group is among the first five of the ranking."""
    groups: dict[str, list[int]] = {}
    for position, label in enumerate(consultation.labels):
        if label in consultation.titles:
            groups.setdefault(label, []).append(position)
    hits = [
        label in [name for name, _ in ranker.rank(position, groups)[:FIRST]]
        for label, members in groups.items()
        for position in members
        if len(members) > 1
    ]
    return float(np.mean(hits))


@cache
def scores(grouping: Grouping = "notes", *, bare: bool = False) -> dict[str, NotesScore]:
    """Return the scores of the shipped models on each set."""
    found = {}
    for consultation in labelled_notes():
        contexts = None if bare else consultation.contexts
        ranker = Ranker().fit(consultation.texts, contexts=contexts)
        labels = analysed(consultation.name, grouping, bare=bare).labels.tolist()
        found[consultation.name] = score(consultation, labels, ranked_share(consultation, ranker))
    return found


def mean(found: Sequence[NotesScore]) -> NotesScore:
    """Return the mean of several scores."""
    values = [[getattr(one, name) for name in NotesScore.__slots__] for one in found]
    return NotesScore(*np.mean(values, axis=0).tolist())


def notes_table() -> Iterator[str]:
    """Yield the scores of each set, then their mean with and without contexts."""
    yield "| set | AMI / ARI / touches | alone: found / rightly | rank among 5 |"
    yield "|---|---|---|---|"
    found = scores()
    for name, one in found.items():
        yield f"| {name} | {one.row()} |"
    yield f"| **mean** | {mean(list(found.values())).row()} |"
    bare = mean(list(scores(bare=True).values()))
    yield f"| mean, contexts unknown | {bare.row()} |"
    themes = mean(list(scores("themes").values()))
    yield f"| mean, by themes (pipeline of November) | {themes.row()} |"


def reliability_table() -> Iterator[str]:
    """Yield how often placements of each announced probability are right."""
    confidence, right = _placements()
    yield "| announced | placements | mean announced | rightly placed |"
    yield "|---|---|---|---|"
    for low, high in pairwise(BINS):
        inside = (confidence >= low) & (confidence < high)
        if inside.any():
            said, held = confidence[inside].mean(), right[inside].mean()
            yield f"| {low:.1f}–{min(high, 1):.1f} | {inside.sum()} | {said:.2f} | {held:.2f} |"


def _placements() -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    confidence: list[float] = []
    right: list[bool] = []
    for consultation in labelled_notes():
        result = analysed(consultation.name)
        hand = np.array(consultation.labels)
        for cluster in result.clusters:
            members = list(cluster.members)
            names, counts = np.unique(hand[members], return_counts=True)
            confidence += result.confidence[members].tolist()
            right += (hand[members] == names[int(np.argmax(counts))]).tolist()
    return np.array(confidence), np.array(right)


@cache
def _prepared() -> tuple[tuple[Prepared, ...], tuple[Prepared, ...]]:
    """Return the pairs of the training consultations, and of the measured ones."""
    known = [read_consultation(path) for path in sorted((TRAINING / "notes").glob("*.json"))]
    catalogue = read_catalogue(TRAINING / "catalogue")
    training = prepare_all(known, catalogue, fit_concepts(), EmbeddingMemo(), lambda _: None)
    spaces = subject_space("demands"), subject_space("concepts")
    return tuple(training), tuple(prepare(c, *spaces) for c in labelled_notes())


def curve_table() -> Iterator[str]:
    """Yield the mean scores by number of training consultations of the pair model."""
    training, measured = _prepared()
    yield "| training consultations | notes | AMI / ARI / touches |"
    yield "|---|---|---|"
    for size in sorted({1, 2, 4, 8, len(training)}):
        part = training[:size]
        notes = sum(len(one.consultation.texts) for one in part)
        yield f"| {size} | {notes} | {_measured([one.pairs for one in part], measured)} |"


def ablation_table() -> Iterator[str]:
    """Yield the mean scores of pair models that lack one family of features each."""
    training, measured = _prepared()
    yield "| features | AMI / ARI / touches |"
    yield "|---|---|"
    yield f"| all | {_measured([one.pairs for one in training], measured)} |"
    for family, names in FAMILIES.items():
        without = [_blanked(one.pairs, names) for one in training]
        yield f"| without {family} ({', '.join(names)}) | {_measured(without, measured)} |"


def _blanked(pairs: Pairs, names: Sequence[str]) -> Pairs:
    """Return pairs whose named features say nothing: a constant gets no weight."""
    values = pairs.X.copy()
    values[:, [NAMES.index(name) for name in names]] = 0
    return replace(pairs, X=values)


def _measured(parts: Sequence[Pairs], measured: Sequence[Prepared]) -> str:
    """Return the mean scores of the groups that a pair model makes, by the steps of the product."""
    model = replace(notes_model(), pairs=fit_pairs(parts))
    found = [score(one.consultation, _labels(model, one), ranked=0) for one in measured]
    ami, ari, touches = (
        np.mean([getattr(s, name) for s in found]) for name in ("ami", "ari", "touches")
    )
    return f"{ami:.3f} / {ari:.3f} / {touches:.1f}"


def _labels(model: NotesModel, one: Prepared) -> Sequence[int]:
    """Group the notes as an analysis does, save that notes of the same words are not folded."""
    pairs = model.pair_probabilities(one.known)
    compared = ComparedNotes(np.zeros((len(pairs), 1)), pairs, model, model.limits)
    noise = np.array([is_noise(text) for text in one.consultation.texts], dtype=bool)
    anybody = np.ones(len(pairs), dtype=np.float32)
    known = pool(np.arange(len(pairs)), anybody, constraints(None, len(pairs)), noise)
    labels: list[int] = note_labels(compared, known, Options()).tolist()
    return labels


def main() -> int:
    """Print every table of the notes, or say what is missing."""
    if not labelled_notes():
        sys.stdout.write(f"Skipped: the labelled notes are not in {NOTES}.\n")
        return 0
    for table in (notes_table, reliability_table, curve_table, ablation_table):
        sys.stdout.write("\n")
        for line in table():
            sys.stdout.write(line + "\n")
            sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
