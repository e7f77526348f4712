"""Pages of the import of contributions: upload, preview, import."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from webapp import wording
from webapp.collection.models import Workshop
from webapp.collection.views.workshop_access import facilitated_workshop
from webapp.exceptions import InvalidRowsError
from webapp.imports import contributions, drafts
from webapp.imports.forms.imports import ColumnsForm, FileForm
from webapp.imports.reading import Table
from webapp.imports.views import uploads
from webapp.platform.actions import Action
from webapp.platform.extensions import db, transaction
from webapp.platform.views.current import now
from webapp.platform.views.requires import requires

bp = Blueprint("imports", __name__, url_prefix="/animation/ateliers")
Page = tuple[str, int]


@bp.get("/<code>/import")
@requires(Action.IMPORT_TEXTS)
def choose(code: str) -> str:
    """Show the upload form."""
    return _ask(facilitated_workshop(code), FileForm())


@bp.post("/<code>/import")
@requires(Action.IMPORT_TEXTS)
def send(code: str) -> Response | Page:
    """Store the file and redirect to its preview."""
    workshop, form = facilitated_workshop(code), FileForm()
    draft = uploads.keep(form.file) if form.validate() else None
    if draft is None:
        return _ask(workshop, form), 422
    return redirect(url_for("imports.preview", code=code, draft=draft), 303)


@bp.get("/<code>/import/<draft>")
@requires(Action.IMPORT_TEXTS)
def preview(code: str, draft: str) -> str:
    """Show the first rows, the guessed columns and the plan of the import."""
    workshop = facilitated_workshop(code)
    table, form = uploads.read(draft), ColumnsForm()
    form.guess(table.columns, contributions.guess_text(table.columns))
    return _preview(workshop, draft, table, form.offer(table.columns))


@bp.post("/<code>/import/<draft>")
@requires(Action.IMPORT_TEXTS)
def check(code: str, draft: str) -> Page:
    """Show the plan with other columns."""
    workshop = facilitated_workshop(code)
    form = ColumnsForm()
    table = uploads.read(draft, form.layout())
    if form.has_changed():
        form.guess(table.columns, contributions.guess_text(table.columns))
    status = 200 if form.offer(table.columns).validate() else 422
    return _preview(workshop, draft, table, form), status


@bp.post("/<code>/import/<draft>/importer")
@requires(Action.IMPORT_TEXTS)
def store(code: str, draft: str) -> Response | Page:
    """Import every row, all or nothing."""
    workshop = facilitated_workshop(code)
    form = ColumnsForm()
    table = uploads.read(draft, form.layout())
    if not form.offer(table.columns).validate() or form.is_unsure(table):
        return _preview(workshop, draft, table, form), 422
    request, owner_id = _request(workshop, table, form), current_user.id
    read = contributions.read_rows(db.session(), request=request)
    with transaction() as session:
        report = contributions.store_rows(session, read=read, now=now(), actor_id=owner_id)
        kept = drafts.get_draft(session, public_id=draft, owner_id=owner_id)
        drafts.drop_draft(session, kept)
    flash(f"Contributions importées : {wording.number(report.stored)}.", "success")
    return redirect(url_for("workshops.show", code=code), 303)


def _request(workshop: Workshop, table: Table, form: ColumnsForm) -> contributions.Request:
    return contributions.Request(
        table=table,
        code=workshop.code,
        text_columns=form.texts(),
        detail_columns=form.details(),
        hold=bool(form.hold.data),
        skip_blank=bool(form.skip_blank.data),
    )


def _ask(workshop: Workshop, form: FileForm) -> str:
    return render_template("imports/contributions/choose.html", workshop=workshop, form=form)


def _preview(workshop: Workshop, draft: str, table: Table, form: ColumnsForm) -> str:
    request, report = _request(workshop, table, form), None
    problems = table.problems
    try:
        if form.texts() and not form.is_unsure(table):
            report = contributions.plan_import(db.session(), request=request)
    except InvalidRowsError as error:
        problems = error.problems
    return render_template(
        "imports/contributions/preview.html",
        workshop=workshop,
        draft=draft,
        table=table,
        rows=uploads.suspects(table),
        form=form.show(table),
        blank=sum(problem.problem == "empty" for problem in problems),
        report=report,
        problems=[wording.row_problem(problem) for problem in problems],
    )
