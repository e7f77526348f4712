"""The background queue: huey on a SQLite file of the instance, its messages in JSON."""

import json
from collections.abc import Callable
from typing import Any

from huey import MemoryHuey, SqliteHuey, crontab
from huey.consumer import Consumer
from huey.registry import Message
from huey.serializer import Serializer

from webapp.config import Config


class JsonSerializer(Serializer):  # type: ignore[misc] # huey ships no types
    """Write messages as JSON: a queue that somebody tampered with runs no code."""

    def _serialize(self, data: Message) -> bytes:
        return json.dumps(list(data)).encode()

    def _deserialize(self, data: bytes) -> Message:
        return Message(*json.loads(data))


class Jobs:
    """Functions that run later, called by their name.

    In tests the queue is immediate: a job runs where it is asked for.
    """

    def __init__(self) -> None:
        self._huey: Any = None  # huey ships no types
        self._tasks: dict[str, Callable[..., object]] = {}

    def init_app(self, config: Config) -> None:
        """Open the queue of this instance."""
        options = {"results": False, "serializer": JsonSerializer()}
        if config.testing:
            self._huey = MemoryHuey("semailles", immediate=True, **options)
        else:
            config.instance_path.mkdir(parents=True, exist_ok=True)
            self._huey = SqliteHuey(
                "semailles", filename=str(config.jobs_path), fsync=True, **options
            )
        self._tasks = {}

    def register(self, name: str, function: Callable[..., object]) -> None:
        """Make ``function`` callable later as ``name``."""
        self._tasks[name] = self._huey.task(name=name)(function)

    def register_nightly(self, name: str, function: Callable[..., object], *, hour: int) -> None:
        """Make ``function`` callable as ``name``, and have the worker call it every night (UTC)."""
        every_night = crontab(minute="0", hour=str(hour))
        self._tasks[name] = self._huey.periodic_task(every_night, name=name)(function)

    def enqueue(self, name: str, *arguments: str | int) -> None:
        """Ask for a job; call it after the commit, so that the worker sees what it needs."""
        self._tasks[name](*arguments)

    def consumer(self) -> Consumer:
        """Return the worker: one thread, since an analysis fills the cores by itself."""
        return Consumer(self._huey, workers=1, periodic=True, max_delay=1.0)
