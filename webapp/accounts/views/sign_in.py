"""Pages of sign-in and sign-out."""

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask_login import logout_user
from werkzeug.wrappers import Response

from webapp import wording
from webapp.accounts import second_factors, sessions
from webapp.accounts import sign_in as sign_in_service
from webapp.accounts.forms.accounts import CodeForm, SignInForm
from webapp.accounts.sessions import AccountSnapshot
from webapp.accounts.views.post_login import sign_in_page, welcome
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
from webapp.platform.views.carried import Carried
from webapp.platform.views.requires import requires
from webapp.platform.views.responses import Page

bp = Blueprint("account", __name__)
_LEFT_EVERYWHERE = "Vous êtes déconnecté, sur tous vos appareils."
_LEFT_HERE = "Vous n’êtes pas connecté sur cet appareil. Sur les autres, déconnectez-vous aussi."


@bp.get("/connexion")
@requires(Action.SIGN_IN)
def sign_in() -> str:
    """Ask for an address and a password."""
    return sign_in_page(SignInForm(), None)


@bp.post("/connexion")
@requires(Action.SIGN_IN)
def enter() -> Response | str | Page:
    """Open a session."""
    form, carried = SignInForm(), Carried.received()
    if not form.validate():
        return sign_in_page(form, carried), 422
    typed = attempt(form.email.data or "", form.password.data or "")
    try:
        checked = sign_in_service.authenticate(transaction, attempt=typed, gate=gate())
        if second_factors.find(db.session(), user_id=checked.id) is not None:
            return _ask_code(checked, carried)
        log_in(checked)
    except RuleError as error:
        return answer(sign_in_page(form, carried, wording.message(error)), error)
    return welcome(carried)


# The form checks its own CSRF token, and keeps the submitted address when it has expired.
csrf.exempt(enter)


@bp.get("/connexion/code")
@requires(Action.SIGN_IN)
def ask_code() -> str | Response:
    """Ask for a second-factor code, after a correct password."""
    if pending_account() is None:
        return redirect(url_for("account.sign_in"), 303)
    return _code_page(CodeForm())


@bp.post("/connexion/code")
@requires(Action.SIGN_IN)
def enter_code() -> Response | str | Page:
    """Verify the code and open a session."""
    form, checked, carried = CodeForm(), pending_account(), Carried.received()
    if checked is None:
        return _begin_again(carried)
    if not form.validate():
        return _code_page(form, carried), 422
    try:
        check_code(checked, form.code.data or "")
        log_in(checked)
    except RuleError as error:
        return answer(_code_page(form, carried, wording.message(error)), error)
    return welcome(carried)


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


def _ask_code(checked: AccountSnapshot, carried: Carried | None) -> Response | str:
    """Ask for a code, on the page that answers if it must keep a form that was sent."""
    store_pending(checked)
    if carried:
        return _code_page(CodeForm(formdata=None), carried)
    return redirect(url_for("account.ask_code", suite=request.args.get("suite")), 303)


def _begin_again(carried: Carried | None) -> Response | Page:
    if carried:
        return sign_in_page(SignInForm(formdata=None), carried), 422
    return redirect(url_for("account.sign_in"), 303)


def _code_page(
    form: CodeForm, carried: Carried | None = None, problem: wording.Message | None = None
) -> str:
    return render_template(
        "accounts/account/code.html", form=form, carried=carried, problem=problem
    )
