"""The published roadmap: its page, its items, its files."""

from flask import Blueprint, Response, render_template

from webapp import wording
from webapp.documents.formats import FORMATS
from webapp.exceptions import NotFoundError, UnknownFormatError
from webapp.extensions import db
from webapp.forms.contributions import ContributionForm
from webapp.models import RoadmapVersion
from webapp.services import exports, reactions, roadmaps, snapshots

bp = Blueprint("roadmap", __name__, url_prefix="/feuille-de-route")


@bp.get("/")
def show() -> str:
    """Show the latest published version."""
    roadmap = roadmaps.main_roadmap(db.session())
    version = roadmap.latest
    document = snapshots.document_of(version) if version else None
    return render_template(
        "roadmap/show.html", roadmap=roadmap, version=version, document=document, formats=FORMATS
    )


@bp.get("/<reference>")
def item(reference: str) -> str:
    """Show one published item with its sources, and what people say of it."""
    return page(reference, ContributionForm())


@bp.get("/version/<int:number>/<name>")
def download(number: int, name: str) -> Response:
    """Give a version in one of the formats."""
    version = roadmaps.published(roadmaps.main_roadmap(db.session()), number)
    return _file(version, name)


def page(reference: str, form: ContributionForm, problem: wording.Message | None = None) -> str:
    """Return the page of a published item, with the form to react while a window is open."""
    session = db.session()
    roadmap = roadmaps.main_roadmap(session)
    version = roadmaps.published(roadmap)
    items = snapshots.document_of(version).items
    found = next((item for item in items if item.reference == reference), None)
    if found is None:
        raise NotFoundError(reference)
    stored = reactions.get_item(session, roadmap_id=roadmap.id, reference=reference)
    return render_template(
        "roadmap/item.html",
        item=found,
        version=version,
        window=reactions.window_of(session, item=stored),
        reactions=reactions.list_shown(session, item=stored),
        form=form,
        problem=problem,
    )


def _file(version: RoadmapVersion, name: str) -> Response:
    if name not in FORMATS:
        raise UnknownFormatError(name)
    chosen = FORMATS[name]
    data = exports.render(db.session(), snapshots.document_of(version), name=name)
    filename = f"{version.roadmap.slug}-v{version.number}.{chosen.extension}"
    return Response(
        data,
        mimetype=chosen.media_type,
        headers={"Content-Disposition": f'attachment; filename="{filename}"'},
    )
