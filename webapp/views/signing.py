"""Who is behind a cookie: sessions opened, recognised, closed; the time without a gesture.

The cookie holds the session's token and, under the same signature, when its person last did
something. Idle time is measured there, so that reading a page writes nothing in the database; what
a page asks for by itself is nobody's gesture.
"""

from datetime import timedelta

from flask import current_app, request
from flask import session as cookie
from flask_login import current_user, login_user

from webapp.extensions import db, login_manager, transaction
from webapp.extensions.identity import Identity
from webapp.models import User
from webapp.services import sessions
from webapp.services.sessions import Limits
from webapp.views.access import now

_SEEN = "seen"
_STEP = timedelta(minutes=1)


def limits() -> Limits:
    """Return how long sessions last here."""
    found: Limits = current_app.config["SESSION_LIMITS"]
    return found


def let_in(user: User) -> None:
    """Open a session for ``user`` in this browser, in the place of whatever it held.

    Raises
    ------
    SignInRefusedError
        If the account changed since its password was checked.
    """
    before = current_user.token if current_user.is_authenticated else ""
    with transaction() as session:
        sessions.end_token(session, token=before)
        token = sessions.open_session(session, user=user, now=now(), limits=limits())
        remember(user, token)


def remember(user: User, token: str) -> None:
    """Give this browser the cookie of a session that was just opened."""
    cookie.clear()
    login_user(Identity(user, token=token))
    cookie.pop("_id", None)  # flask-login's print of the address and the browser: never asked for
    cookie[_SEEN] = int(now().timestamp())


@login_manager.user_loader  # type: ignore[untyped-decorator] # flask-login ships no types
def recognise(token: str) -> Identity | None:
    """Return who holds ``token``, unless the session ended or nobody touched it for too long."""
    instant = now()
    silence = timedelta(seconds=instant.timestamp() - int(cookie.get(_SEEN, 0)))
    if silence > limits().idle:
        return None
    found = sessions.find(db.session(), token=token, now=instant, limits=limits())
    if found is None:
        return None
    if silence >= _STEP and _is_a_gesture():
        cookie[_SEEN] = int(instant.timestamp())
    return Identity(found.user, token=token, session_id=found.public_id)


def _is_a_gesture() -> bool:
    """Whether a person asked: a page that refreshes itself says ``empty``."""
    return request.method != "GET" or request.headers.get("Sec-Fetch-Dest") != "empty"
