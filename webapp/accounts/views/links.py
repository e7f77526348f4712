"""Page of a single-use link: setting a password."""

from flask import Blueprint, flash, make_response, redirect, render_template, url_for
from flask import session as cookie
from flask_login import logout_user
from werkzeug.wrappers import Response

from webapp import wording
from webapp.accounts import links, sessions
from webapp.accounts.forms.accounts import ChosenPasswordForm
from webapp.accounts.views import known_browsers
from webapp.accounts.views.session_auth import answer, cookie_token, gate
from webapp.exceptions import BusyError, WeakPasswordError
from webapp.platform.actions import Action
from webapp.platform.extensions import db, transaction
from webapp.platform.views.current import now
from webapp.platform.views.requires import requires

bp = Blueprint("account_links", __name__, url_prefix="/compte/lien")


@bp.get("/<link>")
@requires(Action.SIGN_IN)
def show(link: str) -> Response:
    """Ask for a password; opening the page does not consume the link."""
    return _private(make_response(_page(link, ChosenPasswordForm())))


@bp.post("/<link>")
@requires(Action.SIGN_IN)
def use(link: str) -> Response:
    """Store the password and redirect to sign-in, where the second factor is asked for."""
    form = ChosenPasswordForm()
    if not form.validate():
        return _private(make_response(_page(link, form), 422))
    password = form.new.data or ""
    try:
        email = links.use(transaction, token=link, password=password, gate=gate(), now=now())
    except (WeakPasswordError, BusyError) as error:
        return _private(answer(_page(link, form, wording.message(error)), error))
    with transaction() as session:  # the session of this browser may be another account's
        sessions.end_token(session, token=cookie_token())
    logout_user()
    cookie.clear()
    known_browsers.remember(email)
    flash("Votre mot de passe est choisi : connectez-vous.", "success")
    return redirect(url_for("account.sign_in"), 303)


def _page(link: str, form: ChosenPasswordForm, problem: wording.Message | None = None) -> str:
    found = links.find(db.session(), token=link, now=now())
    return render_template("accounts/account/link.html", found=found, form=form, problem=problem)


def _private(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response
