"""Who is behind a cookie: sessions opened, recognised, closed; the time without a gesture.

The cookie holds the session's token and, under the same signature, when its person last did
something. Idle time is measured there, so that reading a page writes nothing in the database; what
a page asks for by itself is nobody's gesture.
"""

import math
from datetime import timedelta

from flask import Response, current_app, make_response, request
from flask import session as cookie
from flask_login import current_user, login_user

from webapp.exceptions import (
    BusyError,
    RuleError,
    SignInRefusedError,
    TooManyAttemptsError,
    WeakPasswordError,
)
from webapp.extensions import db, login_manager, transaction
from webapp.extensions.identity import Identity
from webapp.services import sessions
from webapp.services.entrances import Attempt
from webapp.services.passwords import Gate
from webapp.services.sessions import Checked, Limits
from webapp.views import known_browsers
from webapp.views.access import now

_SEEN = "seen"
_STEP = timedelta(minutes=1)
_STATUS = {
    SignInRefusedError: 422,
    WeakPasswordError: 422,
    TooManyAttemptsError: 429,
    BusyError: 503,
}


def limits() -> Limits:
    """Return how long sessions last here."""
    found: Limits = current_app.config["SESSION_LIMITS"]
    return found


def gate() -> Gate:
    """Return what lets few passwords be checked at once in this process."""
    found: Gate = current_app.config["PASSWORD_GATE"]
    return found


def attempt(email: str, password: str) -> Attempt:
    """Return what was typed in this browser, as the service takes it."""
    return Attempt(
        email=email,
        password=password,
        key=known_browsers.attempt_key("password", email),
        now=now(),
        public=current_app.config["IS_PUBLIC"],
    )


def let_in(checked: Checked) -> None:
    """Open a session in this browser, in the place of whatever it held.

    Raises
    ------
    SignInRefusedError
        If the account changed since its person was checked.
    """
    before = current_user.token if current_user.is_authenticated else ""
    with transaction() as session:
        sessions.end_token(session, token=before)
        user, token = sessions.open_session(session, checked=checked, now=now(), limits=limits())
        identity, email = Identity(user, token=token), user.email
    cookie.clear()
    login_user(identity)
    cookie.pop("_id", None)  # flask-login's print of the address and the browser: never asked for
    cookie[_SEEN] = int(now().timestamp())
    known_browsers.remember(email)


def answer(page: str, error: RuleError) -> Response:
    """Return the page of a form that was not let through, with the status of ``error``."""
    response = make_response(page, _STATUS.get(type(error), 409))
    if isinstance(error, TooManyAttemptsError):
        response.headers["Retry-After"] = str(math.ceil(error.wait.total_seconds()))
    return response


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
