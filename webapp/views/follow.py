"""What became of my idea, for whoever holds its receipt."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from webapp.documents import own_data
from webapp.exceptions import NotFoundError
from webapp.extensions import db, forgetting, jobs, transaction
from webapp.services import contributions, rights
from webapp.services import follow as following
from webapp.services.tokens import read_code
from webapp.views.access import now, signed_in_id

bp = Blueprint("follow", __name__)


@bp.get("/suivi")
def lookup() -> Response | str | tuple[str, int]:
    """Ask for a receipt's code, or lead to its page."""
    typed = request.args.get("code", "").strip()
    if not typed:
        return render_template("follow/lookup.html", typed="", unknown=False)
    try:
        contribution = contributions.get_by_receipt(db.session(), receipt=read_code(typed))
    except NotFoundError:
        return render_template("follow/lookup.html", typed=typed, unknown=True), 404
    return redirect(url_for("follow.show", receipt=contribution.receipt), 303)


@bp.get("/suivi/<receipt>")
def show(receipt: str) -> str:
    """Tell every step of an idea, with its date."""
    session = db.session()
    contribution = contributions.get_by_receipt(session, receipt=receipt)
    steps = following.trace(session, contribution=contribution)
    return render_template("follow/show.html", contribution=contribution, steps=steps)


@bp.post("/suivi/<receipt>/retirer")
def withdraw(receipt: str) -> Response:
    """Take an idea back."""
    with transaction() as session:
        taken = contributions.withdraw(session, receipt=receipt, now=now(), actor_id=signed_in_id())
        group_id = taken.workshop.working_group_id
    jobs.enqueue("read_groups", group_id)
    flash("Votre idée est retirée : elle ne sera plus montrée ni utilisée.", "success")
    return redirect(url_for("follow.show", receipt=receipt), 303)


@bp.get("/suivi/<receipt>/donnees")
def show_own(receipt: str) -> str:
    """Show all that is kept of an idea."""
    own = rights.read_own(db.session(), receipt=receipt)
    return render_template("follow/own.html", own=own)


@bp.get("/suivi/<receipt>/donnees.json")
def download_own(receipt: str) -> Response:
    """Give all that is kept of an idea as a file."""
    own = rights.read_own(db.session(), receipt=receipt)
    response = Response(own_data.render(own), mimetype=own_data.MEDIA_TYPE)
    response.headers["Content-Disposition"] = "attachment; filename=mon-idee.json"
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.get("/suivi/<receipt>/effacer")
def ask_to_erase(receipt: str) -> str:
    """Say what an erasure takes away and what stays, before it is done."""
    own = rights.read_own(db.session(), receipt=receipt)
    return render_template("follow/erase.html", own=own)


@bp.post("/suivi/<receipt>/effacer")
def erase(receipt: str) -> Response:
    """Destroy the words of an idea."""
    contribution = contributions.get_by_receipt(db.session(), receipt=receipt)
    group_id = contribution.workshop.working_group_id
    if forgetting.erase_own(receipt=receipt, now=now(), actor_id=signed_in_id()):
        jobs.enqueue("read_groups", group_id)
    flash("Vos mots sont effacés. Votre idée reste comptée, sans eux.", "success")
    return redirect(url_for("follow.show", receipt=receipt), 303)
