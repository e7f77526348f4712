"""Pages to print: posters, table cards, paper forms."""

from flask import Blueprint, render_template, request
from flask_login import current_user

from webapp.accounts import users
from webapp.collection import tables, workshops
from webapp.collection.forms.tables import SheetsForm
from webapp.collection.views.workshop_access import facilitated_workshop
from webapp.platform.actions import Action
from webapp.platform.extensions import db
from webapp.platform.views.requires import requires

bp = Blueprint("printing", __name__, url_prefix="/animation")


@bp.get("/affiches")
@requires(Action.PRINT)
def posters() -> str:
    """Show the posters of all the user's workshops and stands, one per page."""
    session = db.session()
    ids = [group.id for group in users.groups_of(session, user=current_user.user)]
    found = workshops.list_workshops(session, group_ids=ids)
    return render_template("collection/print/posters.html", workshops=found)


@bp.get("/ateliers/<code>/affiche")
@requires(Action.PRINT)
def poster(code: str) -> str:
    """Show the poster of one workshop."""
    return render_template("collection/print/posters.html", workshops=[facilitated_workshop(code)])


@bp.get("/ateliers/<code>/cartons")
@requires(Action.PRINT)
def cards(code: str) -> str:
    """Show a card per table, with the rapporteur's link."""
    workshop = facilitated_workshop(code)
    links = [link for link, _ in tables.list_links(db.session(), workshop=workshop)]
    return render_template("collection/print/tables.html", workshop=workshop, links=links)


@bp.get("/ateliers/<code>/feuilles")
@requires(Action.PRINT)
def sheets(code: str) -> str:
    """Show numbered paper forms."""
    workshop, form = facilitated_workshop(code), SheetsForm(request.args, meta={"csrf": False})
    return render_template(
        "collection/print/sheets.html",
        workshop=workshop,
        form=form,
        prompt=form.asked(workshop),
        numbers=form.numbers(),
    )
