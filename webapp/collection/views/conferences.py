"""Pages that create and edit conferences."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from webapp import wording
from webapp.collection import conferences
from webapp.collection.forms.conferences import ConferenceForm
from webapp.collection.models import Conference
from webapp.exceptions import ConflictError, DuplicateError
from webapp.platform.actions import Action
from webapp.platform.extensions import db, transaction
from webapp.platform.views.current import actor
from webapp.platform.views.requires import requires
from webapp.platform.views.responses import Page

bp = Blueprint("conferences", __name__, url_prefix="/pilotage/conferences")


@bp.get("")
@requires(Action.SET_PROGRAMME)
def home() -> str:
    """List the conferences, with the creation form."""
    return _home(ConferenceForm())


@bp.post("")
@requires(Action.SET_PROGRAMME)
def create() -> Response | Page:
    """Create a conference."""
    form = ConferenceForm()
    if not form.validate():
        return _home(form), 422
    try:
        with transaction() as session:
            announced = form.values()
            made = conferences.create_conference(session, announced=announced, actor=actor()).slug
    except DuplicateError as error:
        form.name.errors = [wording.message(error).text]
        return _home(form), 409
    flash("Conférence enregistrée.", "success")
    return redirect(url_for("conferences.show", conference=made), 303)


@bp.get("/<conference>")
@requires(Action.SET_PROGRAMME)
def show(conference: str) -> str:
    """Show the form of a conference."""
    found = conferences.get_conference(db.session(), slug=conference)
    return _edit(found, ConferenceForm.of(found))


@bp.post("/<conference>")
@requires(Action.SET_PROGRAMME)
def save(conference: str) -> Response | Page:
    """Save a conference."""
    found, form = conferences.get_conference(db.session(), slug=conference), ConferenceForm()
    if not form.validate():
        return _edit(found, form), 422
    announced, who = form.values(), actor(form.version.data)
    try:
        with transaction() as session:
            found = conferences.get_conference(session, slug=conference)
            conferences.save_conference(session, conference=found, announced=announced, actor=who)
    except ConflictError as error:
        found = conferences.get_conference(db.session(), slug=conference)
        return _edit(found, form, wording.message(error)), 409
    flash("Conférence enregistrée.", "success")
    return redirect(url_for("conferences.show", conference=conference), 303)


def _home(form: ConferenceForm) -> str:
    found = conferences.list_conferences(db.session())
    return render_template("collection/conferences/home.html", conferences=found, form=form)


def _edit(
    conference: Conference, form: ConferenceForm, problem: wording.Message | None = None
) -> str:
    return render_template(
        "collection/conferences/edit.html",
        conference=conference,
        outside=conferences.list_outside(db.session(), conference=conference),
        form=form,
        problem=problem,
    )
