"""Pages that the law and honesty require."""

from flask import Blueprint, render_template

from webapp.exceptions import NotFoundError

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
    return render_template(f"pages/{slug}.html")
