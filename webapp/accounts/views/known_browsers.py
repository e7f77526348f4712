"""Known browsers: those that signed in to an account before have their own throttle counter.

Such a browser holds a signed cookie for six months, with a random number per account. Failed
attempts by unknown browsers therefore do not delay the staff.
"""

import secrets
from datetime import timedelta

from flask import after_this_request, current_app, request
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.wrappers import Response

from webapp.accounts import login_throttle
from webapp.platform import key_derivation

_LIFE = timedelta(days=180)
_MAX_ACCOUNTS = 5  # accounts remembered on a shared computer


def attempt_key(credential: str, account: str) -> str:
    """Return the key of the throttle counter of this browser for ``account``."""
    number = _known().get(_account(account), "")
    return login_throttle.key_of(_secret(), credential=credential, account=account, browser=number)


def is_known(account: str) -> bool:
    """Whether this browser signed in to ``account`` before."""
    return bool(_known().get(_account(account)))


def remember(account: str) -> None:
    """Record in a cookie that this browser signed in to ``account``."""
    known = _known()
    number = known.pop(_account(account), "") or secrets.token_urlsafe(12)
    entries = dict([*known.items(), (_account(account), number)][-_MAX_ACCOUNTS:])
    value = _serializer().dumps(entries)

    @after_this_request
    def give(response: Response) -> Response:
        response.set_cookie(
            _name(),
            value,
            max_age=_LIFE,
            secure=current_app.config["SESSION_COOKIE_SECURE"],
            httponly=True,
            samesite="Lax",
        )
        return response


def _known() -> dict[str, str]:
    try:
        seconds = int(_LIFE.total_seconds())
        found = _serializer().loads(request.cookies.get(_name(), ""), max_age=seconds)
    except BadSignature:
        return {}
    return dict(found)


def _account(account: str) -> str:
    return key_derivation.keyed_hash(_secret(), "known-browser-account", account.strip().lower())[
        :16
    ]


def _name() -> str:
    return "__Host-known" if current_app.config["SESSION_COOKIE_SECURE"] else "known"


def _secret() -> str:
    return str(current_app.config["SECRET_KEY"])


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(
        key_derivation.derive(_secret(), "known-browser"), salt="known-browser"
    )
