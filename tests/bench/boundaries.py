"""Are contributions cut where people say that a new proposal begins?"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from nlp import segment
from nlp.boundary_features import candidates
from nlp.segmentation import is_boundary
from tools.train_boundaries import MARKED, Note, read_notes, train

NOTES = Path(__file__).parents[2].parent / "shared" / "data" / "notes"
Cutter = Callable[[str], Sequence[int]]


@dataclass(frozen=True, slots=True)
class Score:
    """Boundaries found, among those marked; cuts of notes of one proposal apart.

    Attributes
    ----------
    marked, found : int
        Boundaries of the notes of several proposals, and how many of them are found.
    cuts, right : int
        Cuts of these notes, and how many of them are at a boundary.
    singles, cut_singles : int
        Notes of one proposal, and how many of them are cut.
    false : int
        Cuts of the notes of one proposal.
    """

    marked: int = 0
    found: int = 0
    cuts: int = 0
    right: int = 0
    singles: int = 0
    cut_singles: int = 0
    false: int = 0

    def __add__(self, other: "Score") -> "Score":
        names = self.__dataclass_fields__
        return Score(**{name: getattr(self, name) + getattr(other, name) for name in names})

    @property
    def recall(self) -> float:
        """Share of the marked boundaries that are found."""
        return self.found / max(1, self.marked)

    @property
    def precision(self) -> float:
        """Share of the cuts that are right, in notes of several proposals."""
        return self.right / max(1, self.cuts)

    @property
    def precision_everywhere(self) -> float:
        """Share of the cuts that are right, in all the notes."""
        return self.right / max(1, self.cuts + self.false)

    @property
    def singles_cut(self) -> float:
        """Share of the notes of one proposal that are cut."""
        return self.cut_singles / max(1, self.singles)


def consultations(folder: Path = NOTES) -> dict[str, tuple[Note, ...]]:
    """Read the consultations of a folder whose proposals are marked."""
    read = {path.stem: read_notes(path) for path in sorted(folder.glob("*.json"))}
    return {name: notes for name, notes in read.items() if notes}


def shipped(text: str) -> list[int]:
    """Return where the library cuts a text."""
    return [span.start for span in segment(text)][1:]


def trained(notes: Iterable[Note]) -> Cutter:
    """Return what cuts with weights learnt from other notes."""
    learnt: Mapping[str, int] = train(tuple(notes))
    return lambda text: [one.stop for one in candidates(text)[1] if is_boundary(one, learnt)]


def score(notes: Iterable[Note], cutter: Cutter = shipped) -> Score:
    """Compare the cuts of notes with their marked boundaries."""
    return sum((_score(note, cutter(note.text)) for note in notes), Score())


def _score(note: Note, cuts: Sequence[int]) -> Score:
    if not note.gaps:
        return Score(singles=1, cut_singles=bool(cuts), false=len(cuts))
    return Score(
        marked=len(note.gaps),
        found=sum(any(least <= cut <= most for cut in cuts) for least, most in note.gaps),
        cuts=len(cuts),
        right=sum(note.is_boundary(cut) for cut in cuts),
    )


def held_out(sets: Mapping[str, Sequence[Note]]) -> dict[str, Score]:
    """Score each consultation with weights learnt from the others and from the marked notes."""
    marked = read_notes(MARKED)
    found = {}
    for name, notes in sets.items():
        others = [note for other, known in sets.items() if other != name for note in known]
        found[name] = score(notes, trained([*marked, *others]))
    return found


def boundary_table(scores: Mapping[str, Score]) -> Iterator[str]:
    """Yield the lines of the table, the whole last."""
    yield "| set | boundaries | recall | precision | precision, all notes | single proposals cut |"
    yield "|---|---|---|---|---|---|"
    for name, one in {**scores, "**all**": sum(scores.values(), Score())}.items():
        yield (
            f"| {name} | {one.marked} | {one.recall:.2f} | {one.precision:.2f} "
            f"| {one.precision_everywhere:.2f} | {100 * one.singles_cut:.1f} % |"
        )
