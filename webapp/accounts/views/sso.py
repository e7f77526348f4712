"""Single sign-on with ProConnect: redirections, then a confirmation that opens the session.

The callback is a GET request, which must not write to the database.
"""

import hmac
import secrets
from datetime import timedelta

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask import session as cookie
from werkzeug.wrappers import Response

from webapp.accounts import second_factors, users
from webapp.accounts.views.post_login import destination
from webapp.accounts.views.session_auth import (
    HINT,
    consume_pending,
    log_in,
    pending_account,
    store_pending,
)
from webapp.accounts.views.sso_client import Provider
from webapp.exceptions import NotFoundError, ProviderRefusedError
from webapp.platform.actions import Action
from webapp.platform.extensions import db
from webapp.platform.public_address import public_address
from webapp.platform.views.current import now
from webapp.platform.views.requires import requires

bp = Blueprint("sso", __name__, url_prefix="/connexion/proconnect")
_REQUEST = "sso"
_REQUEST_LIFE = timedelta(minutes=10)


@bp.get("/")
@requires(Action.SIGN_IN)
def begin() -> Response:
    """Redirect to the provider with a new state and nonce."""
    state, nonce = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    address = _provider().authorization_url(state=state, nonce=nonce)
    cookie[_REQUEST] = [state, nonce, int(now().timestamp()), request.args.get("suite", "")]
    return redirect(address, 303)


@bp.get("/retour")
@requires(Action.SIGN_IN)
def come_back() -> Response:
    """Verify the provider's callback, then ask for a code or a confirmation."""
    state, nonce, since, target = cookie.pop(_REQUEST, ["", "", 0, ""])
    late = timedelta(seconds=now().timestamp() - since) > _REQUEST_LIFE
    if late or not hmac.compare_digest(state.encode(), request.args.get("state", "").encode()):
        raise ProviderRefusedError("state")
    person = _provider().exchange_code(code=request.args.get("code", ""), nonce=nonce)
    checked = users.find_snapshot(db.session(), email=person.email)
    if checked is None:
        raise ProviderRefusedError("account")
    has_factor = second_factors.find(db.session(), user_id=checked.id) is not None
    store_pending(checked, by_provider=not has_factor)
    cookie[HINT] = person.hint
    page = "account.ask_code" if has_factor else "sso.confirm"
    return redirect(url_for(page, suite=target or None), 303)


@bp.get("/entrer")
@requires(Action.SIGN_IN)
def confirm() -> str | Response:
    """Ask to confirm the sign-in."""
    checked = pending_account(by_provider=True)
    if checked is None:
        return redirect(url_for("account.sign_in"), 303)
    return render_template("accounts/account/sso.html", email=checked.email)


@bp.post("/entrer")
@requires(Action.SIGN_IN)
def enter() -> Response:
    """Open the session."""
    checked = pending_account(by_provider=True)
    if checked is None or second_factors.find(db.session(), user_id=checked.id) is not None:
        return redirect(url_for("account.sign_in"), 303)
    if not consume_pending():
        raise ProviderRefusedError("state")
    log_in(checked)
    return redirect(destination(), 303)


@bp.get("/fin")
@requires(Action.SIGN_IN)
def left() -> str:
    """Explain that the provider's session is still open, and link to its logout."""
    _provider()
    return render_template("accounts/account/left.html")


@bp.get("/depart")
@requires(Action.SIGN_IN)
def leave() -> Response:
    """Redirect to the provider's logout."""
    hint = cookie.pop(HINT, "")
    home = public_address("public.home")
    return redirect(
        _provider().logout_url(hint=hint, state=secrets.token_urlsafe(32), home=home), 303
    )


def _provider() -> Provider:
    config = current_app.config["SSO"]
    if config is None:
        raise NotFoundError("sso")
    address = public_address("sso.come_back")
    return Provider(config, address)
