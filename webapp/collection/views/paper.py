"""Pages for keying in the paper forms of a workshop and for their second reading."""

from collections.abc import Sequence
from datetime import datetime

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from webapp import wording
from webapp.collection import contributions, paper, printed_slips
from webapp.collection.forms.tables import CorrectionForm, LineForm, ReadingForm
from webapp.collection.models import Channel, Contribution, Workshop
from webapp.collection.views.submissions import created, deliver
from webapp.collection.views.workshop_access import facilitated_workshop
from webapp.collection.workshops import get_workshop
from webapp.exceptions import NotFoundError
from webapp.moderation import decisions
from webapp.platform.actions import Action
from webapp.platform.audit import Actor
from webapp.platform.extensions import db, transaction
from webapp.platform.views.current import actor, now
from webapp.platform.views.requires import requires
from webapp.platform.views.responses import Page

bp = Blueprint("paper", __name__, url_prefix="/animation/ateliers")


@bp.get("/<code>/saisie")
@requires(Action.KEY_PAPER)
def enter(code: str) -> str:
    """Show an empty line, with the metadata of the last one, and the lines keyed so far."""
    return _page(facilitated_workshop(code))


@bp.post("/<code>/saisie")
@requires(Action.KEY_PAPER)
def save(code: str) -> Response | Page:
    """Store a line of a sheet."""
    workshop, form, instant = facilitated_workshop(code), LineForm(), now()
    return deliver(
        form,
        receive=lambda: _receive(code, form, instant),
        rerender=lambda status, problem: (_page(workshop, form, problem), status),
    )


@bp.post("/<code>/saisie/<line>/reprendre")
@requires(Action.KEY_PAPER)
def take_back(code: str, line: str) -> Response:
    """Withdraw a line and prefill its text for correction."""
    workshop = facilitated_workshop(code)
    with transaction() as session:
        found = paper.get_line(session, workshop=workshop, public_id=line)
        paper.take_back(session, note=found, actor=actor())
    flash("Ligne reprise : corrigez-la et enregistrez, ou laissez-la vide.", "success")
    return redirect(url_for("paper.enter", code=code, reprise=line), 303)


@bp.get("/<code>/saisie/recus")
@requires(Action.KEY_PAPER)
def slips(code: str) -> str:
    """Show the receipts of all keyed lines, sheet by sheet, for printing."""
    workshop = facilitated_workshop(code)
    return _slips(workshop, paper.list_slips(db.session(), workshop=workshop))


@bp.get("/<code>/saisie/<line>/recu")
@requires(Action.KEY_PAPER)
def slip(code: str, line: str) -> str:
    """Show the receipt of one line, for printing."""
    workshop = facilitated_workshop(code)
    return _slips(workshop, [paper.get_slip(db.session(), workshop=workshop, public_id=line)])


@bp.get("/<code>/seconde-lecture")
@requires(Action.KEY_PAPER)
def check(code: str) -> str:
    """Show the keyed sheets, unread ones first."""
    workshop = facilitated_workshop(code)
    sheets = paper.read_sheets(db.session(), workshop=workshop)
    return render_template("collection/paper/check.html", workshop=workshop, sheets=sheets)


@bp.post("/<code>/seconde-lecture")
@requires(Action.KEY_PAPER)
def confirm(code: str) -> Response:
    """Confirm that lines match the paper."""
    facilitated_workshop(code)
    form = ReadingForm()
    if not form.validate():
        abort(400)
    with transaction() as session:
        workshop = get_workshop(session, code=code)
        lines = form.lines.data or []
        count = paper.confirm(session, workshop=workshop, public_ids=lines, actor=actor())
    flash(f"Conforme au papier : {count}.", "success" if count else "warning")
    return redirect(_next_sheet(code, form), 303)


@bp.get("/<code>/seconde-lecture/<line>")
@requires(Action.KEY_PAPER)
def correct(code: str, line: str) -> str:
    """Show the correction form of a line."""
    workshop = facilitated_workshop(code)
    found = paper.get_line(db.session(), workshop=workshop, public_id=line)
    return _correction(found, CorrectionForm.of(found, request.args.get("suite", "")))


@bp.post("/<code>/seconde-lecture/<line>")
@requires(Action.KEY_PAPER)
def replace(code: str, line: str) -> Response | Page:
    """Store the correction of a line."""
    workshop, form, instant = facilitated_workshop(code), CorrectionForm(), now()
    found = paper.get_line(db.session(), workshop=workshop, public_id=line)
    return deliver(
        form,
        receive=lambda: _replace(code, line, form, instant),
        rerender=lambda status, problem: (
            _correction(found, form.offer(workshop), problem),
            status,
        ),
    )


def _replace(code: str, line: str, form: CorrectionForm, instant: datetime) -> dict[str, str]:
    with transaction() as session:
        former = paper.get_line(session, workshop=get_workshop(session, code=code), public_id=line)
        paper.correct(
            session,
            line=former,
            body=form.body.data or "",
            key=form.key.data or "",
            actor=Actor(id=current_user.id, now=instant),
            details=form.details(Channel.PAPER),
        )
    flash("Ligne corrigée : la nouvelle prend la place de l’ancienne.", "success")
    return {"url": _next_sheet(code, form)}


def _next_sheet(code: str, form: CorrectionForm | ReadingForm) -> str:
    return url_for("paper.check", code=code, _anchor=form.following.data or None)


def _correction(
    line: Contribution, form: CorrectionForm, problem: wording.Message | None = None
) -> str:
    return render_template(
        "collection/paper/correct.html",
        workshop=line.workshop,
        line=line,
        form=form,
        problem=problem,
    )


def _slips(workshop: Workshop, notes: Sequence[Contribution]) -> str:
    back = url_for("paper.enter", code=workshop.code)
    return render_template(
        "collection/print/slips.html", workshop=workshop, notes=notes, back=back, keyer=True
    )


def _taken_back(workshop: Workshop) -> Contribution | None:
    """Return the line that was just withdrawn, for correction."""
    public_id, group_id = request.args.get("reprise", ""), workshop.working_group_id
    try:
        note = decisions.get_contribution(db.session(), group_id=group_id, public_id=public_id)
    except NotFoundError:
        return None
    return note if note.channel is Channel.PAPER else None


def _receive(code: str, form: LineForm, instant: datetime) -> dict[str, str]:
    with transaction() as session:
        note = paper.key_line(
            session,
            code=code,
            body=form.body.data or "",
            key=form.key.data or "",
            actor=Actor(id=current_user.id, now=instant),
            details=form.details(Channel.PAPER),
        )
        undo = url_for("paper.take_back", code=code, line=note.public_id)
        stored = created(note, instant)
    return {"url": url_for("paper.enter", code=code), "undo": undo, "created": stored}


def _next_line(workshop: Workshop, sheets: Sequence[Contribution]) -> LineForm:
    pile, taken_back = contributions.recent(sheets, now()), _taken_back(workshop)
    copied = taken_back or next(iter(pile), None)
    slip = printed_slips.mark_of(db.session(), note=copied) if copied else ""
    return LineForm.after(pile, taken_back, paper.next_question(workshop, pile), slip)


def _page(
    workshop: Workshop, form: LineForm | None = None, problem: wording.Message | None = None
) -> str:
    session = db.session()
    sheets = paper.list_sheets(session, workshop=workshop)
    form = form or _next_line(workshop, sheets)
    return render_template(
        "collection/paper/enter.html",
        workshop=workshop,
        form=form.offer(workshop),
        with_slips=printed_slips.has_slips(session, workshop=workshop),
        sheets=sheets,
        problem=problem,
    )
