"""Structured logging: one JSON line per event, tracebacks without values.

Values may be personal data. Tracebacks are logged without the exception message, which may quote
its arguments, and without local variables.
"""

import contextlib
import traceback
from collections.abc import Iterator

import structlog
from structlog.typing import EventDict, WrappedLogger


class Output(structlog.PrintLogger):
    """Standard output; a failed write is ignored, so that the request is still answered."""

    def msg(self, message: str) -> None:
        """Write a line; errors of the underlying disk or pipe are ignored."""
        with contextlib.suppress(OSError):
            super().msg(message)

    log = debug = info = warn = warning = msg
    fatal = failure = err = error = critical = exception = msg


def configure() -> None:
    """Configure logging in this process; idempotent."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            without_values,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=lambda *_: Output(),
    )


def without_values(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """Replace an exception by the class and code locations of each link of its chain."""
    del logger, method
    error = event.pop("exc_info", None)
    if isinstance(error, BaseException):
        event["errors"] = [
            {"kind": type(link).__name__, "at": list(_locations(link))} for link in _chain(error)
        ]
    return event


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _locations(error: BaseException) -> Iterator[str]:
    for frame in traceback.extract_tb(error.__traceback__):
        yield f"{frame.filename}:{frame.lineno} {frame.name}"
