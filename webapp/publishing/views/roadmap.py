"""Pages, items and files of the published roadmaps.

Local roadmaps have the same pages under their slug; ``roadmap`` is None for the regional one.
"""

from flask import Blueprint, Response, render_template, request

from webapp import wording
from webapp.collection.forms.contributions import ContributionForm
from webapp.platform.actions import Action
from webapp.platform.extensions import db
from webapp.platform.views.requires import requires
from webapp.platform.views.responses import attachment
from webapp.publishing import exports, publication, reactions, roadmap_search, snapshots
from webapp.publishing.documents.formats import FORMATS, named
from webapp.publishing.forms.roadmap_search import CatalogueForm
from webapp.publishing.forms.versions import WithdrawalForm
from webapp.publishing.models import RoadmapVersion
from webapp.roadmap import local_roadmaps
from webapp.territory import roadmaps
from webapp.territory.models import Roadmap

bp = Blueprint("roadmap", __name__)
REGION = "/feuille-de-route"
LOCAL = "/feuilles-de-route/<roadmap>"


@bp.get(f"{REGION}/")
@bp.get(LOCAL)
@requires(Action.READ)
def show(roadmap: str | None = None) -> str:
    """Show the version in force, or search results."""
    found = local_roadmaps.find_public(db.session(), slug=roadmap)
    version, place = found.latest, place_of(roadmap)
    if version is None:
        return render_template("publishing/roadmap/empty.html", roadmap=found, place=place)
    document = snapshots.document_of(version)
    search = CatalogueForm(request.args, meta={"csrf": False})
    search.offer(roadmap_search.facets(document))
    chapters = roadmap_search.choose(document, search.wanted())
    return _whole(found, version, place=place, chapters=chapters, search=search, form=None)


@bp.get(f"{REGION}/<reference>")
@requires(Action.READ)
def item(reference: str) -> str:
    """Show one published item with its sources and reactions."""
    return page(reference, ContributionForm())


@bp.get(f"{REGION}/version/<int:number>/<name>")
@bp.get(f"{LOCAL}/version/<int:number>/<name>")
@requires(Action.READ)
def download(number: int, name: str, roadmap: str | None = None) -> Response:
    """Download a version in one of the formats."""
    version = publication.published(local_roadmaps.find_public(db.session(), slug=roadmap), number)
    chosen = named(name)
    data = exports.render_version(db.session(), version, name=name)
    filename = f"{version.roadmap.slug}-v{version.number}.{chosen.extension}"
    answer = attachment(data, chosen.media_type, filename)
    answer.headers["Cache-Control"] = "no-cache"  # revalidated each time: it may be withdrawn
    answer.add_etag()
    answer.make_conditional(request)
    return answer


def place_of(roadmap: str | None) -> dict[str, str]:
    """Return the URL parameters of a roadmap's pages, empty for the regional one."""
    return {} if roadmap is None else {"roadmap": roadmap}


def whole(
    roadmap: Roadmap, version: RoadmapVersion, form: WithdrawalForm, place: dict[str, str]
) -> str:
    """Render the page of a version, with the withdrawal form for a commissioner."""
    chapters = snapshots.document_of(version).chapters
    return _whole(roadmap, version, place=place, chapters=chapters, search=None, form=form)


def _whole(
    roadmap: Roadmap, version: RoadmapVersion, *, place: dict[str, str], **parts: object
) -> str:
    document = snapshots.document_of(version)
    return render_template(
        "publishing/roadmap/show.html",
        roadmap=roadmap,
        version=version,
        document=document,
        place=place,
        own=sum(roadmap.owns_reference(item.reference) for item in document.items) if place else 0,
        formats=FORMATS,
        **parts,
    )


def page(reference: str, form: ContributionForm, problem: wording.Message | None = None) -> str:
    """Render the page of an item in force, with the reaction form while a window is open."""
    session = db.session()
    roadmap = roadmaps.main_roadmap(session)
    found = publication.published_item(publication.published(roadmap), reference=reference)
    stored = reactions.get_item(session, roadmap_id=roadmap.id, reference=found.reference)
    return render_template(
        "publishing/roadmap/item.html",
        item=found,
        version=roadmap.latest,
        dated=False,
        place={},
        window=reactions.window_of(session, item=stored),
        reactions=reactions.list_shown(session, item=stored),
        form=form,
        problem=problem,
    )


def published_item(reference: str, number: int, roadmap: str | None) -> str:
    """Render the page of an item of a version."""
    version = publication.published(local_roadmaps.find_public(db.session(), slug=roadmap), number)
    return render_template(
        "publishing/roadmap/item.html",
        item=publication.published_item(version, reference=reference),
        version=version,
        dated=True,
        place=place_of(roadmap),
        window=None,
        reactions=(),
    )
