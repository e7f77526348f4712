"""« Mon compte » : one's own sessions and password."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from webapp.extensions import db, transaction
from webapp.services import sessions
from webapp.views.access import now, own_account
from webapp.views.signing import limits

bp = Blueprint("my_account", __name__, url_prefix="/compte")


@bp.get("/")
@own_account
def home() -> str:
    """Show what the account is, and where it is open."""
    return render_template(
        "account/home.html",
        user=current_user.user,
        here=current_user.session_id,
        sessions=sessions.list_open(
            db.session(), user=current_user.user, now=now(), limits=limits()
        ),
        limits=limits(),
    )


@bp.post("/sessions/<session>/fermer")
@own_account
def end_session(session: str) -> Response:
    """End one of one's sessions; one that is closed already stays so."""
    with transaction() as database:
        sessions.end(database, user=current_user.user, public_id=session)
    flash("Cette session est fermée.", "success")
    return redirect(url_for("my_account.home"), 303)


@bp.post("/sessions/fermer-les-autres")
@own_account
def end_others() -> Response:
    """End every session but this one."""
    with transaction() as database:
        sessions.end_all(database, user=current_user.user, but=current_user.token)
    flash("Vos autres sessions sont fermées.", "success")
    return redirect(url_for("my_account.home"), 303)
