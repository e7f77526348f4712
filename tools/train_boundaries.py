"""``python -m tools.train_boundaries NOTES.json …``: learn where contributions are cut.

Reads notes whose ``proposals`` are marked, and ``training/boundaries.txt``; writes
``nlp/data/boundary_weights.txt``. The same files give the same weights.
"""

import argparse
import json
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from nlp.boundary_features import Candidate, candidates

MARKED = Path(__file__).parents[1] / "training" / "boundaries.txt"
WEIGHTS = Path(__file__).parents[1] / "nlp" / "data" / "boundary_weights.txt"
TOLERANCE = 4  # characters: bullets, numbers and articles on the edge of a proposal
PENALTY = 0.2  # inverse of the strength of the regularisation
LEAST_SCORES = {"linked": -200, "listed": -100, "plain": -25}  # in hundredths
_LEAST = 5  # a smaller weight, in hundredths, is left out
_LINK = re.compile(r"(?:et aussi|et puis|et|il faudrait aussi|on pourrait aussi) ", re.IGNORECASE)
_HEADER = """\
# Weights of a logistic regression, in hundredths, of the features of nlp/boundary_features.py.
# Their sum and the intercept must reach « linked », « listed » or « plain » (nlp/segmentation.py).
# Written by python -m tools.train_boundaries; do not edit.
"""


@dataclass(frozen=True, slots=True)
class Note:
    """A contribution with the places where its proposals part.

    Attributes
    ----------
    text : str
        The contribution.
    gaps : tuple of (int, int)
        For each boundary, between which offsets the next proposal may be said to begin.
    """

    text: str
    gaps: tuple[tuple[int, int], ...]

    def is_boundary(self, offset: int) -> bool:
        """Tell whether a piece that begins at ``offset`` begins a proposal, after the first."""
        return any(least <= offset <= most for least, most in self.gaps)


def read_notes(path: Path) -> tuple[Note, ...]:
    """Read a consultation (JSON) or marked notes (text, see ``training/boundaries.txt``)."""
    if path.suffix == ".txt":
        lines = path.read_text(encoding="utf-8").splitlines()
        return tuple(_marked(line) for line in lines if line and not line.startswith("#"))
    notes = json.loads(path.read_text(encoding="utf-8"))["notes"]
    known = (note for note in notes if "proposals" in note)
    return tuple(_labelled(note["text"], note["proposals"]) for note in known)


def _marked(line: str) -> Note:
    text, gaps = "", []
    for piece in line.replace("⏎", "\n").split("‖"):
        if text:
            link = _LINK.match(piece)
            gaps.append((len(text) - 1, len(text) + 1 + (link.end() if link else 0)))
        text += piece
    return Note(text, tuple(gaps))


def _labelled(text: str, proposals: Sequence[str]) -> Note:
    gaps, end = [], 0
    for proposal in proposals:
        start = text.index(proposal, end)
        if end:
            gaps.append((end - TOLERANCE, start + TOLERANCE))
        end = start + len(proposal)
    return Note(text, tuple(gaps))


def train(notes: Sequence[Note]) -> dict[str, int]:
    """Return the weights in hundredths, with the intercept and the least scores."""
    pairs = [pair for note in notes for pair in _examples(note)]
    vectoriser = DictVectorizer()
    rows = vectoriser.fit_transform([dict.fromkeys(sorted(one.features), 1) for one, _ in pairs])
    model = LogisticRegression(C=PENALTY, max_iter=5000, tol=1e-8)
    model.fit(rows, [cut for _, cut in pairs])
    names = vectoriser.get_feature_names_out()
    learnt = {name: round(100 * weight) for name, weight in zip(names, model.coef_[0], strict=True)}
    kept = {name: weight for name, weight in learnt.items() if abs(weight) >= _LEAST}
    return kept | LEAST_SCORES | {"intercept": round(100 * model.intercept_[0])}


def _examples(note: Note) -> Iterator[tuple[Candidate, bool]]:
    """Yield candidates, and whether they are boundaries; the last one of a gap speaks for it."""
    _, found = candidates(note.text)
    inside = [one for one in found if note.is_boundary(one.stop)]
    for one in found:
        rest = (other for other in inside if other.stop > one.stop)
        gap = [(least, most) for least, most in note.gaps if least <= one.stop <= most]
        if not any(least <= other.stop <= most for other in rest for least, most in gap):
            yield one, bool(gap)


def main(arguments: Sequence[str] | None = None) -> int:
    """Train on the files given, and write the weights."""
    parser = argparse.ArgumentParser(prog="python -m tools.train_boundaries", description=__doc__)
    parser.add_argument("notes", nargs="+", type=Path, metavar="NOTES.json")
    parser.add_argument("--output", type=Path, default=WEIGHTS, metavar="FILE")
    given = parser.parse_args(arguments)
    files = [*sorted(given.notes), MARKED]
    learnt = train([note for path in files for note in read_notes(path)])
    lines = (f"{weight} {name}\n" for name, weight in sorted(learnt.items()))
    given.output.write_text(_HEADER + "".join(lines), encoding="utf-8")
    sys.stdout.write(f"{len(learnt)} weights from {len(files)} files\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
