"""The facilitator's desk: my workshops, open or closed, and what waits."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from webapp.exceptions import NotFoundError
from webapp.extensions import db, transaction
from webapp.forms.workshops import StateForm
from webapp.models import WorkshopState
from webapp.services import ledger, moderation, permissions, users, workshops
from webapp.views.access import facilitators_only, now

bp = Blueprint("desk", __name__, url_prefix="/animation")


@bp.get("/")
@facilitators_only
def home() -> str:
    """Show the groups and workshops of the person signed in."""
    session = db.session()
    groups = users.groups_of(session, user=current_user.user)
    ids = [group.id for group in groups]
    return render_template(
        "desk/home.html",
        groups=groups,
        decisions={g.id: moderation.count_by_kind(session, group_id=g.id) for g in groups},
        ledgers={g.id: ledger.read_ledger(session, group_ids=[g.id]).total for g in groups},
        workshops=workshops.list_workshops(session, group_ids=ids),
        counts=workshops.count_contributions(session),
    )


@bp.post("/ateliers/<code>/etat")
@facilitators_only
def set_state(code: str) -> Response:
    """Open, pause, close or archive a workshop."""
    workshop = workshops.get_workshop(db.session(), code=code)
    if not permissions.may_facilitate(current_user.user, workshop.working_group):
        raise NotFoundError(code)
    form = StateForm()
    if not form.validate():
        abort(400)
    with transaction() as session:
        workshop = workshops.set_state(
            session,
            code=code,
            state=WorkshopState(form.state.data),
            actor_id=current_user.id,
            now=now(),
        )
        title = workshop.title
    flash(f"« {title} » : c’est noté.", "success")
    return redirect(url_for("desk.home") + f"#{code}", 303)
