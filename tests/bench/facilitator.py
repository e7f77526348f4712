"""What is left to do after twenty acts of a facilitator who knows the human groups."""

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np

from nlp import Feedback, agreement, analyse
from tests.bench.nlp_sets import Consultation

ACTS = 20
SIZE = 100
_DRAWS = 20


def facilitator_table(sets: Sequence[Consultation]) -> Iterator[str]:
    """Yield the lines of the table: touches before, after the acts, and after a new analysis."""
    yield "| set | before | after the acts | analysed again | less |"
    yield "|---|---|---|---|---|"
    rows = []
    for one in sets:
        rng = np.random.default_rng(SIZE)
        draws = [rng.choice(len(one.texts), SIZE, replace=False) for _ in range(_DRAWS)]
        rows.append(np.mean([_session(one, draw.tolist()) for draw in draws], axis=0))
        yield _line(one.name, *rows[-1])
    yield _line("**mean**", *np.mean(rows, axis=0))


def _line(name: str, before: float, after: float, again: float) -> str:
    less = 100 * (1 - again / before)
    return f"| {name} | {before:.1f} | {after:.1f} | {again:.1f} | {less:.0f} % |"


def _session(one: Consultation, draw: list[int]) -> tuple[float, float, float]:
    texts, gold = [one.texts[i] for i in draw], [one.gold[i] for i in draw]
    vectors = one.vectors[draw]
    first = analyse(texts, embeddings=vectors)
    board = Board(first.labels.tolist(), gold)
    for _ in range(ACTS):
        board.act()
    again = analyse(texts, embeddings=vectors, feedback=board.feedback())
    return (
        agreement(first.labels.tolist(), gold).touches,
        agreement(board.labels, gold).touches,
        agreement(again.labels.tolist(), gold).touches,
    )


class Board:
    """The clusters on screen, and which of them were touched: those are human from then on."""

    def __init__(self, labels: list[int], gold: Sequence[str]) -> None:
        self.labels = labels
        self.gold = gold
        self._touched: set[int] = set()

    def act(self) -> None:
        """Merge two clusters of one subject, else put one text where it belongs."""
        majorities = self._majorities()
        for label, name in sorted(majorities.items()):
            twins = [c for c in sorted(majorities) if c < label and majorities[c] == name]
            if twins:
                self._move([i for i, c in enumerate(self.labels) if c == label], twins[0])
                return
        homes = {name: label for label, name in majorities.items()}
        for i, label in enumerate(self.labels):
            if self.gold[i] in homes and homes[self.gold[i]] != label:
                self._move([i], homes[self.gold[i]])
                return

    def feedback(self) -> Feedback:
        """Return the touched clusters as the application gives them to a new analysis."""
        groups = {
            f"g{label}": [i for i, other in enumerate(self.labels) if other == label]
            for label in sorted(self._touched)
        }
        return Feedback(groups={name: group for name, group in groups.items() if group})

    def _majorities(self) -> dict[int, str]:
        inside: dict[int, Counter[str]] = {}
        for label, name in zip(self.labels, self.gold, strict=True):
            if label >= 0:
                inside.setdefault(label, Counter())[name] += 1
        return {
            label: min(counts, key=lambda name: (-counts[name], name))
            for label, counts in inside.items()
        }

    def _move(self, texts: list[int], label: int) -> None:
        self._touched |= {label, *(self.labels[i] for i in texts)} - {-1}
        for i in texts:
            self.labels[i] = label
