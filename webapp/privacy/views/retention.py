"""Settings page of the retention periods, with the last purges."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from webapp import vocabulary, wording
from webapp.exceptions import ConflictError
from webapp.platform import retention_settings
from webapp.platform.actions import Action
from webapp.platform.extensions import db, transaction
from webapp.platform.views.current import actor
from webapp.platform.views.requires import requires
from webapp.platform.views.responses import Page
from webapp.privacy import retention
from webapp.privacy.forms.retention import DelaysForm

bp = Blueprint("retention", __name__, url_prefix="/administration/conservation")


@bp.get("")
@requires(Action.ADMINISTER)
def home() -> str:
    """Show the current periods and the last purges."""
    return _home(DelaysForm.of(retention_settings.read(db.session())))


@bp.post("")
@requires(Action.ADMINISTER)
def save() -> Response | Page:
    """Save the retention periods."""
    form = DelaysForm()
    if not form.validate():
        return _home(form), 422
    chosen, who = form.values(), actor(form.version.data or 0)
    try:
        with transaction() as session:
            retention_settings.save(session, delays=chosen, actor=who)
    except ConflictError as error:
        return _home(form, wording.message(error)), 409
    flash("Délais enregistrés. La purge de la nuit les appliquera.", "success")
    return redirect(url_for("retention.home"), 303)


def _home(form: DelaysForm, problem: wording.Message | None = None) -> str:
    return render_template(
        "privacy/retention/home.html",
        form=form,
        problem=problem,
        records=retention.list_records(db.session()),
        purged=vocabulary.PURGED,
        causes=vocabulary.PURGE_CAUSES,
    )
