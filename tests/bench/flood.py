"""A flood: what others feel while one device sends fifty times a second.

``python -m tests.bench.flood`` prints the table. Others come one after the other at a steady pace,
whatever they wait: each opens the page of the room, then sends one idea.
"""

import concurrent.futures
import itertools
import os
import platform
import sqlite3
import statistics
import sys
import tempfile
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.e2e.conftest import make_demonstration
from tests.e2e.crowd import Phone
from tests.e2e.storms import Server

OTHERS = 600
WARM_UP = 100  # the processes have loaded what they need
OTHERS_PER_SECOND = 10
FLOOD_PER_SECOND = 50
_PATIENCE = 120
_NUMBERS = itertools.count()


@dataclass
class Waits:
    """How long others waited for the page and for the receipt, in seconds, and what they got."""

    pages: list[float] = field(default_factory=list)
    receipts: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)


def flood_table() -> Iterator[str]:
    """Yield what others wait without a flood, and under two kinds of it."""
    yield (
        "| flood | others heard | page: median | p99 | receipt: median | p99 | worst "
        "| robot: stored | told to wait |"
    )
    yield "|---|---|---|---|---|---|---|---|---|"
    for name, robot, pace in FLOODS:
        with tempfile.TemporaryDirectory() as folder:
            server = Server(make_demonstration(Path(folder)), workers=2)
            server.start()
            try:
                yield _row(name, server.address, robot, pace)
            finally:
                server.kill()


def versions() -> str:
    """Return what the figures were measured with."""
    python, sqlite = platform.python_version(), sqlite3.sqlite_version
    return f"Python {python}, SQLite {sqlite}, {os.cpu_count()} cores"


def _row(name: str, address: str, robot: "Robot | None", pace: int) -> str:
    over, heard = threading.Event(), Counter[int]()
    _paced(lambda: _person(address, Waits()), WARM_UP, OTHERS_PER_SECOND)
    flood = None
    if robot is not None:
        flood = threading.Thread(target=_pour, args=(robot(address), pace, over, heard))
        flood.start()
    waits = Waits()
    _paced(lambda: _person(address, waits), OTHERS, OTHERS_PER_SECOND)
    over.set()
    if flood is not None:
        flood.join(_PATIENCE)
    told = " | ".join(str(heard[status]) for status in (303, 429)) if flood else "– | –"
    return (
        f"| {name} | {waits.statuses[303]} of {OTHERS} | {_times(waits.pages)} "
        f"| {_times(waits.receipts)} | {1000 * max(waits.receipts):.0f} ms | {told} |"
    )


def _person(address: str, waits: Waits) -> None:
    phone = Phone(address)
    started = time.perf_counter()
    hidden = phone.open()
    opened = time.perf_counter()
    status = phone.speak(hidden, f"Une idée posée, {next(_NUMBERS)}")
    done = time.perf_counter()
    phone.connection.close()
    waits.pages.append(opened - started)
    waits.receipts.append(done - opened)
    waits.statuses[status] += 1


def _device(address: str) -> Callable[[], int]:
    """Return the sending of one device: the same cookie, new words and a new key each time."""
    known = Phone(address)
    hidden = known.open()
    known.speak(hidden, "Une première idée")  # it has its token now
    known.connection.close()

    def send() -> int:
        phone = Phone(address)
        phone.cookie = known.cookie
        number = next(_NUMBERS)
        status = phone.speak(hidden | {"key": str(uuid.uuid4())}, f"Rafale {number}")
        phone.connection.close()
        return status

    return send


def _stranger(address: str) -> Callable[[], int]:
    """Return the sending of a robot that forgets who it was: it must open the page every time."""

    def send() -> int:
        phone = Phone(address)
        status = phone.speak(phone.open(), f"Rafale {next(_NUMBERS)}")
        phone.connection.close()
        return status

    return send


def _pour(send: Callable[[], int], pace: int, over: threading.Event, heard: Counter[int]) -> None:
    """Send at a steady pace, whatever the answers, until it is over."""
    started = time.perf_counter()
    with concurrent.futures.ThreadPoolExecutor(pace) as crowd:
        sent = []
        for number in itertools.count():
            if over.wait(max(0.0, started + number / pace - time.perf_counter())):
                break
            sent.append(crowd.submit(send))
    heard.update(one.result() for one in sent)


def _paced(act: Callable[[], None], count: int, per_second: float) -> None:
    pause, started = threading.Event(), time.perf_counter()
    with concurrent.futures.ThreadPoolExecutor(4 * OTHERS_PER_SECOND) as crowd:
        acts = []
        for number in range(count):
            pause.wait(max(0.0, started + number / per_second - time.perf_counter()))
            acts.append(crowd.submit(act))
        for one in acts:
            one.result()


def _times(waits: list[float]) -> str:
    p99 = statistics.quantiles(waits, n=100)[98]
    return f"{1000 * statistics.median(waits):.0f} ms | {1000 * p99:.0f} ms"


Robot = Callable[[str], Callable[[], int]]
FLOODS: tuple[tuple[str, Robot | None, int], ...] = (
    ("none", None, 0),
    (f"one device, {FLOOD_PER_SECOND} sendings a second", _device, FLOOD_PER_SECOND),
    (
        f"no cookie kept, {FLOOD_PER_SECOND // 2} pages and as many sendings a second",
        _stranger,
        FLOOD_PER_SECOND // 2,
    ),
)


if __name__ == "__main__":
    sys.stdout.write(versions() + "\n")
    for line in flood_table():
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
