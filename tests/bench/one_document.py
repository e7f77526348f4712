"""One document, in a process that does nothing else: its time, its memory, its size."""

import resource
import time
from pathlib import Path

from webapp.publishing.documents import json_file
from webapp.publishing.documents.formats import render


def peak() -> float:
    """Return the largest memory of this process so far, in MB.

    Linux hands the maximum of ``getrusage`` on from the process that started this one.
    """
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    lines = dict(line.split(":", 1) for line in status.read_text("ascii").splitlines())
    return int(lines["VmHWM"].split()[0]) / 1024


def measure(data: bytes, name: str) -> tuple[float, float, float, int]:
    """Return seconds, memory before and at the peak in MB, and the size of the file."""
    document = json_file.loads(data)
    before, started = peak(), time.perf_counter()
    file = render(document, name)
    return time.perf_counter() - started, before, peak(), len(file)
