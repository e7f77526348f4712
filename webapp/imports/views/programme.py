"""Pages of the import of a programme: upload, preview, import."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from webapp import wording
from webapp.collection import conferences
from webapp.exceptions import ImportFileError
from webapp.imports import drafts, programme
from webapp.imports.forms.layouts import LayoutForm
from webapp.imports.forms.programme import ProgrammeFileForm, ProgrammeForm
from webapp.imports.reading import Table
from webapp.imports.views import uploads
from webapp.platform.actions import Action
from webapp.platform.extensions import db, transaction
from webapp.platform.views.current import now
from webapp.platform.views.requires import requires
from webapp.platform.views.responses import Page
from webapp.territory import working_groups

bp = Blueprint("programme", __name__, url_prefix="/pilotage/programme")


@bp.get("")
@requires(Action.SET_PROGRAMME)
def choose() -> str:
    """Show the expected columns and the upload form."""
    known = next(iter(conferences.list_conferences(db.session())), None)
    kept = {"name": known.name, "place": known.place} if known else {}
    return _choose(ProgrammeFileForm(data=kept))


@bp.post("")
@requires(Action.SET_PROGRAMME)
def send() -> Response | Page:
    """Store the file and redirect to its preview."""
    form = ProgrammeFileForm()
    draft = uploads.keep(form.file) if form.validate() else None
    if draft is None:
        return _choose(form), 422
    name, place = form.name.data, form.place.data
    return redirect(url_for("programme.preview", draft=draft, name=name, place=place), 303)


@bp.get("/<draft>")
@requires(Action.SET_PROGRAMME)
def preview(draft: str) -> str:
    """Show the new workshops, or every line to correct."""
    kept = {name: request.args.get(name, "") for name in ("name", "place")}
    return _preview(draft, _table(draft), ProgrammeForm(data=kept))


@bp.post("/<draft>")
@requires(Action.SET_PROGRAMME)
def store(draft: str) -> Response | Page:
    """Store the new workshops and stands."""
    table, form, owner_id = _table(draft), ProgrammeForm(), current_user.id
    if not form.validate():
        return _preview(draft, table, form), 422
    try:
        with transaction() as session:
            day = form.conference()
            made = programme.import_programme(
                session, table=table, conference=day, now=now(), actor_id=owner_id
            )
            kept = drafts.get_draft(session, public_id=draft, owner_id=owner_id)
            drafts.drop_draft(session, kept)
    except ImportFileError:
        return _preview(draft, table, form), 422
    flash(f"Ateliers et kiosques importés : {len(made)}.", "success")
    return redirect(url_for("desk.home"), 303)


def _table(draft: str) -> Table:
    return uploads.read(draft, LayoutForm(formdata=request.values).layout())


def _choose(form: ProgrammeFileForm) -> str:
    return render_template(
        "imports/programme/choose.html",
        form=form,
        kinds=tuple(programme.KINDS),
        groups=working_groups.list_groups(db.session()),
    )


def _preview(draft: str, table: Table, form: ProgrammeForm) -> str:
    plan = problem = None
    try:
        day = form.conference()
        plan = programme.plan_programme(db.session(), table=table, conference=day)
    except ImportFileError as error:
        problem = wording.message(error)
    return render_template(
        "imports/programme/preview.html",
        draft=draft,
        plan=plan,
        problem=problem,
        form=form,
        table=table,
        layout=LayoutForm().show(table),
    )
