"""A room: every phone sends in the same second, from one address, to the server as it is served."""

import concurrent.futures
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from tests.e2e.crowd import Phone
from tests.e2e.storms import Server

CROWDS = (200, 1000)
_PATIENCE = 120


def room_table() -> Iterator[str]:
    """Yield how long phones that send in the same second wait for their receipt."""
    yield "| phones | accepted | refused | median | last answer |"
    yield "|---|---|---|---|---|"
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder), workers=2)
        server.run("demo")
        server.start()
        try:
            for size in CROWDS:
                yield _row(server.address, size)
        finally:
            server.kill()


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


if __name__ == "__main__":
    for line in room_table():
        print(line)
