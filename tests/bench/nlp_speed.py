"""Time and memory of the analysis, each case in a process of its own."""

import gc
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from nlp import analyse
from nlp.encoders import embed
from nlp.tables import read_columns
from tests.bench.memory import peak_bytes
from tests.bench.nlp_sets import DATA
from tests.bench.vectors import known

SHORT = DATA / "nos_nouvelles_vies_2020" / "answers_Q3.csv"
MEDIUM = DATA / "makeorg_2020.csv"
_ENCODED = 2000
RUNS = 3
GROWTH = (100, 1000, 5000, 18_000)


def speed_table() -> Iterator[str]:
    """Yield the lines of the table of speed and memory."""
    yield "| case | texts | characters | seconds | texts/s | peak memory of the process |"
    yield "|---|---|---|---|---|---|"
    for title, case, path in (
        ("encoding, short texts", "encode", SHORT),
        ("encoding, sentences", "encode", MEDIUM),
        ("analysis, vectors computed", "whole", SHORT),
        ("analysis, vectors given", "given", SHORT),
        ("analysis, vectors given, sentences", "given", MEDIUM),
    ):
        if path.exists():
            yield _line(title, measure_apart(case, path))


def growth_table() -> Iterator[str]:
    """Yield the lines of time and memory as texts become more numerous, vectors given."""
    yield "| texts | seconds | seconds of processor | texts/s | peak memory of the process |"
    yield "|---|---|---|---|---|"
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / "vectors.npy"
        _write_all(kept)
        for n_texts in GROWTH:
            measured = _fastest("growth", str(kept), str(n_texts))
            n, seconds = measured["texts"], measured["seconds"]
            used, memory = measured["processor"], measured["megabytes"]
            yield f"| {n:.0f} | {seconds:.2f} | {used:.2f} | {n / seconds:.0f} | {memory:.0f} MB |"


def _write_all(kept: Path) -> None:
    """Keep the vectors of all the distinct texts, so that no measure pays for the model."""
    paths = [*sorted(SHORT.parent.glob("answers_*.csv")), *sorted(DATA.glob("*.csv"))]
    texts = list(dict.fromkeys(t for path in paths for (t,) in read_columns(str(path), ("text",))))
    order = np.random.default_rng(0).permutation(len(texts))[: GROWTH[-1]]
    chosen = [texts[i] for i in order]
    kept.with_suffix(".json").write_text(json.dumps(chosen), encoding="utf-8")
    np.save(kept, known(chosen))


def _grown(kept: Path, n_texts: int) -> dict[str, float]:
    texts = json.loads(kept.with_suffix(".json").read_text(encoding="utf-8"))[:n_texts]
    vectors = np.load(kept, mmap_mode="r")[:n_texts].copy()
    analyse(["le bus du soir", "la rue des écoles"], embeddings=vectors[:2])
    # What importing left behind is collected now, and not in the middle of the measure.
    gc.collect()
    start, used = time.perf_counter(), time.process_time()
    analyse(texts, embeddings=vectors)
    return {
        "texts": len(texts),
        "seconds": time.perf_counter() - start,
        "processor": time.process_time() - used,
        "megabytes": peak_bytes() / 1e6,
    }


def _line(title: str, measured: dict[str, float]) -> str:
    n, seconds = measured["texts"], measured["seconds"]
    return (
        f"| {title} | {n:.0f} | {measured['characters']:.0f} | {seconds:.2f} "
        f"| {n / seconds:.0f} | {measured['megabytes']:.0f} MB |"
    )


def measure_apart(case: str, path: Path) -> dict[str, float]:
    """Run one case in fresh processes and return the figures of the fastest."""
    return _fastest(case, str(path))


def _fastest(*words: str) -> dict[str, float]:
    """Return the fastest of some runs: what else a machine does only ever slows one down."""
    command = [sys.executable, "-m", "tests.bench.nlp_speed", *words]
    runs: list[dict[str, float]] = []
    for _ in range(RUNS):
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        runs.append(json.loads(done.stdout))
    return min(runs, key=lambda figures: figures["seconds"])


def measure(case: str, path: Path) -> dict[str, float]:
    """Time one case here; loading the model counts where the vectors are computed."""
    texts = [text for (text,) in read_columns(str(path), ("text",))][:_ENCODED]
    vectors = embed(texts) if case == "given" else None
    start = time.perf_counter()
    if case == "encode":
        embed(texts)
    else:
        analyse(texts, embeddings=vectors)
    return {
        "texts": len(texts),
        "characters": sum(map(len, texts)) / len(texts),
        "seconds": time.perf_counter() - start,
        "megabytes": peak_bytes() / 1e6,
    }


if __name__ == "__main__":
    case, where = sys.argv[1], Path(sys.argv[2])
    figures = _grown(where, int(sys.argv[3])) if case == "growth" else measure(case, where)
    sys.stdout.write(json.dumps(figures))
