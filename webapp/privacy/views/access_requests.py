"""Pages of access and erasure requests, by receipt."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from webapp.platform.actions import Action
from webapp.platform.extensions import db
from webapp.platform.languages import gettext as _
from webapp.platform.views.current import now, signed_in_id
from webapp.platform.views.reader_language import in_readers_language
from webapp.platform.views.requires import requires
from webapp.privacy import access_requests, erasure_ops
from webapp.publishing.documents import own_data

bp = Blueprint("access_requests", __name__)


@bp.get("/suivi/<receipt>/donnees")
@requires(Action.FOLLOW)
@in_readers_language
def show_own(receipt: str) -> str:
    """Show all data kept about a contribution."""
    own = access_requests.read_own(db.session(), receipt=receipt)
    return render_template("privacy/access_requests/own.html", own=own)


@bp.get("/suivi/<receipt>/donnees.json")
@requires(Action.FOLLOW)
def download_own(receipt: str) -> Response:
    """Download all data kept about a contribution."""
    own = access_requests.read_own(db.session(), receipt=receipt)
    response = Response(own_data.render(own), mimetype=own_data.MEDIA_TYPE)
    response.headers["Content-Disposition"] = "attachment; filename=mon-idee.json"
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.get("/suivi/<receipt>/effacer")
@requires(Action.FOLLOW)
@in_readers_language
def ask_to_erase(receipt: str) -> str:
    """Ask for confirmation of an erasure."""
    own = access_requests.read_own(db.session(), receipt=receipt)
    return render_template("privacy/access_requests/erase.html", own=own)


@bp.post("/suivi/<receipt>/effacer")
@requires(Action.FOLLOW)
@in_readers_language
def erase(receipt: str) -> Response:
    """Erase a contribution."""
    erasure_ops.erase_own(receipt=receipt, now=now(), actor_id=signed_in_id())
    flash(_("Vos mots sont effacés. Votre idée reste comptée, sans eux."), "success")
    return redirect(url_for("follow.show", receipt=receipt), 303)
