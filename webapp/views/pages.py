"""Pages that the law and honesty require."""

from flask import Blueprint, render_template

from webapp.exceptions import NotFoundError
from webapp.extensions import db
from webapp.services import delays, notices

bp = Blueprint("pages", __name__)
SLUGS = (
    "accessibilite",
    "mentions-legales",
    "donnees-personnelles",
    "cookies",
    "methode",
    "sources",
    "hors-ligne",
)


@bp.get("/pages/<slug>")
def show(slug: str) -> str:
    """Show one of these pages."""
    if slug not in SLUGS:
        raise NotFoundError(slug)
    session = db.session()
    return render_template(
        f"pages/{slug}.html", notice=notices.read(session), delays=delays.read(session)
    )
