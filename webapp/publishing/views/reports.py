"""Printable reports of workshops and working groups."""

from flask import Blueprint, render_template

from webapp.accounts.views.access import facilitated_group
from webapp.collection.views.workshop_access import facilitated_workshop
from webapp.platform.actions import Action
from webapp.platform.extensions import db
from webapp.platform.views.current import now
from webapp.platform.views.requires import requires
from webapp.publishing import reports

bp = Blueprint("reports", __name__)


@bp.get("/animation/ateliers/<code>/restitution")
@requires(Action.RUN_WORKSHOP)
def restitution(code: str) -> str:
    """Show the one-page summary of a workshop."""
    workshop = facilitated_workshop(code)
    found = reports.restitution(db.session(), workshop=workshop)
    return render_template(
        "publishing/reports/restitution.html", workshop=workshop, report=found, at=now()
    )


@bp.get("/revue/<group>/synthese")
@requires(Action.REVIEW)
def synthesis(group: str) -> str:
    """Show the synthesis of a working group."""
    owner = facilitated_group(group)
    found = reports.synthesis(db.session(), group_id=owner.id)
    return render_template("publishing/reports/synthesis.html", group=owner, report=found, at=now())
