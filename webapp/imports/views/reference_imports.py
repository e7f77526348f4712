"""Pages of the import of reference lists: upload, preview, import."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from webapp import vocabulary, wording
from webapp.exceptions import ImportFileError
from webapp.imports import drafts, reference_rows
from webapp.imports.forms.layouts import LayoutForm
from webapp.imports.reading import Table
from webapp.imports.reference_rows import Effect
from webapp.imports.views import uploads
from webapp.platform.actions import Action
from webapp.platform.extensions import db, transaction
from webapp.platform.forms.base import BaseForm
from webapp.platform.views.current import actor
from webapp.platform.views.requires import requires
from webapp.platform.views.responses import Page
from webapp.territory.forms.reference_lists import ListFileForm
from webapp.territory.models import ReferenceKind
from webapp.territory.views.reference_lists import NAMES

bp = Blueprint("reference_imports", __name__, url_prefix="/pilotage/listes/import")


@bp.get("")
@requires(Action.SET_LISTS)
def choose() -> str:
    """Show the expected columns and the upload form."""
    return _choose(ListFileForm(listing=request.args.get("liste", "")))


@bp.post("")
@requires(Action.SET_LISTS)
def send() -> Response | Page:
    """Store the file and redirect to its preview."""
    form = ListFileForm()
    draft = uploads.keep(form.file) if form.validate() else None
    if draft is None:
        return _choose(form), 422
    listing = form.listing.data
    return redirect(url_for("reference_imports.preview", draft=draft, liste=listing), 303)


@bp.get("/<draft>")
@requires(Action.SET_LISTS)
def preview(draft: str) -> str:
    """Show the effect of each line, or every line to correct."""
    return _preview(draft, _table(draft))


@bp.post("/<draft>")
@requires(Action.SET_LISTS)
def store(draft: str) -> Response | Page:
    """Add and update the entries of the file, all or none."""
    table, owner_id = _table(draft), current_user.id
    try:
        with transaction() as session:
            plan = reference_rows.import_lists(
                session, table=table, default=_default(), actor=actor()
            )
            kept = drafts.get_draft(session, public_id=draft, owner_id=owner_id)
            drafts.drop_draft(session, kept)
    except ImportFileError:
        return _preview(draft, table), 422
    count, same = len(plan.lines), plan.count(Effect.KNOWN)
    flash(f"Lignes importées : {count - same}. Inchangées : {same}.", "success")
    return redirect(url_for("reference_lists.home"), 303)


def _default() -> ReferenceKind | None:
    return NAMES.get(request.values.get("liste", ""))


def _table(draft: str) -> Table:
    return uploads.read(draft, LayoutForm(formdata=request.values).layout())


def _choose(form: ListFileForm) -> str:
    return render_template("territory/reference_lists/choose.html", form=form)


def _preview(draft: str, table: Table) -> str:
    plan, problem, problems = None, None, []
    try:
        plan = reference_rows.plan_lists(db.session(), table=table, default=_default())
    except ImportFileError as error:
        problem, problems = wording.message(error), wording.row_problems(error)
    return render_template(
        "territory/reference_lists/preview.html",
        draft=draft,
        table=table,
        layout=LayoutForm().show(table),
        form=BaseForm(),
        listing=request.values.get("liste", ""),
        plan=plan,
        problem=problem,
        problems=problems,
        kinds=vocabulary.REFERENCE_KINDS,
        effects=vocabulary.ENTRY_EFFECTS,
        same=plan.count(Effect.KNOWN) if plan else 0,
    )
