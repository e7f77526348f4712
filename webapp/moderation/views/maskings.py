"""Pages of the second reading of masked texts."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from webapp.accounts.views.access import facilitated_group
from webapp.moderation import decisions, masking
from webapp.moderation.forms.moderation import MaskReadingForm
from webapp.platform import retention_settings
from webapp.platform.actions import Action
from webapp.platform.extensions import db, transaction
from webapp.platform.views.current import actor
from webapp.platform.views.requires import requires

bp = Blueprint("maskings", __name__, url_prefix="/animation/masquages")


@bp.get("/<group>")
@requires(Action.MODERATE)
def home(group: str) -> str:
    """Show each masked text beside the original, with the personal data detected."""
    owner, session = facilitated_group(group), db.session()
    return render_template(
        "moderation/maskings.html",
        group=owner,
        waiting=masking.list_unread(session, group_id=owner.id),
        count=masking.count_unread(session, group_id=owner.id),
        read=masking.list_read(session, group_id=owner.id),
        delays=retention_settings.read(session),
    )


@bp.post("/<group>/<contribution>")
@requires(Action.MODERATE)
def confirm(group: str, contribution: str) -> Response:
    """Confirm that a masked text identifies nobody."""
    group_id, form = facilitated_group(group).id, MaskReadingForm()
    if not form.validate():
        abort(400)
    with transaction() as session:
        found = decisions.get_contribution(session, group_id=group_id, public_id=contribution)
        masking.confirm(session, contribution=found, actor=actor(form.version.data))
    flash("Masquage revu.", "success")
    return redirect(url_for("maskings.home", group=group), 303)
