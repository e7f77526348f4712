"""Job queue: huey on a SQLite file of the instance, with JSON messages.

Services ask for a job with :func:`enqueue_on_commit`; ``extensions.transaction`` enqueues it.
"""

import json
from collections.abc import Callable
from enum import StrEnum
from typing import Any

from huey import MemoryHuey, SqliteHuey, crontab
from huey.consumer import Consumer
from huey.registry import Message
from huey.serializer import Serializer
from sqlalchemy.orm import Session

from webapp.config import Config

_REQUESTED = "requested_jobs"


class Job(StrEnum):
    """Name of a background job; ``webapp/tasks.py`` gives its function."""

    RUN_ANALYSIS = "run_analysis"
    ALIGN_GROUPS = "align_groups"
    READ_GROUPS = "read_groups"
    COMPARE_NOTES = "compare_notes"
    MAKE_DOCUMENTS = "make_documents"
    SORT_SURGE = "sort_surge"
    FORGET_TEXTS = "forget_texts"
    PURGE = "purge"
    SEND_MAIL = "send_mail"


class JsonSerializer(Serializer):  # type: ignore[misc] # huey ships no types
    """Serialise messages as JSON rather than pickle: a tampered queue cannot execute code."""

    def _serialize(self, data: Message) -> bytes:
        return json.dumps(list(data)).encode()

    def _deserialize(self, data: bytes) -> Message:
        return Message(*json.loads(data))


class Jobs:
    """Registry of background functions, enqueued by name.

    In tests the queue is immediate: a job runs in the caller.
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
        """Register ``function`` as the job ``name``."""
        self._tasks[name] = self._huey.task(name=name)(function)

    def register_nightly(self, name: str, function: Callable[..., object], *, hour: int) -> None:
        """Register ``function`` as the job ``name``, run daily by the worker at ``hour`` (UTC)."""
        every_night = crontab(minute="0", hour=str(hour))
        self._tasks[name] = self._huey.periodic_task(every_night, name=name)(function)

    def enqueue(self, name: str, /, **arguments: str | int) -> None:
        """Enqueue a job; called after the commit, so that the worker reads the committed rows."""
        self._tasks[name](**arguments)

    def consumer(self) -> Consumer:
        """Return the worker: one thread, since an analysis already uses every core."""
        return Consumer(self._huey, workers=1, periodic=True, max_delay=1.0)


def enqueue_on_commit(session: Session, job: Job, **arguments: str | int) -> None:
    """Ask for a job once the transaction of ``session`` is committed; a rollback forgets it.

    The same job with the same arguments is enqueued once per transaction.

    Parameters
    ----------
    session : Session
        The database session, in ``extensions.transaction``.
    job : Job
        The job.
    **arguments : str or int
        The arguments of its function.
    """
    requests = session.info.setdefault(_REQUESTED, {})
    requests[job, tuple(sorted(arguments.items()))] = job, arguments


def take_requests(session: Session) -> list[tuple[Job, dict[str, str | int]]]:
    """Return the jobs that ``session`` was asked for, in order, and forget them."""
    return list(session.info.pop(_REQUESTED, {}).values())
