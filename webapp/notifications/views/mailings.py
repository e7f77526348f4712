"""« Mes courriels »: the messages that the signed-in person receives."""

from flask import Blueprint, current_app, flash, make_response, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from webapp import wording
from webapp.exceptions import MailNotSentError
from webapp.notifications import letters, mailings
from webapp.notifications.forms import MailForm
from webapp.platform.actions import Action
from webapp.platform.extensions import db, transaction
from webapp.platform.french import paris_date
from webapp.platform.public_address import public_address
from webapp.platform.views.current import now
from webapp.platform.views.requires import requires

bp = Blueprint("mailings", __name__, url_prefix="/compte/courriels")


@bp.get("")
@requires(Action.KEEP_ACCOUNT)
def show() -> str:
    """Show which messages are received."""
    return _page()


@bp.post("")
@requires(Action.KEEP_ACCOUNT)
def save() -> Response:
    """Save which messages are received."""
    form = MailForm()
    with transaction() as session:
        mailings.save_preference(
            session,
            user=current_user.user,
            reminders=form.reminders.data,
            digest=form.digest.data,
            on=paris_date(now()),
        )
    flash("Vos choix sont enregistrés.", "success")
    return redirect(url_for("mailings.show"), 303)


@bp.post("/essai")
@requires(Action.KEEP_ACCOUNT)
def send_trial() -> Response:
    """Send a message to the signed-in person, to see whether messages arrive."""
    user, mailer = current_user.user, current_app.config["MAILER"]
    if not mailer:
        return redirect(url_for("mailings.show"), 303)  # which says that no server is set
    letter = letters.trial(user.email, settings=public_address("mailings.show"))
    try:
        mailer.send([letter], now=now())
    except MailNotSentError as error:
        return make_response(_page(wording.message(error)), 503)
    flash(f"Un message d’essai est parti à {user.email}.", "success")
    return redirect(url_for("mailings.show"), 303)


def _page(problem: wording.Message | None = None) -> str:
    kept = mailings.find_preference(db.session(), user=current_user.user)
    form = MailForm(reminders=kept.reminders, digest=kept.digest)
    return render_template("notifications/mailings/show.html", form=form, problem=problem)
