"""Device token of a participant: random, in the signed cookie, valid for a day."""

import secrets
from datetime import UTC, datetime

from flask import session as cookie

from webapp.collection.devices import TOKEN_LIFE

_NAME, _SINCE = "participant", "participant_since"


def known_token() -> str:
    """Return the token of this browser, or an empty string if absent or expired."""
    since = cookie.get(_SINCE, 0)
    age = datetime.now(UTC).timestamp() - since
    return str(cookie.get(_NAME, "")) if age < TOKEN_LIFE.total_seconds() else ""


def token() -> str:
    """Return the token of this browser, created on its first submission."""
    known = known_token()
    if known:
        return known
    cookie.permanent = True
    cookie[_NAME] = secrets.token_urlsafe(18)
    cookie[_SINCE] = int(datetime.now(UTC).timestamp())
    return str(cookie[_NAME])
