"""Pages of the stand contributions, for facilitators and for organisations."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from webapp.accounts import users
from webapp.collection import stands
from webapp.collection.views.workshop_access import facilitated_workshop
from webapp.collection.workshops import get_workshop
from webapp.platform.actions import Action
from webapp.platform.extensions import db, transaction
from webapp.platform.views.current import actor
from webapp.platform.views.requires import requires

bp = Blueprint("stands", __name__)


@bp.get("/kiosque/<stand>")
@requires(Action.READ_STAND)
def read(stand: str) -> str:
    """Show the contributions of a stand to its organisation; ``stand`` is the link token."""
    session = db.session()
    workshop = stands.get_stand(session, token=stand)
    found = stands.read_stand(session, workshop=workshop)
    return render_template("collection/stands/read.html", workshop=workshop, inspirations=found)


@bp.get("/animation/inspirations")
@requires(Action.RUN_WORKSHOP)
def home() -> str:
    """Show the stand contributions about the themes of the signed-in user."""
    session = db.session()
    ids = [group.id for group in users.groups_of(session, user=current_user.user)]
    found = stands.read_groups(session, group_ids=ids)
    return render_template("collection/stands/home.html", inspirations=found)


@bp.get("/animation/ateliers/<code>/inspirations")
@requires(Action.RUN_WORKSHOP)
def show(code: str) -> str:
    """Show the contributions of a stand, and the link of its organisation."""
    workshop, session = facilitated_workshop(code), db.session()
    return render_template(
        "collection/stands/show.html",
        workshop=workshop,
        inspirations=stands.read_stand(session, workshop=workshop),
        link=stands.find_link(session, workshop=workshop),
    )


@bp.post("/animation/ateliers/<code>/inspirations")
@requires(Action.RUN_WORKSHOP)
def give_link(code: str) -> Response:
    """Create a link for the organisation of a stand."""
    facilitated_workshop(code)
    with transaction() as session:
        stands.give_link(session, workshop=get_workshop(session, code=code), actor=actor())
    flash("Adresse créée : donnez-la à l’organisme ; une ancienne n’ouvre plus rien.", "success")
    return redirect(url_for("stands.show", code=code), 303)
