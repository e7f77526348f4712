"""Read-only JSON API of the open data, described by OpenAPI."""

from flask import Blueprint, Response, current_app, request

from webapp.platform.actions import Action
from webapp.platform.extensions import db
from webapp.platform.views.requires import requires
from webapp.publishing import open_data, publication, snapshots
from webapp.publishing.documents import open_api
from webapp.publishing.documents.content import RoadmapDocument
from webapp.publishing.forms.open_data import Query
from webapp.publishing.views.open_responses import opened_json
from webapp.roadmap import local_roadmaps
from webapp.territory.models import Roadmap

bp = Blueprint("api", __name__, url_prefix=open_api.PREFIX)


@bp.get("/openapi.json")
@requires(Action.READ)
def describe() -> Response:
    """Return the OpenAPI description."""
    return opened_json(open_api.describe(current_app.config["PUBLIC_URL"]), None)


@bp.get("/roadmap")
@requires(Action.READ)
def show_roadmap() -> Response:
    """Return the metadata of a version."""
    roadmap, document = _document(Query(request.args))
    return opened_json(open_data.describe_roadmap(document), roadmap.changed_at)


@bp.get("/versions")
@requires(Action.READ)
def list_versions() -> Response:
    """Return every version."""
    roadmap = _roadmap(Query(request.args))
    return opened_json(open_data.list_versions(roadmap), roadmap.changed_at)


@bp.get("/items")
@requires(Action.READ)
def list_items() -> Response:
    """Return a page of items."""
    query = Query(request.args)
    roadmap, document = _document(query)
    answer = open_data.list_items(document, criteria=query.wanted, part=query.part)
    return opened_json(answer, roadmap.changed_at)


@bp.get("/items/<reference>")
@requires(Action.READ)
def show_item(reference: str) -> Response:
    """Return one item."""
    query = Query(request.args)
    roadmap = _roadmap(query)
    version = publication.published(roadmap, query.version)
    item = publication.published_item(version, reference=reference)
    return opened_json(item, roadmap.changed_at)


@bp.get("/sources")
@requires(Action.READ)
def list_sources() -> Response:
    """Return a page of sources."""
    query = Query(request.args)
    roadmap, document = _document(query)
    answer = open_data.list_sources(document, item=query.item, part=query.part)
    return opened_json(answer, roadmap.changed_at)


@bp.get("/ledger")
@requires(Action.READ)
def show_ledger() -> Response:
    """Return the ledger."""
    roadmap, document = _document(Query(request.args))
    return opened_json(open_data.read_ledger(document), roadmap.changed_at)


@bp.get("/indicators")
@requires(Action.READ)
def list_indicators() -> Response:
    """Return a page of indicators."""
    query = Query(request.args)
    roadmap, document = _document(query)
    answer = open_data.list_indicators(document, item=query.item, part=query.part)
    return opened_json(answer, roadmap.changed_at)


def _roadmap(query: Query) -> Roadmap:
    return local_roadmaps.find_public(db.session(), slug=query.roadmap)


def _document(query: Query) -> tuple[Roadmap, RoadmapDocument]:
    roadmap = _roadmap(query)
    version = publication.published(roadmap, query.version)
    return roadmap, snapshots.document_of(version)
