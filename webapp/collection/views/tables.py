"""Rapporteur's pages: entry, list and withdrawal of sticky notes, receipts."""

from collections.abc import Sequence
from datetime import datetime

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from webapp import wording
from webapp.collection import contributions, printed_slips, tables
from webapp.collection.forms.tables import NoteForm
from webapp.collection.models import Channel, Contribution, TableLink
from webapp.collection.views.submissions import cacheable_offline, created, deliver, no_store
from webapp.exceptions import NotFoundError
from webapp.platform.actions import Action
from webapp.platform.extensions import csrf, db, transaction
from webapp.platform.languages import gettext as _
from webapp.platform.views.current import now
from webapp.platform.views.reader_language import in_readers_language
from webapp.platform.views.requires import requires
from webapp.platform.views.responses import Page

bp = Blueprint("tables", __name__, url_prefix="/table")


@bp.get("/<token>")
@requires(Action.WRITE_NOTES)
@in_readers_language
def show(token: str) -> Response | str:
    """Show an empty line, with the metadata of the last note, and the notes so far."""
    link = tables.get_link(db.session(), token=token)
    if "vierge" not in request.args:
        return _page(link)
    form = NoteForm().answering(link.workshop.current_prompt)
    return cacheable_offline(make_response(_render(link, form)))


@bp.post("/<token>")
@requires(Action.WRITE_NOTES)
@in_readers_language
def enter(token: str) -> Response | Page:
    """Store a note."""
    form, instant = NoteForm(), now()
    return deliver(
        form,
        receive=lambda: _receive(token, form, instant),
        rerender=lambda status, problem: _rerender(token, form, status, problem),
    )


csrf.exempt(enter)  # the form checks its own token, so that an expired page keeps the text


@bp.post("/<token>/notes/<note>/reprendre")
@requires(Action.WRITE_NOTES)
@in_readers_language
def take_back(token: str, note: str) -> Response:
    """Withdraw a note and prefill its text for correction."""
    with transaction() as session:
        link = tables.get_link(session, token=token)
        found = tables.get_note(session, link=link, public_id=note)
        tables.take_back(session, note=found, now=now())
    flash(_("Note reprise : corrigez-la et enregistrez, ou laissez la ligne vide."), "success")
    return redirect(url_for("tables.show", token=token, reprise=note), 303)


@bp.get("/<token>/recus")
@requires(Action.WRITE_NOTES)
@in_readers_language
def slips(token: str) -> Response:
    """Show the receipts of all notes of the table, for printing."""
    link = tables.get_link(db.session(), token=token)
    return _slips(link, tables.list_notes(db.session(), link=link)[::-1])


@bp.get("/<token>/notes/<note>/recu")
@requires(Action.WRITE_NOTES)
@in_readers_language
def slip(token: str, note: str) -> Response:
    """Show the receipt of one note, for printing."""
    link = tables.get_link(db.session(), token=token)
    return _slips(link, [tables.get_slip(db.session(), link=link, public_id=note)])


def _slips(link: TableLink, notes: Sequence[Contribution]) -> Response:
    # Receipts can withdraw contributions: a shared tablet must not cache them.
    back = url_for("tables.show", token=link.token)
    page = render_template(
        "collection/print/slips.html", workshop=link.workshop, notes=notes, back=back, keyer=False
    )
    return no_store(make_response(page))


def _taken_back(link: TableLink) -> Contribution | None:
    """Return the note that was just withdrawn through this link, for correction."""
    try:
        return tables.get_note(db.session(), link=link, public_id=request.args.get("reprise", ""))
    except NotFoundError:
        return None


def _receive(token: str, form: NoteForm, instant: datetime) -> dict[str, str]:
    with transaction() as session:
        link = tables.get_link(session, token=token)
        note = tables.submit_note(
            session,
            link=link,
            body=form.body.data or "",
            key=form.key.data or "",
            now=instant,
            details=form.details(Channel.RAPPORTEUR, link.label),
        )
        undo = url_for("tables.take_back", token=token, note=note.public_id)
        stored = created(note, instant)
    return {"url": url_for("tables.show", token=token), "undo": undo, "created": stored}


def _rerender(token: str, form: NoteForm, status: int, problem: wording.Message | None) -> Page:
    return _page(tables.get_link(db.session(), token=token), form, problem), status


def _page(
    link: TableLink, form: NoteForm | None = None, problem: wording.Message | None = None
) -> str:
    notes = tables.list_notes(db.session(), link=link)
    return _render(link, form or _next_note(link, notes), notes, problem)


def _next_note(link: TableLink, notes: Sequence[Contribution]) -> NoteForm:
    asked = link.workshop.prompt_at(request.args.get("question", type=int))
    taken_back, latest = _taken_back(link), contributions.recent(notes, now())
    copied = taken_back or next(iter(latest), None)
    slip = printed_slips.mark_of(db.session(), note=copied) if copied else ""
    return NoteForm.after(latest, taken_back, asked, slip)


def _render(
    link: TableLink,
    form: NoteForm,
    notes: Sequence[Contribution] = (),
    problem: wording.Message | None = None,
) -> str:
    return render_template(
        "collection/tables/show.html",
        link=link,
        form=form,
        with_slips=printed_slips.has_slips(db.session(), workshop=link.workshop),
        notes=notes,
        problem=problem,
    )
