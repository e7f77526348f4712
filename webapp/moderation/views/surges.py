"""Pages of the contributions held in surges."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from webapp.accounts.views.access import facilitated_group
from webapp.collection.text_analysis import find_personal_data
from webapp.moderation import decisions, rate_limits, surges
from webapp.moderation.forms.moderation import SurgeForm
from webapp.platform.actions import Action
from webapp.platform.extensions import db, transaction
from webapp.platform.views.current import actor
from webapp.platform.views.requires import requires

bp = Blueprint("surges", __name__, url_prefix="/animation/moderation/<group>/afflux")


@bp.get("")
@requires(Action.MODERATE)
def show(group: str) -> str:
    """List the pending held contributions, none preselected."""
    return _page(group, SurgeForm())


@bp.post("/ecarter")
@requires(Action.MODERATE)
def set_aside(group: str) -> Response | tuple[str, int]:
    """Set aside every pending held contribution."""
    form = SurgeForm()
    if not form.validate():
        return _page(group, form), 422
    return _sort(group, form.reason.data or "", "L’afflux est mis de côté")


@bp.post("/reprendre")
@requires(Action.MODERATE)
def resume(group: str) -> Response:
    """Return the held contributions to the queue."""
    return _sort(group, "", "L’afflux rejoint la relecture")


def _sort(group: str, reason: str, done: str) -> Response:
    group_id = facilitated_group(group).id
    with transaction() as session:
        surges.request_sort(session, group_id=group_id, reason=reason, actor=actor())
    flash(f"{done} : les chiffres de cette page le suivent.", "success")
    return redirect(url_for("surges.show", group=group), 303)


def _page(group: str, form: SurgeForm) -> str:
    session, owner = db.session(), facilitated_group(group)
    found = surges.list_held(session, group_id=owner.id)
    return render_template(
        "moderation/surge.html",
        group=owner,
        form=form,
        entries=[(c, find_personal_data(c.body)) for c in found],
        floods=rate_limits.find_floods(session, found),
        held=surges.count(session, group_id=owner.id),
        counts=decisions.count_by_kind(session, group_id=owner.id),
    )
