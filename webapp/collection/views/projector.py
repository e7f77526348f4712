"""Projector pages of a workshop."""

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from webapp.collection import projector, workshops
from webapp.platform.actions import Action
from webapp.platform.extensions import db
from webapp.platform.views.requires import requires
from webapp.platform.views.responses import polled

bp = Blueprint("walls", __name__, url_prefix="/mur")


@bp.get("/<code>")
@requires(Action.READ)
def show(code: str) -> str:
    """Show the projector page; ``idee`` shows one idea full screen."""
    session = db.session()
    workshop = workshops.get_workshop(session, code=code)
    wall = projector.read_wall(session, workshop=workshop)
    chosen = next((n for n in wall.notes if n.public_id == request.args.get("idee")), None)
    return render_template(
        "collection/projector/show.html", workshop=workshop, wall=wall, chosen=chosen
    )


@bp.get("/<code>/etat")
@requires(Action.READ)
def state(code: str) -> Response:
    """Return the content of the projector page, for polling with an ETag."""
    session = db.session()
    workshop = workshops.get_workshop(session, code=code)
    wall = projector.read_wall(session, workshop=workshop)
    return polled(
        render_template("collection/projector/content.html", workshop=workshop, wall=wall)
    )
