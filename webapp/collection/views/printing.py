"""Pages to print: posters, table cards, paper forms, slips with a stub."""

from collections.abc import Sequence

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from webapp.accounts import users
from webapp.collection import printed_slips, tables, workshops
from webapp.collection.forms.tables import MAX_SLIPS, SheetsForm, SlipsForm, page_size
from webapp.collection.models import PrintedSlip, Workshop
from webapp.collection.views.submissions import no_store
from webapp.collection.views.workshop_access import facilitated_workshop
from webapp.platform.actions import Action
from webapp.platform.extensions import db, transaction
from webapp.platform.forms.base import identifier
from webapp.platform.views.current import actor
from webapp.platform.views.requires import requires
from webapp.platform.views.responses import Page

bp = Blueprint("printing", __name__, url_prefix="/animation")


@bp.get("/affiches")
@requires(Action.PRINT)
def posters() -> str:
    """Show the posters of all the user's workshops and stands, one per page."""
    session = db.session()
    ids = [group.id for group in users.groups_of(session, user=current_user.user)]
    found = workshops.list_workshops(session, group_ids=ids)
    return render_template("collection/print/posters.html", workshops=found, shared=False)


@bp.get("/ateliers/<code>/affiche")
@requires(Action.PRINT)
def poster(code: str) -> str:
    """Show the poster of one workshop, or the card of the device that its participants share."""
    return render_template(
        "collection/print/posters.html",
        workshops=[facilitated_workshop(code)],
        shared="appareil" in request.args,
    )


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


@bp.get("/ateliers/<code>/bulletins")
@requires(Action.KEY_PAPER)
def slips(code: str) -> Response:
    """Show slips that were prepared, for printing, and the form that prepares more."""
    # Each code will open and withdraw an idea: no browser keeps the page.
    form = SlipsForm(per_page=str(page_size(request.args.get("per_page", type=int))))
    return no_store(make_response(_slips(code, form)))


@bp.post("/ateliers/<code>/bulletins")
@requires(Action.KEY_PAPER)
def make_slips(code: str) -> Response | Page:
    """Draw the codes of more slips, and show them."""
    facilitated_workshop(code)
    form = SlipsForm()
    if not form.validate():
        return _slips(code, form), 422
    with transaction() as session:
        workshop = workshops.get_workshop(session, code=code)
        prompt, count = workshop.prompt_at(identifier(form.question.data or "")), form.whole_pages
        made = printed_slips.make_slips(
            session, workshop=workshop, prompt=prompt, count=count, actor=actor()
        )
    kept = {"per_page": form.per_page.data, "premier": made[0], "dernier": made[-1]}
    return redirect(url_for("printing.slips", code=code, **kept), 303)


def _slips(code: str, form: SlipsForm) -> str:
    workshop = facilitated_workshop(code)
    return render_template(
        "collection/print/printed_slips.html",
        workshop=workshop,
        form=form.offer(workshop),
        slips=_asked_slips(workshop),
    )


def _asked_slips(workshop: Workshop) -> Sequence[PrintedSlip]:
    first = request.args.get("premier", 0, type=int)
    last = request.args.get("dernier", 0, type=int)
    numbers = range(first, min(last, first + MAX_SLIPS + 5) + 1)
    return printed_slips.list_unkeyed(db.session(), workshop=workshop, numbers=numbers)
