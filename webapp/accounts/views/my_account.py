"""« Mon compte » : sessions and password of the signed-in user."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from webapp import wording
from webapp.accounts import second_factors, sessions, sign_in
from webapp.accounts.forms.accounts import PasswordForm
from webapp.accounts.views.session_auth import answer, attempt, gate, limits, log_in
from webapp.exceptions import RuleError
from webapp.platform.actions import Action
from webapp.platform.extensions import db, transaction
from webapp.platform.views.current import now
from webapp.platform.views.requires import requires

bp = Blueprint("my_account", __name__, url_prefix="/compte")


@bp.get("/")
@requires(Action.KEEP_ACCOUNT)
def home() -> str:
    """Show the account and its open sessions."""
    return _page(PasswordForm())


@bp.post("/mot-de-passe")
@requires(Action.KEEP_ACCOUNT)
def change_password() -> Response | tuple[str, int]:
    """Change the password: end every session and open a new one in this browser."""
    form = PasswordForm()
    if not form.validate():
        return _page(form), 422
    typed = attempt(current_user.user.email, form.password.data or "")
    try:
        new = form.new.data or ""
        log_in(sign_in.change_password(transaction, attempt=typed, new=new, gate=gate()))
    except RuleError as error:
        return answer(_page(form, wording.message(error)), error)
    flash("Votre mot de passe est changé ; vos autres sessions sont fermées.", "success")
    return redirect(url_for("my_account.home"), 303)


@bp.post("/sessions/<session>/fermer")
@requires(Action.KEEP_ACCOUNT)
def end_session(session: str) -> Response:
    """End one of the user's sessions."""
    with transaction() as database:
        sessions.end(database, user=current_user.user, public_id=session)
    flash("Cette session est fermée.", "success")
    return redirect(url_for("my_account.home"), 303)


@bp.post("/sessions/fermer-les-autres")
@requires(Action.KEEP_ACCOUNT)
def end_others() -> Response:
    """End every session except this one."""
    with transaction() as database:
        sessions.end_all(database, user=current_user.user, except_token=current_user.token)
    flash("Vos autres sessions sont fermées.", "success")
    return redirect(url_for("my_account.home"), 303)


def _page(form: PasswordForm, problem: wording.Message | None = None) -> str:
    user = current_user.user
    return render_template(
        "accounts/account/home.html",
        user=user,
        factor=second_factors.find(db.session(), user_id=user.id),
        form=form,
        problem=problem,
        here=current_user.session_id,
        sessions=sessions.list_open(db.session(), user=user, now=now(), limits=limits()),
        limits=limits(),
    )
