"""``semailles export``: write a document of the roadmap."""

from pathlib import Path

import click

from webapp.cli.application import Factory, application, now
from webapp.platform.extensions import db
from webapp.publishing import exports, publication, snapshots
from webapp.publishing.documents.content import RoadmapDocument
from webapp.publishing.documents.formats import FORMATS
from webapp.publishing.models import RoadmapVersion
from webapp.territory import roadmaps

ALL = "all"
_FORMAT = "Format ; « all » les réunit tous dans un ZIP."


@click.command(help="Écrit la feuille de route dans un fichier.")
@click.argument("roadmap")
@click.option("--format", "name", required=True, type=click.Choice([*FORMATS, ALL]), help=_FORMAT)
@click.option(
    "--output", required=True, type=click.Path(dir_okay=False, path_type=Path), help="Fichier."
)
@click.option("--version", "number", type=int, help="Version ; sinon la dernière publiée.")
@click.option("--draft", is_flag=True, help="L’état présent, marqué « projet ».")
@click.pass_obj
def export(
    factory: Factory, roadmap: str, name: str, output: Path, number: int | None, *, draft: bool
) -> None:
    """Render a published version or the draft, and write it atomically."""
    with application(factory):
        version = None if draft else _version(roadmap, number)
        document = snapshots.document_of(version) if version else _preview(roadmap)
        names = FORMATS if name == ALL else [name]
        files = {each: _render(version, document, each) for each in names}
        stem = exports.stem_of(roadmap, version.number if version else None)
        data = exports.archive(files, stem) if name == ALL else files[name]
    temporary = output.with_name(f".{output.name}.partial")
    temporary.write_bytes(data)
    temporary.replace(output)
    click.echo(f"{output} : {len(document.items)} fiches, {len(data)} octets.")


def _render(version: RoadmapVersion | None, document: RoadmapDocument, name: str) -> bytes:
    click.echo(f"Préparation du document ({name})…", err=True)
    if version is not None:
        return exports.render_version(db.session(), version, name=name)
    return exports.render(db.session(), document, name=name)


def _version(slug: str, number: int | None) -> RoadmapVersion | None:
    found = roadmaps.get_roadmap(db.session(), slug=slug)
    return found.latest if number is None else publication.published(found, number)


def _preview(slug: str) -> RoadmapDocument:
    session = db.session()
    found = roadmaps.get_roadmap(session, slug=slug)
    return publication.preview(session, roadmap=found, now=now())
