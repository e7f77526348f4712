"""Dashboard of a facilitator, and live page of all the workshops."""

from typing import Any

from flask import Blueprint, render_template
from flask_login import current_user
from werkzeug.wrappers import Response

from webapp.accounts import users
from webapp.collection import live_stats, workshops
from webapp.collection.models import WorkshopState
from webapp.moderation import decisions
from webapp.platform.actions import Action
from webapp.platform.extensions import db
from webapp.platform.views.current import now
from webapp.platform.views.requires import requires
from webapp.platform.views.responses import polled
from webapp.review import ledger, triage

bp = Blueprint("desk", __name__, url_prefix="/animation")


@bp.get("/")
@requires(Action.OPEN_DESK)
def home() -> str:
    """Show the working groups and workshops of the signed-in person."""
    session = db.session()
    groups = users.groups_of(session, user=current_user.user)
    ids = [group.id for group in groups]
    return render_template(
        "review/dashboard/home.html",
        groups=groups,
        decisions={g.id: decisions.count_by_kind(session, group_id=g.id) for g in groups},
        piles=triage.count_piles(session, group_ids=ids),
        ledgers={g.id: ledger.read_ledger(session, group_ids=[g.id]).total for g in groups},
        workshops=workshops.list_workshops(session, group_ids=ids),
        counts=workshops.count_contributions(session),
    )


@bp.get("/salles")
@requires(Action.OPEN_DESK)
def room() -> str:
    """Show all the workshops on one page: incoming contributions and silent tables."""
    return render_template("review/dashboard/room.html", **_rooms())


@bp.get("/salles/etat")
@requires(Action.OPEN_DESK)
def room_state() -> Response:
    """Return the state of the workshops for polling, or 304 when unchanged."""
    return polled(render_template("review/dashboard/rooms.html", **_rooms()))


def _rooms() -> dict[str, Any]:
    session = db.session()
    ids = [group.id for group in users.groups_of(session, user=current_user.user)]
    found = [
        workshop
        for workshop in workshops.list_workshops(session, group_ids=ids)
        if workshop.state is not WorkshopState.ARCHIVED
    ]
    counts = live_stats.read_live_stats(session, workshops=found, now=now())
    return {"workshops": found, "arrivals": counts}
