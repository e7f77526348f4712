"""Page of the agreement between people and the analysis."""

from flask import Blueprint, render_template

from webapp.platform.actions import Action
from webapp.platform.extensions import db
from webapp.platform.views.requires import requires
from webapp.review import agreements

bp = Blueprint("agreements", __name__, url_prefix="/pilotage")


@bp.get("/accord")
@requires(Action.STEER)
def show() -> str:
    """Show the share of kept proposals by working group, and the actions by week."""
    session = db.session()
    return render_template(
        "review/agreements/show.html",
        agreements=agreements.measure(session),
        weeks=agreements.by_week(session),
        correcting=agreements.CORRECTING,
    )
