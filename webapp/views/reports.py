"""What goes back to the room, ready to print the same evening."""

from flask import Blueprint, render_template

from webapp.extensions import db
from webapp.services import reports
from webapp.views.access import facilitated_group, facilitated_workshop, now

bp = Blueprint("reports", __name__)


@bp.get("/animation/ateliers/<code>/restitution")
def restitution(code: str) -> str:
    """Show what was said in a workshop, on one page."""
    workshop = facilitated_workshop(code)
    found = reports.restitution(db.session(), workshop=workshop)
    return render_template("reports/restitution.html", workshop=workshop, report=found, at=now())


@bp.get("/revue/<group>/synthese")
def synthesis(group: str) -> str:
    """Show what a working group made of what it heard."""
    owner = facilitated_group(group)
    found = reports.synthesis(db.session(), group_id=owner.id)
    return render_template("reports/synthesis.html", group=owner, report=found, at=now())
