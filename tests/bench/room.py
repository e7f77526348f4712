"""A room on a real server: phones that send in the same second, and pages that stay in step."""

import concurrent.futures
import contextlib
import html
import os
import random
import re
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from tests.e2e.conftest import make_demonstration
from tests.e2e.crowd import CODE, Phone
from tests.e2e.storms import Server

CROWDS = (200, 1000)
IN_STEP = 200
_PATIENCE = 120
_SECONDS = 30


def room_table() -> Iterator[str]:
    """Yield how long phones that send in the same second wait for their receipt."""
    yield "| phones | accepted | refused | median | last answer |"
    yield "|---|---|---|---|---|"
    with _serving() as server:
        for size in CROWDS:
            yield _row(server.address, size)


def _row(address: str, size: int) -> str:
    phones = [Phone(address) for _ in range(size)]
    together = threading.Barrier(size)

    def one(number: int) -> tuple[int, float]:
        hidden = phones[number].open()
        together.wait(_PATIENCE)
        started = time.perf_counter()
        status = phones[number].speak(hidden, f"Idée {number} de {size}")
        return status, time.perf_counter() - started

    with concurrent.futures.ThreadPoolExecutor(size) as crowd:
        answers = list(crowd.map(one, range(size)))
    for phone in phones:
        phone.connection.close()
    waits = [wait for _, wait in answers]
    accepted = sum(status == 303 for status, _ in answers)
    return (
        f"| {size} | {accepted} | {size - accepted} | "
        f"{statistics.median(waits):.2f} s | {max(waits):.2f} s |"
    )


def step_table() -> Iterator[str]:
    """Yield what pages that poll cost the server, at rest and while as many phones send."""
    yield "| pages in step | sending at once | accepted | processor | longest answer to a page |"
    yield "|---|---|---|---|---|"
    with _serving() as server:
        for sending in (0, IN_STEP):
            yield _step_row(server, sending)


@contextlib.contextmanager
def _serving() -> Iterator[Server]:
    """Serve the demonstration with two web processes."""
    with tempfile.TemporaryDirectory() as folder:
        server = Server(make_demonstration(Path(folder)), workers=2)
        server.start()
        try:
            yield server
        finally:
            server.kill()


def _step_row(server: Server, sending: int) -> str:
    """Poll for `_SECONDS`, as `live.js` does, and read the processor time of the server."""
    phones = [Phone(server.address) for _ in range(IN_STEP)]
    paths = [_polled_path(phone) for phone in phones]
    before, stop = _processor_seconds(server.process.pid), time.monotonic() + _SECONDS
    with concurrent.futures.ThreadPoolExecutor(IN_STEP) as crowd:
        polls = [crowd.submit(_poll, *one, stop) for one in zip(phones, paths, strict=True)]
        sent = _row(server.address, sending).split("|") if sending else ["", "0", "0"]
        longest = max(poll.result() for poll in polls)
    share = (_processor_seconds(server.process.pid) - before) / _SECONDS / (os.cpu_count() or 1)
    return f"| {IN_STEP} |{sent[1]}|{sent[2]}| {share:.1%} | {longest * 1000:.0f} ms |"


def _polled_path(phone: Phone) -> str:
    """Open the page of the workshop and return what it polls."""
    _, page = phone.ask("GET", f"/a/{CODE}")
    found = re.search(r'data-poll="([^"]*)"', page)
    assert found, "the page polls nothing"
    return html.unescape(found[1])


def _poll(phone: Phone, path: str, stop: float) -> float:
    """Ask every four to five seconds until ``stop``; return the longest answer in seconds."""
    etag, longest = "", 0.0
    while (pause := 4 + random.random()) < stop - time.monotonic():  # noqa: S311 - no secret
        time.sleep(pause)
        phone.connection.close()  # the server has closed it meanwhile
        started = time.perf_counter()
        phone.connection.request("GET", path, headers={"If-None-Match": etag})
        answer = phone.connection.getresponse()
        answer.read()
        longest = max(longest, time.perf_counter() - started)
        etag = answer.getheader("ETag") or etag
        assert answer.status in {200, 304}, answer.status
    return longest


def _processor_seconds(session: int) -> float:
    """Return the processor time of every process of a session, from Linux's own counters."""
    total = 0
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:
            continue  # a process that has just ended
        if int(fields[3]) == session:
            total += int(fields[11]) + int(fields[12])
    return total / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    for line in (*room_table(), "", *step_table()):
        print(line)
