"""Who acts in this request, and when."""

from datetime import UTC, datetime

from flask_login import current_user

from webapp.platform.audit import Actor


def signed_in_id() -> int | None:
    """Return whose account is open in this browser, on pages that ask for none."""
    return current_user.id if current_user.is_authenticated else None


def actor(version: int | None = None) -> Actor:
    """Return who acts now, on the version of the object that they were looking at."""
    return Actor(id=current_user.id, now=now(), version=version)


def now() -> datetime:
    """Return the present instant."""
    return datetime.now(UTC)
