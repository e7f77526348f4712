"""Time and memory of each format, for the whole roadmap of a region: 100 items, 2,000 sources.

A version is published through the services, as in
``tests/integration/publishing/test_hundred_items.py``; each format is then made three times, each
in a process of its own, which holds the application too.
"""

import multiprocessing
import tempfile
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from tests.bench.one_document import measure
from tests.integration import hundred
from webapp.publishing.documents import json_file
from webapp.publishing.documents.formats import FORMATS

_TIMES = 3
_PACKAGES = ("typst", "docxtpl", "python-docx", "xlsxwriter", "jinja2", "lxml")


def document_table() -> Iterator[str]:
    """Yield the slowest and the heaviest of three, format by format, and with what."""
    with tempfile.TemporaryDirectory() as folder:
        data = json_file.dumps(hundred.freeze(Path(folder)))
    yield "| format | s | peak, MB | of which before | kB |"
    yield "|---|---|---|---|---|"
    for name in FORMATS:
        taken = [_alone(data, name) for _ in range(_TIMES)]
        seconds, before, most, size = (max(values) for values in zip(*taken, strict=True))
        yield f"| {name} | {seconds:.2f} | {most:.0f} | {before:.0f} | {size / 1024:.0f} |"
    yield ""
    yield ", ".join(f"{name} {version(name)}" for name in _PACKAGES) + "."


def _alone(data: bytes, name: str) -> tuple[float, float, float, int]:
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(measure, (data, name))


def main() -> None:
    """Print the table."""
    for line in document_table():
        print(line, flush=True)


if __name__ == "__main__":
    for line in document_table():
        print(line)
