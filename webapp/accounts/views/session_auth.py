"""Session cookies: opening, loading and idle timeout.

The signed cookie holds the session token and the time of the last user activity, so that reading a
page does not write to the database. Background requests of pages are not user activity.
"""

import hmac
import math
import secrets
from datetime import timedelta

import structlog
from flask import Response, current_app, g, make_response, request
from flask import session as cookie
from flask_login import login_user

from webapp.accounts import login_throttle, permissions, second_factors, sessions, users
from webapp.accounts.models import User
from webapp.accounts.passwords import Gate
from webapp.accounts.sessions import AccountSnapshot, Limits
from webapp.accounts.sign_in import Attempt
from webapp.accounts.views import known_browsers
from webapp.accounts.views.identity import Identity
from webapp.exceptions import (
    BusyError,
    CodeRefusedError,
    RuleError,
    SignInRefusedError,
    TooManyAttemptsError,
    WeakPasswordError,
)
from webapp.platform import key_derivation
from webapp.platform.extensions import db, login_manager, transaction
from webapp.platform.views.current import now

log = structlog.get_logger(__name__)

_LAST_ACTIVITY = "seen"
HINT = "sso_hint"  # id_token_hint for the provider's logout
_PENDING = "held"
_PENDING_LIFE = timedelta(minutes=10)
_ACTIVITY_RESOLUTION = timedelta(minutes=1)
_STATUS = {
    CodeRefusedError: 422,
    SignInRefusedError: 422,
    WeakPasswordError: 422,
    TooManyAttemptsError: 429,
    BusyError: 503,
}


def limits() -> Limits:
    """Return the session lifetimes of the instance."""
    found: Limits = current_app.config["SESSION_LIMITS"]
    return found


def gate() -> Gate:
    """Return the limit on concurrent password verifications of this process."""
    found: Gate = current_app.config["PASSWORD_GATE"]
    return found


def instance_key() -> str:
    """Return the secret key of the instance, from which other keys are derived."""
    return str(current_app.secret_key)


def attempt(email: str, password: str) -> Attempt:
    """Return the submitted credentials for the service."""
    return Attempt(
        email=email,
        password=password,
        key=known_browsers.attempt_key("password", email),
        now=now(),
        public=current_app.config["IS_PUBLIC"],
        known=known_browsers.is_known(email),
    )


def store_pending(checked: AccountSnapshot, *, by_provider: bool = False) -> None:
    """Store a half-finished sign-in in the cookie.

    After a password, a code is asked for. After single sign-on of an account without a second
    factor (``by_provider``), a confirmation is. One does not replace the other.
    """
    _clear_cookie()
    since = int(now().timestamp())
    number = secrets.token_urlsafe(12)
    cookie[_PENDING] = [checked.public_id, _fingerprint(checked), since, by_provider, number]


def pending_account(*, by_provider: bool = False) -> AccountSnapshot | None:
    """Return the account of a half-finished sign-in, unless expired or its password changed."""
    public_id, fingerprint, since, stored_by_provider, _ = cookie.get(
        _PENDING, ["", "", 0, False, ""]
    )
    if (
        stored_by_provider is not by_provider
        or timedelta(seconds=now().timestamp() - since) > _PENDING_LIFE
    ):
        return None
    found = users.find_snapshot_by_id(db.session(), public_id=public_id)
    same = found is not None and hmac.compare_digest(_fingerprint(found), fingerprint)
    return found if same else None


def consume_pending() -> bool:
    """Consume the half-finished sign-in, so that a copied cookie cannot be replayed."""
    key = key_derivation.keyed_hash(instance_key(), "held-once", str(cookie[_PENDING][-1]))
    with transaction() as session:
        return login_throttle.first_use(session, key=key, now=now())


def check_code(checked: AccountSnapshot, code: str) -> None:
    """Verify a second-factor code of ``checked``.

    Raises
    ------
    CodeRefusedError, TooManyAttemptsError
        If it is wrong, or the account is throttled.
    """
    second_factors.check(
        transaction,
        checked=checked,
        code=code,
        attempt_key=known_browsers.attempt_key("code", checked.email),
        instance_key=instance_key(),
        now=now(),
    )


def _fingerprint(checked: AccountSnapshot) -> str:
    return key_derivation.keyed_hash(instance_key(), "held", checked.password_hash)


def cookie_token() -> str:
    """Return the session token of the cookie, even if the session ended or is idle."""
    return str(cookie.get("_user_id", ""))


def log_in(checked: AccountSnapshot) -> None:
    """Open a session in this browser, replacing the previous one.

    Raises
    ------
    SignInRefusedError
        If the account changed since its verification.
    """
    with transaction() as session:
        sessions.end_token(session, token=cookie_token())
        user, token = sessions.open_session(session, checked=checked, now=now(), limits=limits())
        has_factor = second_factors.find(session, user_id=user.id) is not None
        identity = Identity(user, token=token, must_enrol=_must_enrol(user, has_factor))
    hint = cookie.get(HINT)
    _clear_cookie()
    if hint:
        cookie[HINT] = hint
    login_user(identity)
    cookie.pop("_id", None)  # flask-login's hash of IP address and user agent: not used
    cookie[_LAST_ACTIVITY] = int(now().timestamp())
    known_browsers.remember(checked.email)
    log.info("signed in", account=checked.public_id, endpoint=request.endpoint)


def _clear_cookie() -> None:
    """Empty the cookie; the page that answers then gets a token of the new one."""
    cookie.clear()
    g.pop("csrf_token", None)


def answer(page: str, error: RuleError) -> Response:
    """Return the page of a refused form, with the status of ``error``."""
    response = make_response(page, _STATUS.get(type(error), 409))
    if isinstance(error, TooManyAttemptsError):
        response.headers["Retry-After"] = str(math.ceil(error.wait.total_seconds()))
    return response


@login_manager.user_loader  # type: ignore[untyped-decorator] # flask-login ships no types
def load_identity(token: str) -> Identity | None:
    """Load the identity of ``token``, unless the session ended or is idle."""
    instant = now()
    idle_time = timedelta(seconds=instant.timestamp() - int(cookie.get(_LAST_ACTIVITY, 0)))
    if idle_time > limits().idle:
        return None
    found = sessions.find(db.session(), token=token, now=instant, limits=limits())
    if found is None:
        return None
    if idle_time >= _ACTIVITY_RESOLUTION and _is_user_activity():
        cookie[_LAST_ACTIVITY] = int(instant.timestamp())
    return Identity(
        found.session.user,
        token=token,
        session_id=found.session.public_id,
        must_enrol=_must_enrol(found.session.user, found.second_factor),
    )


def _must_enrol(user: User, second_factor: bool) -> bool:  # noqa: FBT001 - read where it is called
    public = current_app.config["IS_PUBLIC"]
    return permissions.must_have_second_factor(user, public=public) and not second_factor


def _is_user_activity() -> bool:
    """Whether the request is user activity: background requests (fetch) have ``empty``."""
    return request.method != "GET" or request.headers.get("Sec-Fetch-Dest") != "empty"
