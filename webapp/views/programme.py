"""The programme of a conference: imported from a file, all of it or nothing."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from webapp import wording
from webapp.exceptions import ImportFileError
from webapp.extensions import db, transaction
from webapp.forms.programme import ProgrammeForm
from webapp.services import conferences, workshops
from webapp.services.imports.programme import KINDS, ConferenceFields, import_programme
from webapp.services.imports.reading import read_table
from webapp.views.access import commissioners_only, now
from webapp.views.delivery import Page

bp = Blueprint("programme", __name__, url_prefix="/pilotage/programme")


@bp.get("")
@commissioners_only
def choose() -> str:
    """Say what the file must hold, and ask for it."""
    known = next(iter(conferences.list_conferences(db.session())), None)
    return _page(ProgrammeForm(name=known.name, place=known.place) if known else ProgrammeForm())


@bp.post("")
@commissioners_only
def store() -> Response | Page:
    """Store the workshops and stands that are not there yet."""
    form = ProgrammeForm()
    if not form.validate():
        return _page(form), 422
    name = form.name.data or ""
    conference = ConferenceFields(
        slug=conferences.slug_of(name), name=name, place=form.place.data or ""
    )
    file = form.file.data
    try:
        table = read_table(file.read(), name=file.filename or "")
        with transaction() as session:
            made = len(import_programme(session, table=table, conference=conference, now=now()))
    except ImportFileError as error:
        return _page(form, wording.message(error)), 422
    flash(f"Ateliers et kiosques importés : {made}.", "success")
    return redirect(url_for("desk.home"), 303)


def _page(form: ProgrammeForm, problem: wording.Message | None = None) -> str:
    return render_template(
        "programme/choose.html",
        form=form,
        problem=problem,
        kinds=tuple(KINDS),
        groups=workshops.list_groups(db.session()),
    )
