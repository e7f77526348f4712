"""Pages of sign-in and sign-out."""

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask_login import logout_user
from werkzeug.wrappers import Response

from webapp import wording
from webapp.accounts import second_factors, sessions
from webapp.accounts import sign_in as sign_in_service
from webapp.accounts.forms.accounts import CodeForm, SignInForm
from webapp.accounts.views.post_login import destination
from webapp.accounts.views.session_auth import (
    HINT,
    answer,
    attempt,
    check_code,
    cookie_token,
    gate,
    log_in,
    pending_account,
    store_pending,
)
from webapp.exceptions import RuleError
from webapp.platform.actions import Action
from webapp.platform.extensions import csrf, db, transaction
from webapp.platform.views.requires import requires

bp = Blueprint("account", __name__)
_LEFT_EVERYWHERE = "Vous êtes déconnecté, sur tous vos appareils."
_LEFT_HERE = "Vous n’êtes pas connecté sur cet appareil. Sur les autres, déconnectez-vous aussi."


@bp.get("/connexion")
@requires(Action.SIGN_IN)
def sign_in() -> str:
    """Ask for an address and a password."""
    return _form(SignInForm())


@bp.post("/connexion")
@requires(Action.SIGN_IN)
def enter() -> Response | tuple[str, int]:
    """Open a session."""
    form = SignInForm()
    if not form.validate():
        return _form(form), 422
    typed = attempt(form.email.data or "", form.password.data or "")
    try:
        checked = sign_in_service.authenticate(transaction, attempt=typed, gate=gate())
        if second_factors.find(db.session(), user_id=checked.id) is not None:
            store_pending(checked)
            return redirect(url_for("account.ask_code", suite=request.args.get("suite")), 303)
        log_in(checked)
    except RuleError as error:
        return answer(_form(form, wording.message(error)), error)
    return redirect(destination(), 303)


# The form checks its own CSRF token, and keeps the submitted address when it has expired.
csrf.exempt(enter)


@bp.get("/connexion/code")
@requires(Action.SIGN_IN)
def ask_code() -> str | Response:
    """Ask for a second-factor code, after a correct password."""
    if pending_account() is None:
        return redirect(url_for("account.sign_in"), 303)
    return render_template("accounts/account/code.html", form=CodeForm(), problem=None)


@bp.post("/connexion/code")
@requires(Action.SIGN_IN)
def enter_code() -> Response | tuple[str, int]:
    """Verify the code and open a session."""
    form, checked = CodeForm(), pending_account()
    if checked is None:
        return redirect(url_for("account.sign_in"), 303)
    if not form.validate():
        return render_template("accounts/account/code.html", form=form, problem=None), 422
    try:
        check_code(checked, form.code.data or "")
        log_in(checked)
    except RuleError as error:
        problem = wording.message(error)
        return answer(
            render_template("accounts/account/code.html", form=form, problem=problem), error
        )
    return redirect(destination(), 303)


@bp.post("/deconnexion")
@requires(Action.SIGN_IN)
def sign_out() -> Response:
    """End every session of this account, even if this one is idle."""
    everywhere, token = False, cookie_token()
    if token:
        with transaction() as database:
            everywhere = sessions.end_all_of(database, token=token)
    hint = session.get(HINT, "")
    logout_user()
    session.clear()
    if hint:
        session[HINT] = hint
        return redirect(url_for("sso.left"), 303)
    flash(_LEFT_EVERYWHERE if everywhere else _LEFT_HERE, "success")
    return redirect(url_for("public.home"), 303)


def _form(form: SignInForm, problem: wording.Message | None = None) -> str:
    return render_template("accounts/account/sign_in.html", form=form, problem=problem)
