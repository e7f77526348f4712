"""Health, readiness and security.txt endpoints."""

from datetime import timedelta
from pathlib import Path

from flask import Blueprint, Response, current_app
from sqlalchemy.exc import SQLAlchemyError

from webapp.administration import health
from webapp.exceptions import NotFoundError, SchemaError
from webapp.platform import schema
from webapp.platform.actions import Action
from webapp.platform.extensions import db, transaction
from webapp.platform.views import error_logging
from webapp.platform.views.current import now
from webapp.platform.views.requires import requires

bp = Blueprint("signals", __name__)
_YES, _NO = 200, 503
_CONTACT_LIFE = timedelta(days=180)  # the file has an expiry date, computed at each request


@bp.get("/healthz")
@requires(Action.READ)
def healthz() -> Response:
    """Return 200 only if a write was committed within the last second."""
    try:
        if not health.is_fresh(db.session(), now=now()):
            with transaction() as session:
                health.beat(session, now=now())
    except (SQLAlchemyError, OSError):
        return _no("write")
    return _plain("ok", _YES)


@bp.get("/readyz")
@requires(Action.READ)
def readyz() -> Response:
    """Return 200 only if there is disk space, the schema is current and the queue moves."""
    try:
        schema.check_schema(db.engine)
        if health.queue_is_stuck(db.session(), now=now()):
            return _no("queue")
    except SchemaError:
        return _no("schema")
    except SQLAlchemyError:
        return _no("database")
    folder, least = Path(current_app.instance_path), current_app.config["MIN_FREE_MB"]
    return _plain("ok", _YES) if health.has_room(folder, least_mb=least) else _no("disk")


@bp.get("/.well-known/security.txt")
@requires(Action.READ)
def security_txt() -> Response:
    """Return the security contact (RFC 9116), if configured."""
    contact = current_app.config["SECURITY_CONTACT"]
    if not contact:
        raise NotFoundError("security.txt")
    lines = (
        f"Contact: {contact}",
        f"Expires: {(now() + _CONTACT_LIFE).strftime('%Y-%m-%dT00:00:00Z')}",
        "Preferred-Languages: fr, en",
        f"Canonical: {current_app.config['PUBLIC_URL']}/.well-known/security.txt",
    )
    return _plain("\n".join(lines), _YES)


def _no(kind: str) -> Response:
    """Return 503; the reason is only logged."""
    db.session.rollback()
    error_logging.record_reason(kind)
    return _plain("not", _NO)


def _plain(text: str, status: int) -> Response:
    response = Response(f"{text}\n", status, mimetype="text/plain")
    response.headers["Cache-Control"] = "no-store"
    return response
