"""Read-only pages of the steering committee."""

from flask import Blueprint, render_template

from webapp.platform.actions import Action
from webapp.platform.extensions import db
from webapp.platform.views.current import now
from webapp.platform.views.requires import requires
from webapp.publishing import reports
from webapp.review import ledger
from webapp.roadmap import indicators, items, meetings, progress
from webapp.territory import roadmaps, working_groups

bp = Blueprint("copil", __name__, url_prefix="/copil")


@bp.get("/")
@requires(Action.READ_COMMITTEE)
def home() -> str:
    """Show the items, ledgers, overdue items and meetings."""
    session = db.session()
    roadmap = roadmaps.main_roadmap(session)
    groups = working_groups.list_groups(session)
    return render_template(
        "publishing/committee/home.html",
        roadmap=roadmap,
        items=items.list_items(session, roadmap_id=roadmap.id),
        ledgers=[(g, ledger.read_ledger(session, group_ids=[g.id]).total) for g in groups],
        late=progress.read_late(session, roadmap_id=roadmap.id, today=now().date()),
        meetings=meetings.list_meetings(session, roadmap_id=roadmap.id),
    )


@bp.get("/synthese")
@requires(Action.READ_COMMITTEE)
def synthesis() -> str:
    """Show the two-page overview of the roadmap, for printing."""
    session = db.session()
    roadmap = roadmaps.main_roadmap(session)
    found = reports.overview(session, roadmap=roadmap, today=now().date())
    return render_template(
        "publishing/committee/synthesis.html",
        roadmap=roadmap,
        report=found,
        last=indicators.last_value,
        is_reached=indicators.is_reached,
        at=now(),
    )
