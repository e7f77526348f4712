"""Pages of a participant's browser: own ideas and support points, by a one-day token."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from webapp.collection import devices, endorsements, workshops
from webapp.collection.views import participants
from webapp.platform.actions import Action
from webapp.platform.extensions import db, transaction
from webapp.platform.languages import gettext as _
from webapp.platform.views.reader_language import in_readers_language
from webapp.platform.views.requires import requires

bp = Blueprint("mine", __name__)


@bp.get("/mes-idees")
@requires(Action.FOLLOW)
@in_readers_language
def ideas() -> str:
    """Show the ideas sent from this browser today."""
    token = participants.known_token()
    found = devices.contributions_of(db.session(), token=token) if token else ()
    return render_template("collection/my_ideas/ideas.html", ideas=found)


@bp.get("/a/<code>/gommettes")
@requires(Action.SUPPORT)
@in_readers_language
def ballot(code: str) -> str:
    """Show the published ideas of a workshop and the points left."""
    session = db.session()
    workshop = workshops.get_workshop(session, code=code)
    token = participants.known_token()
    read = endorsements.read_ballot(session, workshop=workshop, token=token)
    return render_template("collection/my_ideas/ballot.html", workshop=workshop, ballot=read)


@bp.post("/a/<code>/gommettes/<contribution>")
@requires(Action.SUPPORT)
@in_readers_language
def give(code: str, contribution: str) -> Response:
    """Give a support point."""
    token = participants.token()
    with transaction() as session:
        workshop = workshops.get_workshop(session, code=code)
        endorsements.give(session, workshop=workshop, public_id=contribution, token=token)
    flash(_("Gommette donnée."), "success")
    return _back(code, contribution)


@bp.post("/a/<code>/gommettes/<contribution>/reprendre")
@requires(Action.SUPPORT)
@in_readers_language
def take_back(code: str, contribution: str) -> Response:
    """Take a support point back."""
    token = participants.known_token()
    with transaction() as session:
        workshop = workshops.get_workshop(session, code=code)
        endorsements.take_back(session, workshop=workshop, public_id=contribution, token=token)
    flash(_("Gommette reprise : vous pouvez la donner à une autre idée."), "success")
    return _back(code, contribution)


def _back(code: str, contribution: str) -> Response:
    return redirect(url_for("mine.ballot", code=code, _anchor=f"i-{contribution}"), 303)
