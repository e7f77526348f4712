"""Settings page of the legal notices."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from webapp import wording
from webapp.exceptions import ConflictError
from webapp.platform.actions import Action
from webapp.platform.extensions import db, transaction
from webapp.platform.views.current import actor
from webapp.platform.views.requires import requires
from webapp.platform.views.responses import Page
from webapp.privacy import legal_notices
from webapp.privacy.forms.notices import LABELS, NoticeForm

bp = Blueprint("notices", __name__, url_prefix="/administration/mentions")


@bp.get("")
@requires(Action.ADMINISTER)
def home() -> str:
    """Show the form and the missing fields."""
    return _home(NoticeForm.of(legal_notices.read(db.session())))


@bp.post("")
@requires(Action.ADMINISTER)
def save() -> Response | Page:
    """Save the legal notices."""
    form = NoticeForm()
    if not form.validate():
        return _home(form), 422
    notice, who = form.values(), actor(form.version.data or 0)
    try:
        with transaction() as session:
            legal_notices.save(session, notice=notice, actor=who)
    except ConflictError as error:
        return _home(form, wording.message(error)), 409
    flash("Mentions enregistrées : les pages légales les montrent.", "success")
    return redirect(url_for("notices.home"), 303)


def _home(form: NoticeForm, problem: wording.Message | None = None) -> str:
    missing = legal_notices.read(db.session()).missing
    return render_template(
        "privacy/notices/home.html",
        form=form,
        problem=problem,
        missing=[LABELS[name] for name in missing],
    )
