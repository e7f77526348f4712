"""Are the oppositions that people marked between notes found? Alone: ``python -m``.

The whole analysis is measured: its candidates, and the pairs that it shows.
"""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from nlp import Analysis
from nlp.similarity.consultations import Consultation
from tests.bench.notes import analysed, labelled_notes


@dataclass(frozen=True, slots=True)
class Score:
    """Oppositions found in a consultation.

    Attributes
    ----------
    marked : int
        Pairs that the first reader marked.
    found : int
        How many of them are flagged.
    flagged : int
        Pairs flagged.
    right : int
        How many of them a reader marked, the first one or the second.
    across : int
        How many of them are of two clusters, or of none.
    """

    marked: int
    found: int
    flagged: int
    right: int
    across: int

    @property
    def recall(self) -> float:
        """Share of the marked pairs that are flagged."""
        return self.found / max(1, self.marked)

    @property
    def precision(self) -> float:
        """Share of the flagged pairs that are marked; 0 when none is flagged."""
        return self.right / max(1, self.flagged)


def score(notes: Consultation, analysis: Analysis) -> Score:
    """Compare the oppositions of an analysis with those that readers marked."""
    flagged = {(tension.first, tension.second) for tension in analysis.tensions}
    labels = analysis.labels
    return Score(
        marked=len(notes.opposed),
        found=len(flagged & notes.opposed),
        flagged=len(flagged),
        right=len(flagged & (notes.opposed | notes.also_opposed)),
        across=sum(bool(labels[i] != labels[j] or labels[i] < 0) for i, j in flagged),
    )


def scores() -> list[Score]:
    """Return the scores of the labelled sets that are present."""
    return [score(notes, analysed(notes.name)) for notes in labelled_notes()]


def means(found: Sequence[Score]) -> tuple[float, float]:
    """Return the mean recall and precision of consultations."""
    return (
        float(np.mean([one.recall for one in found])),
        float(np.mean([one.precision for one in found])),
    )


def opposition_table() -> Iterator[str]:
    """Yield one row per consultation, then the means."""
    yield "| notes | marked | flagged | of two groups | recall | precision |"
    yield "|---|---|---|---|---|---|"
    found = scores()
    for notes, one in zip(labelled_notes(), found, strict=True):
        yield (
            f"| {notes.name} | {one.marked} | {one.flagged} | {one.across} | {one.recall:.2f} "
            f"| {one.precision:.2f} |"
        )
    recall, precision = means(found)
    yield f"| mean | | | | {recall:.2f} | {precision:.2f} |"


if __name__ == "__main__":
    sys.stdout.write("\n".join(opposition_table()) + "\n" if labelled_notes() else "No notes.\n")
