"""Time and memory of each format, for 100 items and 2,000 sources."""

import multiprocessing
import time
from collections.abc import Iterator

from tests.bench.memory import peak_bytes
from tests.unit.documents import builders
from webapp.documents import json_file
from webapp.documents.content import RoadmapDocument
from webapp.documents.formats import FORMATS, render

ITEMS = 100
SOURCES = 20


def large() -> RoadmapDocument:
    """Return a roadmap of the size that the design asks for."""
    items = (builders.item(rank, n_sources=SOURCES) for rank in range(1, ITEMS + 1))
    document: RoadmapDocument = builders.document(*items)
    return document


def measure(data: bytes, name: str) -> tuple[float, float, float, int]:
    """Return seconds, memory before and at the peak in MB, and the size of the file."""
    document = json_file.loads(data)
    before, started = peak_bytes() / 1e6, time.perf_counter()
    file = render(document, name)
    return time.perf_counter() - started, before, peak_bytes() / 1e6, len(file)


def document_table() -> Iterator[str]:
    """Yield one line per format, each measured in a process of its own."""
    data = json_file.dumps(large())
    context = multiprocessing.get_context("spawn")
    yield "| format | seconds | memory before | at the peak | size |"
    yield "|---|---|---|---|---|"
    for name in FORMATS:
        with context.Pool(1) as pool:
            seconds, before, most, size = pool.apply(measure, (data, name))
        yield (
            f"| {name} | {seconds:.2f} | {before:.0f} MB | {most:.0f} MB | {size / 1024:.0f} kB |"
        )


if __name__ == "__main__":
    for line in document_table():
        print(line)
