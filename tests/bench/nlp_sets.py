"""Agreement of the analysis with human groupings, on the shared consultations."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nlp import agreement
from nlp.tables import read_columns
from tests.bench import peers
from tests.bench.peers import Method
from tests.bench.vectors import known

DATA = Path(__file__).parents[2].parent / "shared" / "data"
RESIDUE = "Autres"
SETS = {f"nnv{q}": f"nos_nouvelles_vies_2020/answers_Q{q}.csv" for q in range(1, 6)} | {
    "civocracy": "civocracy_2020.csv",
    "lejourdapres": "lejourdapres_2020.csv",
}
# Measured with the prototype that preceded this library: AMI, ARI, touches per 100 texts.
PROTOTYPE = {
    "nnv1": (0.36, 0.12, 39),
    "nnv2": (0.44, 0.21, 31),
    "nnv3": (0.39, 0.22, 38),
    "nnv4": (0.44, 0.24, 31),
    "nnv5": (0.15, 0.06, 60),
    "civocracy": (0.24, 0.08, 46),
    "lejourdapres": (0.45, 0.44, 35),
    "mean": (0.354, 0.196, 40),
}
SIZES = (50, 100, 200)
SEEDS = (0, 1, 2, 3)
DRAWS = 20


@dataclass(frozen=True, slots=True)
class Consultation:
    """Texts with their human groups and vectors."""

    name: str
    texts: tuple[str, ...]
    gold: tuple[str, ...]
    vectors: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Score:
    """How one analysis agrees with the human grouping."""

    ami: float
    ari: float
    touches: float
    clusters: int


def consultations() -> tuple[Consultation, ...]:
    """Read the sets that are present, the residue of each left out."""
    return tuple(_read(name, DATA / path) for name, path in SETS.items() if (DATA / path).exists())


def _read(name: str, path: Path) -> Consultation:
    rows = [
        row for row in read_columns(str(path), ("text", "label")) if row[1] not in {"", RESIDUE}
    ]
    texts = tuple(text for text, _ in rows)
    return Consultation(name, texts, tuple(label for _, label in rows), known(texts))


def score(one: Consultation, rows: NDArray[np.intp], method: Method) -> Score:
    """Group ``rows`` of a consultation and compare the clusters with the human groups."""
    gold = [one.gold[i] for i in rows]
    labels = method([one.texts[i] for i in rows], one.vectors[rows], len(set(gold)))
    measured = agreement(labels, gold)
    return Score(measured.ami, measured.ari, measured.touches, len(set(labels) - {-1}))


def agreement_table(sets: Sequence[Consultation]) -> Iterator[str]:
    """Yield the lines of the table of agreement, whole sets: a seed is as good as another."""
    yield "| set | texts | human groups | clusters | AMI | ARI | touches | by seed | prototype |"
    yield "|---|---|---|---|---|---|---|---|---|"
    scores = []
    for one in sets:
        rows = np.arange(len(one.texts))
        found = [score(one, rows, partial(peers.ours, seed=seed)) for seed in SEEDS]
        scores.append([(s.ami, s.ari, s.touches, s.clusters) for s in found])
        mean = np.mean(scores[-1], axis=0)
        yield (
            f"| {one.name} | {len(one.texts)} | {len(set(one.gold))} | {mean[3]:.0f} "
            f"| {_cells(mean[:3])} | {_touches(scores[-1])} | {_prototype(one.name)} |"
        )
    by_seed = np.mean(scores, axis=0)
    whole = np.mean(by_seed, axis=0)
    yield f"| **mean** | | | | {_cells(whole[:3])} | {_touches(by_seed)} | {_prototype('mean')} |"


def _touches(scores: Sequence[Sequence[float]] | NDArray[np.float64]) -> str:
    return " ".join(f"{touches:.1f}" for _, _, touches, _ in scores)


def peer_table(sets: Sequence[Consultation]) -> Iterator[str]:
    """Yield the lines that put the methods installed here side by side, whole sets."""
    yield "| method | mean | " + " | ".join(one.name for one in sets) + " |"
    yield "|---|---|" + "---|" * len(sets)
    for name, method in peers.methods().items():
        scores = [score(one, np.arange(len(one.texts)), method) for one in sets]
        mean = [np.mean([getattr(s, m) for s in scores]) for m in ("ami", "ari", "touches")]
        yield (
            f"| {name} | {_short(*mean)} | "
            + " | ".join(f"{_short(s.ami, s.ari, s.touches)}" for s in scores)
            + " |"
        )


def workshop_table(sets: Sequence[Consultation]) -> Iterator[str]:
    """Yield the lines of the table at workshop size: the same random draws for each method."""
    yield f"| method | texts ({DRAWS} draws of each set) | AMI | ARI | touches | spread of ARI |"
    yield "|---|---|---|---|---|---|"
    for name, method in peers.methods().items():
        for size in SIZES:
            rng = np.random.default_rng(size)
            scores = [
                score(one, rng.choice(len(one.texts), size, replace=False), method)
                for one in sets
                for _ in range(DRAWS)
            ]
            mean = np.mean([(s.ami, s.ari, s.touches) for s in scores], axis=0)
            spread = np.std([s.ari for s in scores])
            yield f"| {name} | {size} | {_cells(mean)} | {spread:.3f} |"


def _cells(values: Sequence[float] | NDArray[np.float64]) -> str:
    ami, ari, touches = values
    return f"{ami:.3f} | {ari:.3f} | {touches:.1f}"


def _short(ami: float, ari: float, touches: float) -> str:
    return f"{ami:.2f} / {ari:.2f} / {touches:.0f}"


def _prototype(name: str) -> str:
    ami, ari, touches = PROTOTYPE[name]
    return f"{ami:g} / {ari:g} / {touches}"
