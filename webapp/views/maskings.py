"""The masked texts that somebody should look at once more before their words are destroyed."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from webapp.extensions import db, transaction
from webapp.forms.moderation import MaskReadingForm
from webapp.services import delays, maskings, moderation
from webapp.views.access import actor, facilitated_group

bp = Blueprint("maskings", __name__, url_prefix="/animation/masquages")


@bp.get("/<group>")
def home(group: str) -> str:
    """Show each masked text beside its words, with what still looks personal."""
    owner, session = facilitated_group(group), db.session()
    return render_template(
        "moderation/maskings.html",
        group=owner,
        waiting=maskings.list_unread(session, group_id=owner.id),
        count=maskings.count_unread(session, group_id=owner.id),
        read=maskings.list_read(session, group_id=owner.id),
        delays=delays.read(session),
    )


@bp.post("/<group>/<contribution>")
def confirm(group: str, contribution: str) -> Response:
    """Say that a masked text lets nobody be recognised."""
    group_id, form = facilitated_group(group).id, MaskReadingForm()
    if not form.validate():
        abort(400)
    with transaction() as session:
        found = moderation.get_contribution(session, group_id=group_id, public_id=contribution)
        maskings.confirm(session, contribution=found, actor=actor(form.version.data))
    flash("Masquage revu.", "success")
    return redirect(url_for("maskings.home", group=group), 303)
