"""Open data page, CSV of items, and its descriptors for portals."""

from collections.abc import Callable

from flask import Blueprint, Response, current_app, render_template

from webapp.platform.actions import Action
from webapp.platform.extensions import db
from webapp.platform.views.requires import requires
from webapp.publishing import publication, snapshots
from webapp.publishing.documents import csv_file, open_api
from webapp.publishing.documents.content import RoadmapDocument
from webapp.publishing.documents.formats import FORMATS
from webapp.publishing.documents.open_data import LICENCE
from webapp.publishing.views.open_responses import opened
from webapp.roadmap import local_roadmaps
from webapp.territory import roadmaps

bp = Blueprint("open_data", __name__, url_prefix="/donnees-ouvertes")


@bp.get("")
@requires(Action.READ)
def home() -> str:
    """Show the available data, formats and licence."""
    return render_template(
        "publishing/roadmap/open_data.html",
        roadmap=roadmaps.main_roadmap(db.session()),
        local=local_roadmaps.list_published(db.session()),
        licence=LICENCE,
        operations=open_api.OPERATIONS,
        prefix=open_api.PREFIX,
        largest=open_api.LARGEST_PAGE,
        formats=FORMATS,
        server=current_app.config["PUBLIC_URL"],
    )


@bp.get(f"/{csv_file.NAME}")
@bp.get(f"/<roadmap>/{csv_file.NAME}")
@requires(Action.READ)
def table(roadmap: str | None = None) -> Response:
    """Return the items in force as CSV."""
    return _file(roadmap, csv_file.render, "text/csv")


@bp.get(f"/{csv_file.SCHEMA_NAME}")
@bp.get(f"/<roadmap>/{csv_file.SCHEMA_NAME}")
@requires(Action.READ)
def table_schema(roadmap: str | None = None) -> Response:
    """Return the TableSchema of the CSV."""
    return _file(roadmap, csv_file.table_schema, "application/json")


@bp.get(f"/{csv_file.PACKAGE_NAME}")
@bp.get(f"/<roadmap>/{csv_file.PACKAGE_NAME}")
@requires(Action.READ)
def datapackage(roadmap: str | None = None) -> Response:
    """Return the datapackage descriptor."""
    return _file(roadmap, csv_file.datapackage, "application/json")


def _file(
    roadmap: str | None, render: Callable[[RoadmapDocument], bytes], mimetype: str
) -> Response:
    found = local_roadmaps.find_public(db.session(), slug=roadmap)
    document = snapshots.document_of(publication.published(found))
    return opened(Response(render(document), mimetype=mimetype), found.changed_at)
