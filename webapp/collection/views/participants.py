"""What the signed cookie keeps of a participant: a device token, and the mode of a shared device.

The token is random and valid for a day. A shared device is used by one person after the other: its
cookie keeps the receipt of the last idea for a moment, until « J'ai fini » clears it.
"""

import secrets
from datetime import UTC, datetime, timedelta

from flask import session as cookie

from webapp.collection.devices import TOKEN_LIFE

RECEIPT_LIFE = timedelta(minutes=10)  # of people who leave without « J'ai fini »
_NAME, _SINCE = "participant", "participant_since"
_SHARED, _SENT = "shared", "sent"


def known_token() -> str:
    """Return the token of this browser, or an empty string if absent or expired."""
    return str(cookie.get(_NAME, "")) if _age(cookie.get(_SINCE, 0)) < TOKEN_LIFE else ""


def token() -> str:
    """Return the token of this browser, created on its first submission."""
    known = known_token()
    if known:
        return known
    cookie.permanent = True
    cookie[_NAME] = secrets.token_urlsafe(18)
    cookie[_SINCE] = int(datetime.now(UTC).timestamp())
    return str(cookie[_NAME])


def shared_at() -> str:
    """Return the code of the workshop where this device is shared, or an empty string."""
    return str(cookie.get(_SHARED, ""))


def share(code: str) -> None:
    """Make this device a shared one, and forget everything else."""
    cookie.clear()
    cookie.permanent = True
    cookie[_SHARED] = code


def stop_sharing() -> None:
    """Make this device the device of one person again; nothing of the others stays."""
    cookie.clear()


def forget() -> None:
    """Forget who used this device, if it is shared; it stays so."""
    code = shared_at()
    if code:
        share(code)


def remember_sent(public_id: str) -> None:
    """Keep which contribution was sent last from a shared device."""
    cookie[_SENT] = [public_id, int(datetime.now(UTC).timestamp())]


def last_sent() -> str:
    """Return the contribution sent last from a shared device, or an empty string."""
    public_id, at = cookie.get(_SENT, ("", 0))
    return str(public_id) if _age(at) < RECEIPT_LIFE else ""


def forget_sent() -> None:
    """Forget which contribution was sent last."""
    cookie.pop(_SENT, None)


def _age(since: float) -> timedelta:
    return timedelta(seconds=datetime.now(UTC).timestamp() - since)
