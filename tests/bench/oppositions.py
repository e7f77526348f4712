"""Are the oppositions that people marked between notes found? Alone: ``python -m``."""

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nlp.encoders import embed
from nlp.tension_training import OpposedNotes, read_opposed_notes
from nlp.tensions import TensionModel, tensions

NOTES = Path(__file__).parents[2].parent / "shared" / "data" / "notes"
# Of each consultation, the probability that two notes ask for the same thing.
Chances = Callable[[OpposedNotes], NDArray[np.float32] | None]


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
        Pairs flagged, among all those of each workshop.
    right : int
        How many of them a reader marked, the first one or the second.
    """

    marked: int
    found: int
    flagged: int
    right: int

    @property
    def recall(self) -> float:
        """Share of the marked pairs that are flagged."""
        return self.found / max(1, self.marked)

    @property
    def precision(self) -> float:
        """Share of the flagged pairs that are marked; 0 when none is flagged."""
        return self.right / max(1, self.flagged)


def unknown(notes: OpposedNotes) -> None:
    """Say nothing of the pairs: their words, their places and their stances decide."""
    del notes


def labelled_notes(folder: Path = NOTES) -> list[OpposedNotes]:
    """Return the consultations whose oppositions are marked; none where they are absent."""
    return [read_opposed_notes(path) for path in sorted(folder.glob("*.json"))]


def score(
    notes: OpposedNotes, chances: Chances = unknown, model: TensionModel | None = None
) -> Score:
    """Flag the pairs of a consultation, all those of each workshop being candidates."""
    found = tensions(
        notes.texts,
        notes.candidates(chances(notes)),
        contexts=notes.contexts,
        vectors=embed(notes.texts),
        model=model,
    )
    flagged = {(tension.first, tension.second) for tension in found}
    return Score(
        marked=len(notes.opposed),
        found=len(flagged & notes.opposed),
        flagged=len(flagged),
        right=len(flagged & (notes.opposed | notes.also_opposed)),
    )


def means(scores: Sequence[Score]) -> tuple[float, float]:
    """Return the mean recall and precision of consultations."""
    return (
        float(np.mean([one.recall for one in scores])),
        float(np.mean([one.precision for one in scores])),
    )


def opposition_table(chances: Chances = unknown) -> Iterator[str]:
    """Yield one row per consultation, then the means."""
    yield "| notes | marked | flagged | recall | precision |"
    yield "|---|---|---|---|---|"
    scores = []
    for notes in labelled_notes():
        scores.append(one := score(notes, chances))
        yield (
            f"| {notes.name} | {one.marked} | {one.flagged} | {one.recall:.2f} "
            f"| {one.precision:.2f} |"
        )
    recall, precision = means(scores)
    yield f"| mean | | | {recall:.2f} | {precision:.2f} |"


if __name__ == "__main__":
    sys.stdout.write("\n".join(opposition_table()) + "\n" if labelled_notes() else "No notes.\n")
