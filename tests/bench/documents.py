"""Time and memory of each format, for 100 items and 2,000 sources."""

import multiprocessing
import resource
import time

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


def measure(data: bytes, name: str) -> tuple[str, float, float, int]:
    """Return the format, its seconds, the peak of its process in MB, the size of its file."""
    document = json_file.loads(data)
    started = time.perf_counter()
    file = render(document, name)
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return name, seconds, peak, len(file)


def main() -> None:
    """Print one line per format, each measured in a process of its own."""
    data = json_file.dumps(large())
    context = multiprocessing.get_context("spawn")
    print(f"{'format':<10} {'s':>6} {'MB':>6} {'kB':>7}")  # noqa: T201 - a report
    for name in FORMATS:
        with context.Pool(1) as pool:
            _, seconds, peak, size = pool.apply(measure, (data, name))
        print(f"{name:<10} {seconds:6.2f} {peak:6.0f} {size / 1024:7.0f}")  # noqa: T201 - idem


if __name__ == "__main__":
    main()
