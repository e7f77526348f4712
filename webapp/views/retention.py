"""How long things are kept, and what the last purges took away."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from webapp import vocabulary, wording
from webapp.exceptions import ConflictError
from webapp.extensions import db, transaction
from webapp.forms.retention import DelaysForm
from webapp.services import delays, retention
from webapp.views.access import actor
from webapp.views.delivery import Page

bp = Blueprint("retention", __name__, url_prefix="/administration/conservation")


@bp.get("")
def home() -> str:
    """Show the delays in force and what was destroyed."""
    return _home(DelaysForm.of(delays.read(db.session())))


@bp.post("")
def save() -> Response | Page:
    """Change the delays."""
    form = DelaysForm()
    if not form.validate():
        return _home(form), 422
    chosen, who = form.values(), actor(form.version.data or 0)
    try:
        with transaction() as session:
            delays.save(session, delays=chosen, actor=who)
    except ConflictError as error:
        return _home(form, wording.message(error)), 409
    flash("Délais enregistrés. La purge de la nuit les appliquera.", "success")
    return redirect(url_for("retention.home"), 303)


def _home(form: DelaysForm, problem: wording.Message | None = None) -> str:
    return render_template(
        "retention/home.html",
        form=form,
        problem=problem,
        records=retention.list_records(db.session()),
        purged=vocabulary.PURGED,
        causes=vocabulary.PURGE_CAUSES,
    )
