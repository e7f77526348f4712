"""Current user and time of the request."""

from datetime import UTC, datetime

from flask_login import current_user

from webapp.platform.audit import Actor


def signed_in_id() -> int | None:
    """Return the id of the signed-in user, if any, on pages that do not require one."""
    return current_user.id if current_user.is_authenticated else None


def actor(version: int | None = None) -> Actor:
    """Return the signed-in user as an ``Actor``, with the version of the object shown to them."""
    return Actor(id=current_user.id, now=now(), version=version)


def now() -> datetime:
    """Return the current time in UTC."""
    return datetime.now(UTC)
