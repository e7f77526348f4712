"""The published roadmap: its page, its items, its files."""

from flask import Blueprint, Response, render_template, request

from webapp import wording
from webapp.documents.formats import FORMATS, named
from webapp.extensions import db
from webapp.forms.catalogue import CatalogueForm
from webapp.forms.contributions import ContributionForm
from webapp.forms.versions import WithdrawalForm
from webapp.models import Roadmap, RoadmapVersion
from webapp.services import catalogue, exports, reactions, roadmaps, snapshots
from webapp.views.attachments import attachment

bp = Blueprint("roadmap", __name__, url_prefix="/feuille-de-route")


@bp.get("/")
def show() -> str:
    """Show the version in force, or what a reader looks for in it."""
    roadmap = roadmaps.main_roadmap(db.session())
    version = roadmap.latest
    if version is None:
        return render_template("roadmap/empty.html", roadmap=roadmap)
    document = snapshots.document_of(version)
    search = CatalogueForm(request.args, meta={"csrf": False})
    search.offer(catalogue.offers(document))
    chapters = catalogue.choose(document, search.wanted())
    return _whole(roadmap, version, chapters=chapters, search=search, form=None)


@bp.get("/<reference>")
def item(reference: str) -> str:
    """Show one published item with its sources, and what people say of it."""
    return page(reference, ContributionForm())


@bp.get("/version/<int:number>/<name>")
def download(number: int, name: str) -> Response:
    """Give a version in one of the formats."""
    version = roadmaps.published(roadmaps.main_roadmap(db.session()), number)
    chosen = named(name)
    data = exports.render_version(db.session(), version, name=name)
    filename = f"{version.roadmap.slug}-v{version.number}.{chosen.extension}"
    return attachment(data, chosen.media_type, filename)


def whole(roadmap: Roadmap, version: RoadmapVersion, form: WithdrawalForm) -> str:
    """Return the page of a version as it was published, which a commissioner may withdraw."""
    chapters = snapshots.document_of(version).chapters
    return _whole(roadmap, version, chapters=chapters, search=None, form=form)


def _whole(roadmap: Roadmap, version: RoadmapVersion, **parts: object) -> str:
    return render_template(
        "roadmap/show.html",
        roadmap=roadmap,
        version=version,
        document=snapshots.document_of(version),
        formats=FORMATS,
        **parts,
    )


def page(reference: str, form: ContributionForm, problem: wording.Message | None = None) -> str:
    """Return the page of an item in force, with the form to react while a window is open."""
    session = db.session()
    roadmap = roadmaps.main_roadmap(session)
    found = roadmaps.published_item(roadmaps.published(roadmap), reference=reference)
    stored = reactions.get_item(session, roadmap_id=roadmap.id, reference=reference)
    return render_template(
        "roadmap/item.html",
        item=found,
        version=roadmap.latest,
        dated=False,
        window=reactions.window_of(session, item=stored),
        reactions=reactions.list_shown(session, item=stored),
        form=form,
        problem=problem,
    )


def published_item(reference: str, number: int) -> str:
    """Return the page of an item as a version published it."""
    version = roadmaps.published(roadmaps.main_roadmap(db.session()), number)
    found = roadmaps.published_item(version, reference=reference)
    return render_template(
        "roadmap/item.html", item=found, version=version, dated=True, window=None, reactions=()
    )
