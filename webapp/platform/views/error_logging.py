"""A line in the log for each answer that refuses or fails: what was refused, never whose words.

``refused`` (warning) is an answer of 400 to 499; ``failed`` (error) one of 500 and above, which is
what an alert watches. An address may hold a receipt and a method may be anything: neither is kept.
"""

import structlog
from flask import Flask, Response, g, request
from flask_login import current_user

log = structlog.get_logger(__name__)

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"})
_REFUSED, _FAILED = 400, 500


def because(kind: str) -> None:
    """Remember why this request is refused; whoever knows first knows best."""
    g.setdefault("refusal", kind)


def register(app: Flask) -> None:
    """Tell the log of every answer of ``app`` that is no success."""

    @app.after_request
    def tell(response: Response) -> Response:
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
    """Return the public identifier of who asked, if this request has looked; never ask again."""
    if "_login_user" not in g or not current_user.is_authenticated:
        return ""
    return str(current_user.user.public_id)
