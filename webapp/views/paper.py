"""Keying in the paper forms of a workshop, line by line, as they were written."""

from datetime import datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from webapp import wording
from webapp.exceptions import NotFoundError
from webapp.extensions import db, transaction
from webapp.forms.tables import NoteForm
from webapp.models import Channel, Contribution, Workshop
from webapp.services import contributions, moderation, paper, tables
from webapp.views.access import facilitated_workshop, facilitators_only, now
from webapp.views.delivery import Page, deliver, fresh

bp = Blueprint("paper", __name__, url_prefix="/animation/ateliers")


@bp.get("/<code>/saisie")
@facilitators_only
def enter(code: str) -> str:
    """Show an empty line, the sheet's particulars kept, and what was keyed in so far."""
    return _page(facilitated_workshop(code))


@bp.post("/<code>/saisie")
@facilitators_only
def save(code: str) -> Response | Page:
    """Record one line of a sheet."""
    workshop, form, instant = facilitated_workshop(code), NoteForm(), now()
    return deliver(
        form,
        receive=lambda: _receive(code, form, instant),
        again=lambda status, problem: (_page(workshop, form, problem), status),
    )


@bp.post("/<code>/saisie/<note>/reprendre")
@facilitators_only
def take_back(code: str, note: str) -> Response:
    """Undo a line and put its words back, to be corrected."""
    group_id = facilitated_workshop(code).working_group_id
    with transaction() as session:
        found = moderation.get_contribution(session, group_id=group_id, public_id=note)
        tables.take_back(session, note=found, now=now())
    flash("Ligne reprise : corrigez-la et enregistrez, ou laissez-la vide.", "success")
    return redirect(url_for("paper.enter", code=code, reprise=note), 303)


def _taken_back(workshop: Workshop) -> Contribution | None:
    """Return the line that was just taken back, to be corrected."""
    public_id, group_id = request.args.get("reprise", ""), workshop.working_group_id
    try:
        note = moderation.get_contribution(db.session(), group_id=group_id, public_id=public_id)
    except NotFoundError:
        return None
    return note if note.channel is Channel.PAPER else None


def _receive(code: str, form: NoteForm, instant: datetime) -> dict[str, str]:
    with transaction() as session:
        note = contributions.submit_contribution(
            session,
            code=code,
            body=form.body.data or "",
            key=form.key.data or "",
            now=instant,
            details=form.details(Channel.PAPER),
        )
        undo = url_for("paper.take_back", code=code, note=note.public_id)
        stored = fresh(note, instant)
    return {"url": url_for("paper.enter", code=code), "undo": undo, "fresh": stored}


def _page(
    workshop: Workshop, form: NoteForm | None = None, problem: wording.Message | None = None
) -> str:
    sheets = paper.list_sheets(db.session(), workshop=workshop)
    form = form or NoteForm.after(sheets, _taken_back(workshop))
    return render_template(
        "paper/enter.html", workshop=workshop, form=form, sheets=sheets, problem=problem
    )
