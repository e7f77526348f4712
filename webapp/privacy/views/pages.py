"""Public legal and information pages."""

from flask import Blueprint, render_template

from webapp.exceptions import NotFoundError
from webapp.platform import retention_settings
from webapp.platform.actions import Action
from webapp.platform.extensions import db
from webapp.platform.views.reader_language import in_readers_language
from webapp.platform.views.requires import requires
from webapp.privacy import legal_notices

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
@requires(Action.READ)
@in_readers_language
def show(slug: str) -> str:
    """Show one of these pages."""
    if slug not in SLUGS:
        raise NotFoundError(slug)
    session = db.session()
    return render_template(
        f"privacy/pages/{slug}.html",
        notice=legal_notices.read(session),
        delays=retention_settings.read(session),
    )
