"""Logs each error response, without personal data.

``refused`` (warning) is a status from 400 to 499; ``failed`` (error) is 500 or above, for alerts.
The URL is not logged, since it may hold a receipt; unknown methods are logged as ``other``.
"""

import structlog
from flask import Flask, Response, g, request
from flask_login import current_user

log = structlog.get_logger(__name__)

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"})
_REFUSED, _FAILED = 400, 500


def record_reason(kind: str) -> None:
    """Record why this request is refused. The first recorded reason wins."""
    g.setdefault("refusal", kind)


def register(app: Flask) -> None:
    """Log every error response of ``app``."""

    @app.after_request
    def log_error(response: Response) -> Response:
        if response.status_code >= _REFUSED:
            failed = response.status_code >= _FAILED
            (log.error if failed else log.warning)(
                "failed" if failed else "refused",
                status=response.status_code,
                method=request.method if request.method in _METHODS else "other",
                endpoint=request.endpoint or "",
                kind=g.get("refusal", ""),
                account=_account(),
            )
        return response


def _account() -> str:
    """Return the public id of the signed-in user, if already loaded; never queries."""
    if "_login_user" not in g or not current_user.is_authenticated:
        return ""
    return str(current_user.user.public_id)
