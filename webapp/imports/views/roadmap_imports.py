"""Pages of the import of a published version (JSON) or of items (table)."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from webapp import wording
from webapp.exceptions import ImportFileError, InvalidRowsError, NotEmptyError
from webapp.imports import drafts
from webapp.imports import items as item_files
from webapp.imports import roadmaps as roadmap_files
from webapp.imports.forms.roadmaps import ItemColumnsForm, ItemsFileForm, VersionFileForm
from webapp.imports.item_rows import guess_columns
from webapp.imports.reading import Table
from webapp.imports.views import uploads
from webapp.platform.actions import Action
from webapp.platform.extensions import db, transaction
from webapp.platform.forms.base import BaseForm, given
from webapp.platform.views.current import actor
from webapp.platform.views.requires import requires
from webapp.platform.views.responses import Page
from webapp.territory import working_groups
from webapp.territory.regions import ensure_region

bp = Blueprint("roadmap_imports", __name__, url_prefix="/pilotage/reprise")


@bp.get("")
@requires(Action.RESTORE)
def choose() -> str:
    """Show both upload forms."""
    return _ask()


@bp.post("/version")
@requires(Action.RESTORE)
def restore() -> Response | Page:
    """Restore a published version into an empty instance."""
    form = VersionFileForm(prefix="version")
    if not form.validate():
        return _ask(version=form), 422
    content = given(form.file.data).read()
    try:
        with transaction() as session:
            done = roadmap_files.restore_roadmap(session, content=content, actor=actor())
            number, rows = done.version.number, done.rows
    except (ImportFileError, NotEmptyError) as error:
        form.file.errors = [wording.message(error).text]
        return _ask(version=form), 422
    flash(f"Version {number} reprise. Fiches : {wording.number(rows.items)}.", "success")
    return redirect(url_for("roadmap.show"), 303)


@bp.post("/fiches")
@requires(Action.RESTORE)
def send() -> Response | Page:
    """Store a file of items and redirect to its preview."""
    form = ItemsFileForm(prefix="items")
    draft = uploads.keep(form.file) if form.validate() else None
    if draft is None:
        return _ask(items=form), 422
    with transaction() as session:
        ensure_region(session)
    return redirect(url_for("roadmap_imports.preview", draft=draft), 303)


@bp.get("/fiches/<draft>")
@requires(Action.RESTORE)
def preview(draft: str) -> str:
    """Show the first rows, the guessed columns and the plan of the import."""
    table, form = uploads.read(draft), ItemColumnsForm()
    form.guess(guess_columns(table.columns))
    return _preview(draft, table, _offered(form, table))


@bp.post("/fiches/<draft>")
@requires(Action.RESTORE)
def check(draft: str) -> Page:
    """Show the plan with other columns."""
    form = ItemColumnsForm()
    table = uploads.read(draft, form.layout())
    if form.has_changed():
        form.guess(guess_columns(table.columns))
    status = 200 if _offered(form, table).validate() else 422
    return _preview(draft, table, form), status


@bp.post("/fiches/<draft>/importer")
@requires(Action.RESTORE)
def store(draft: str) -> Response | Page:
    """Import every row as a draft item, all or nothing."""
    form = ItemColumnsForm()
    table = uploads.read(draft, form.layout())
    if not _offered(form, table).validate() or form.is_unsure(table):
        return _preview(draft, table, form), 422
    owner_id = current_user.id
    try:
        with transaction() as session:
            request = _request(table, form)
            report = item_files.import_items(session, request=request, actor=actor())
            kept = drafts.get_draft(session, public_id=draft, owner_id=owner_id)
            drafts.drop_draft(session, kept)
    except ImportFileError:
        return _preview(draft, table, form), 422
    summary = f"Fiches importées en brouillon : {report.stored}. Déjà là : {report.known}."
    flash(summary, "success")
    return redirect(url_for("steering.home"), 303)


def _offered(form: ItemColumnsForm, table: Table) -> ItemColumnsForm:
    return form.offer(table.columns, working_groups.list_groups(db.session()))


def _request(table: Table, form: ItemColumnsForm) -> item_files.Request:
    groups = working_groups.list_groups(db.session())
    chosen = (group for group in groups if group.slug == form.default_group.data)
    return item_files.Request(table=table, columns=form.columns(), group=next(chosen, groups[0]))


def _ask(version: BaseForm | None = None, items: BaseForm | None = None) -> str:
    return render_template(
        "imports/roadmaps/choose.html",
        version=version or VersionFileForm(prefix="version"),
        items=items or ItemsFileForm(prefix="items"),
        is_empty=roadmap_files.is_empty(db.session()),
    )


def _preview(draft: str, table: Table, form: ItemColumnsForm) -> str:
    report = None
    problems = table.problems
    try:
        if not form.is_unsure(table):
            report = item_files.plan_items(db.session(), request=_request(table, form))
    except InvalidRowsError as error:
        problems = error.problems
    return render_template(
        "imports/roadmaps/preview.html",
        draft=draft,
        table=table,
        rows=uploads.suspects(table),
        form=form.show(table),
        report=report,
        problems=[wording.row_problem(problem) for problem in problems],
    )
