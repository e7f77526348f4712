"""Timeline of a contribution, by receipt."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from webapp import wording
from webapp.collection import contributions
from webapp.exceptions import NotFoundError, SlipNotKeyedError
from webapp.platform.actions import Action
from webapp.platform.extensions import db, transaction
from webapp.platform.languages import gettext as _
from webapp.platform.views.current import now, signed_in_id
from webapp.platform.views.reader_language import in_readers_language
from webapp.platform.views.requires import requires
from webapp.publishing import receipt_timeline as following

bp = Blueprint("follow", __name__)


@bp.get("/suivi")
@requires(Action.FOLLOW)
@in_readers_language
def lookup() -> Response | str | tuple[str, int]:
    """Show the receipt form, or redirect to the page of a receipt."""
    typed = request.args.get("code", "").strip()
    if not typed:
        return _form()
    try:
        contribution = contributions.get_by_receipt(db.session(), receipt=typed)
    except SlipNotKeyedError as error:
        return _form(typed, waiting=wording.message(error)), 404
    except NotFoundError:
        return _form(typed, unknown=True), 404
    return redirect(url_for("follow.show", receipt=contribution.receipt), 303)


def _form(typed: str = "", *, unknown: bool = False, waiting: wording.Message | None = None) -> str:
    return render_template(
        "publishing/receipts/lookup.html", typed=typed, unknown=unknown, waiting=waiting
    )


@bp.get("/suivi/<receipt>")
@requires(Action.FOLLOW)
@in_readers_language
def show(receipt: str) -> str:
    """Show the timeline of a contribution."""
    session = db.session()
    contribution = contributions.get_by_receipt(session, receipt=receipt)
    steps = following.trace(session, contribution=contribution)
    return render_template("publishing/receipts/show.html", contribution=contribution, steps=steps)


@bp.post("/suivi/<receipt>/retirer")
@requires(Action.FOLLOW)
@in_readers_language
def withdraw(receipt: str) -> Response:
    """Withdraw a contribution."""
    with transaction() as session:
        contributions.withdraw(session, receipt=receipt, now=now(), actor_id=signed_in_id())
    flash(_("Votre idée est retirée : elle ne sera plus montrée ni utilisée."), "success")
    return redirect(url_for("follow.show", receipt=receipt), 303)
