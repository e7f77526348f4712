"""Pages of the user's second factor: enrolment, recovery codes, removal."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask import session as cookie
from flask_login import current_user
from werkzeug.wrappers import Response

from webapp import wording
from webapp.accounts import second_factors, sessions
from webapp.accounts.forms.accounts import CodeForm
from webapp.accounts.sessions import AccountSnapshot
from webapp.accounts.views.session_auth import answer, check_code, instance_key
from webapp.exceptions import CodeRefusedError, RuleError
from webapp.platform.actions import Action
from webapp.platform.extensions import db, transaction
from webapp.platform.views.current import actor
from webapp.platform.views.requires import requires

bp = Blueprint("second_factors", __name__, url_prefix="/compte/second-facteur")
Page = tuple[str, int]
# pragma: allowlist nextline secret
_SECRET = "enrolling"  # noqa: S105 - a name


@bp.get("/")
@requires(Action.ENROL)
def show() -> str:
    """Show the QR code of a new secret, or the current second factor."""
    return _page(CodeForm())


@bp.post("/")
@requires(Action.ENROL)
def enable() -> str | Response | Page:
    """Enable the second factor with a first code."""
    form = CodeForm()
    if not form.validate():
        return _page(form), 422
    try:
        codes = _enable(form.code.data or "")
    except CodeRefusedError as error:
        return answer(_page(form, wording.message(error)), error)
    cookie.pop(_SECRET, None)
    return render_template("accounts/account/recovery_codes.html", codes=codes)


@bp.post("/codes")
@requires(Action.ENROL)
def renew_codes() -> str | Response | Page:
    """Replace the recovery codes, after verifying a code."""
    form = CodeForm()
    if not form.validate():
        return _page(form), 422
    try:
        check_code(AccountSnapshot.of(current_user.user), form.code.data or "")
    except RuleError as error:
        return answer(_page(form, wording.message(error)), error)
    with transaction() as session:
        codes = second_factors.renew_codes(
            session,
            user=current_user.user,
            instance_key=instance_key(),
            actor=actor(),
        )
    return render_template("accounts/account/recovery_codes.html", codes=codes)


@bp.post("/retirer")
@requires(Action.ENROL)
def remove() -> Response | Page:
    """Remove the second factor, after verifying a code."""
    form = CodeForm()
    if not form.validate():
        return _page(form), 422
    try:
        check_code(AccountSnapshot.of(current_user.user), form.code.data or "")
    except RuleError as error:
        return answer(_page(form, wording.message(error)), error)
    with transaction() as session:
        second_factors.remove(session, user=current_user.user, actor=actor())
    flash("Votre second facteur est retiré.", "success")
    return redirect(url_for("second_factors.show"), 303)


def _enable(code: str) -> list[str]:
    with transaction() as session:
        user = current_user.user
        codes = second_factors.enable(
            session,
            user=user,
            secret=cookie.get(_SECRET, ""),
            code=code,
            instance_key=instance_key(),
            actor=actor(),
        )
        # The other sessions were opened with a password only.
        sessions.end_all(session, user=user, except_token=current_user.token)
    return codes


def _page(form: CodeForm, problem: wording.Message | None = None) -> str:
    user, session = current_user.user, db.session()
    factor = second_factors.find(session, user_id=user.id)
    if factor is None and _SECRET not in cookie:
        cookie[_SECRET] = second_factors.new_secret()
    secret = "" if factor else cookie[_SECRET]
    return render_template(
        "accounts/account/second_factor.html",
        factor=factor,
        secret=secret,
        address=second_factors.address(secret, email=user.email) if secret else "",
        left=second_factors.codes_left(session, user_id=user.id),
        form=form,
        problem=problem,
    )
