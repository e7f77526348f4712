"""Gunicorn configuration module: hooks of the web processes.

It also removes the Server header, answers malformed requests with a bare status and the security
headers, and filters log lines about them, which would hold the IP address and the request line, in
which there may be a receipt.
"""

import logging
import socket

from gunicorn import util
from gunicorn.http.wsgi import Response

from webapp.platform import gc_policy
from webapp.platform.views.headers import HEADERS

_default_headers = Response.default_headers


def _is_not_request_error(record: logging.LogRecord) -> bool:
    """Whether a gunicorn log record is not about a malformed request."""
    return not str(record.msg).startswith(("Invalid request", "Error handling request"))


def _without_server_header(response: Response) -> list[str]:
    """Return the default header lines without ``Server``."""
    return [line for line in _default_headers(response) if not line.startswith("Server:")]


def _refuse(sock: socket.socket, status_int: int, reason: str, mesg: str) -> None:
    """Answer a malformed request with its status and the security headers, without a body."""
    del mesg
    headers = {"Connection": "close", "Content-Length": "0", **HEADERS}
    lines = (f"HTTP/1.1 {status_int} {reason}", *(f"{name}: {headers[name]}" for name in headers))
    util.write_nonblock(sock, "\r\n".join((*lines, "", "")).encode("ascii"))


Response.default_headers = _without_server_header
util.write_error = _refuse


def post_worker_init(worker: object) -> None:
    """Install the log filter and disable automatic garbage collection."""
    del worker
    logging.getLogger("gunicorn.error").addFilter(_is_not_request_error)
    gc_policy.disable()


def post_request(worker: object, request: object, environ: object, response: object) -> None:
    """Collect garbage between requests."""
    del worker, request, environ, response
    gc_policy.collect()
