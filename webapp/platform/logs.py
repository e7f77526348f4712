"""What the logs say: one line for each event, an error's place in the code, never a value.

A value could be somebody's words. A traceback is therefore kept without its message, which may
quote its arguments, and without local variables.
"""

import contextlib
import traceback
from collections.abc import Iterator

import structlog
from structlog.typing import EventDict, WrappedLogger


class Output(structlog.PrintLogger):
    """The standard output; when it takes nothing more, people are answered without their line."""

    def msg(self, message: str) -> None:
        """Write a line, if the disk or the pipe behind the output takes it."""
        with contextlib.suppress(OSError):
            super().msg(message)

    log = debug = info = warn = warning = msg
    fatal = failure = err = error = critical = exception = msg


def configure() -> None:
    """Set the logs of this process up; doing it twice changes nothing."""
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
    """Replace an exception by the kinds of its chain and the lines they went through."""
    del logger, method
    error = event.pop("exc_info", None)
    if isinstance(error, BaseException):
        event["errors"] = [
            {"kind": type(link).__name__, "at": list(_places(link))} for link in _chain(error)
        ]
    return event


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _places(error: BaseException) -> Iterator[str]:
    for frame in traceback.extract_tb(error.__traceback__):
        yield f"{frame.filename}:{frame.lineno} {frame.name}"
