"""Page of one contribution: its text, its excerpts, its decisions."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from webapp.accounts.views.access import facilitated_group
from webapp.moderation import decisions
from webapp.platform.actions import Action
from webapp.platform.extensions import db, transaction
from webapp.platform.views.current import actor
from webapp.platform.views.requires import requires
from webapp.review import excerpt_splits, history
from webapp.review.forms.moves import CutForm
from webapp.review.views.redirects import back_to

bp = Blueprint("contributions", __name__, url_prefix="/revue")


@bp.get("/<group>/contributions/<contribution>")
@requires(Action.REVIEW)
def show(group: str, contribution: str) -> str:
    """Show a contribution, its possible cut points and its history."""
    owner = facilitated_group(group)
    session = db.session()
    found = decisions.get_contribution(session, group_id=owner.id, public_id=contribution)
    return render_template(
        "review/contributions/show.html",
        group=owner,
        contribution=found,
        points=excerpt_splits.cut_points(found),
        history=history.of_contribution(session, contribution=found),
    )


@bp.post("/<group>/contributions/<contribution>")
@requires(Action.REVIEW)
def cut(group: str, contribution: str) -> Response:
    """Split a contribution at the selected offsets."""
    group_id, form = facilitated_group(group).id, CutForm()
    if not form.validate():
        abort(400)
    if not form.offsets():
        flash("Cochez au moins un endroit où couper.", "error")
        return _back(group, contribution, form)
    with transaction() as session:
        found = decisions.get_contribution(session, group_id=group_id, public_id=contribution)
        reason = form.reason.data or ""
        excerpt_splits.cut(
            session, contribution=found, at=form.offsets(), actor=actor(), reason=reason
        )
    flash("Contribution découpée : chaque passage a maintenant sa place.", "success")
    return _back(group, contribution, form)


def _back(group: str, contribution: str, form: CutForm) -> Response:
    if form.back.data:
        return back_to(group, form)
    return redirect(url_for("contributions.show", group=group, contribution=contribution), 303)
