"""What gunicorn calls in each web process; ``semailles serve`` names this module to it.

It also answers what never reaches the application, a request that is none, and signs each answer
with its name: here both say no more than the application does. Its own lines would hold the address
of who sent what is no request, and its first line, in which there may be a receipt.
"""

import logging
import socket

from gunicorn import util
from gunicorn.http.wsgi import Response

from webapp.platform import gc_policy
from webapp.platform.views.headers import HEADERS

_named = Response.default_headers


def _tells_no_request(record: logging.LogRecord) -> bool:
    """Whether a line of gunicorn is about its processes, not about what somebody sent."""
    return not str(record.msg).startswith(("Invalid request", "Error handling request"))


def _unnamed(response: Response) -> list[str]:
    """Return the first lines of an answer without the name of the server."""
    return [line for line in _named(response) if not line.startswith("Server:")]


def _refuse(sock: socket.socket, status_int: int, reason: str, mesg: str) -> None:
    """Answer what is no request by its status alone, and nothing of what was sent."""
    del mesg
    told = {"Connection": "close", "Content-Length": "0", **HEADERS}
    lines = (f"HTTP/1.1 {status_int} {reason}", *(f"{name}: {told[name]}" for name in told))
    util.write_nonblock(sock, "\r\n".join((*lines, "", "")).encode("ascii"))


Response.default_headers = _unnamed
util.write_error = _refuse


def post_worker_init(worker: object) -> None:
    """Take the collector in hand once the application is loaded, and the log."""
    del worker
    logging.getLogger("gunicorn.error").addFilter(_tells_no_request)
    gc_policy.hold()


def post_request(worker: object, request: object, environ: object, response: object) -> None:
    """Collect between two requests."""
    del worker, request, environ, response
    gc_policy.collect()
