"""What people did with what the machine proposed."""

from flask import Blueprint, render_template

from webapp.platform.extensions import db
from webapp.review import agreements

bp = Blueprint("agreements", __name__, url_prefix="/pilotage")


@bp.get("/accord")
def show() -> str:
    """Show the share of proposals that people kept, by group, and their acts by week."""
    session = db.session()
    return render_template(
        "review/agreements/show.html",
        agreements=agreements.measure(session),
        weeks=agreements.by_week(session),
        correcting=agreements.CORRECTING,
    )
