"""Pages of exports: request, progress, download."""

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from webapp.exceptions import NotFoundError
from webapp.platform.actions import Action
from webapp.platform.extensions import db, transaction
from webapp.platform.views.current import actor
from webapp.platform.views.requires import requires
from webapp.platform.views.responses import Page, attachment
from webapp.publishing import exports
from webapp.publishing.documents.formats import FORMATS
from webapp.publishing.forms.templates import ExportForm
from webapp.publishing.models import Export
from webapp.territory import roadmaps

bp = Blueprint("exports", __name__, url_prefix="/pilotage/documents")


@bp.get("")
@requires(Action.MAKE_DOCUMENTS)
def home() -> str:
    """Show the request form and the recent exports."""
    return _page(ExportForm())


@bp.post("")
@requires(Action.MAKE_DOCUMENTS)
def request() -> Response | Page:
    """Queue an export, which the worker renders."""
    form = ExportForm().offer(roadmaps.main_roadmap(db.session()).versions)
    if not form.validate():
        return _page(form), 422
    with transaction() as session:
        roadmap = roadmaps.main_roadmap(session)
        export_id = exports.request_export(
            session, roadmap=roadmap, number=form.number(), actor=actor()
        ).public_id
    return redirect(url_for("exports.show", export=export_id), 303)


@bp.get("/<export>")
@requires(Action.MAKE_DOCUMENTS)
def show(export: str) -> str:
    """Show the progress of an export, by format."""
    found = _own(export)
    return render_template(
        "publishing/exports/show.html",
        export=found,
        formats=FORMATS,
        files={file.format: file for file in found.files},
        progress=exports.progress_of(found),
    )


@bp.get("/<export>/avancement")
@requires(Action.MAKE_DOCUMENTS)
def progress(export: str) -> str | Response:
    """Return the progress of an export, which its page polls; redirect once it is over."""
    found = _own(export)
    if not found.is_active:
        return redirect(url_for("exports.show", export=export), 303)
    share = exports.progress_of(found)
    return render_template(
        "publishing/exports/progress.html", export=found, formats=FORMATS, progress=share
    )


@bp.get("/<export>/<name>")
@requires(Action.MAKE_DOCUMENTS)
def download(export: str, name: str) -> Response:
    """Download one document."""
    found = _own(export)
    if name not in FORMATS:
        raise NotFoundError(name)
    stem = exports.stem_of(found.roadmap.slug, found.number)
    content = exports.file_of(found, name=name)
    return attachment(content, FORMATS[name].media_type, exports.filename(stem, name))


@bp.get("/<export>/tout")
@requires(Action.MAKE_DOCUMENTS)
def archive(export: str) -> Response:
    """Download all documents as a ZIP."""
    found = _own(export)
    stem = exports.stem_of(found.roadmap.slug, found.number)
    return attachment(exports.archive_of(found), "application/zip", f"{stem}.zip")


def _own(public_id: str) -> Export:
    return exports.get_export(db.session(), public_id=public_id, actor=actor())


def _page(form: ExportForm) -> str:
    session = db.session()
    roadmap = roadmaps.main_roadmap(session)
    return render_template(
        "publishing/exports/home.html",
        form=form.offer(roadmap.versions),
        exports=exports.list_exports(session, actor=actor()),
    )
