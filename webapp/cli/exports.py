"""``semailles export``: a document of the roadmap."""

from pathlib import Path

import click

from webapp.cli.application import Factory, application, now
from webapp.documents.content import RoadmapDocument
from webapp.documents.formats import FORMATS
from webapp.extensions import db
from webapp.services import exports, roadmaps, snapshots

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
    """Render the published version, or the draft, and write it whole or not at all."""
    with application(factory):
        document = _document(roadmap, number, draft=draft)
        data = _archive(roadmap, document) if name == ALL else _render(document, name)
    temporary = output.with_name(f".{output.name}.partial")
    temporary.write_bytes(data)
    temporary.replace(output)
    click.echo(f"{output} : {len(document.items)} fiches, {len(data)} octets.")


def _render(document: RoadmapDocument, name: str) -> bytes:
    click.echo(f"Préparation du document ({name})…", err=True)
    return exports.render(db.session(), document, name=name)


def _archive(slug: str, document: RoadmapDocument) -> bytes:
    """Return every document in one ZIP; nothing is written when one of them fails."""
    number = None if document.draft else document.version
    stem = exports.stem_of(slug, number)
    return exports.archive({name: _render(document, name) for name in FORMATS}, stem)


def _document(slug: str, number: int | None, *, draft: bool) -> RoadmapDocument:
    session = db.session()
    found = roadmaps.get_roadmap(session, slug=slug)
    if draft or (number is None and not found.versions):
        return roadmaps.preview(session, roadmap=found, now=now())
    return snapshots.document_of(roadmaps.published(found, number))
