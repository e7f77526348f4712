"""``semailles import``: all-or-nothing import of files."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from webapp.accounts import permissions, users
from webapp.cli.application import Factory, application, now
from webapp.exceptions import ForbiddenError
from webapp.imports import contributions as contribution_files
from webapp.imports import items as item_files
from webapp.imports import programme as programme_files
from webapp.imports import reference_rows as reference_files
from webapp.imports import roadmaps as roadmap_files
from webapp.imports.item_rows import USUAL, field_named, guess_columns
from webapp.imports.layouts import Layout
from webapp.imports.reading import Table, read_table
from webapp.imports.reference_rows import Effect
from webapp.platform.actions import Action
from webapp.platform.audit import Actor
from webapp.platform.extensions import db, transaction
from webapp.territory.models import ReferenceKind
from webapp.territory.regions import ensure_region
from webapp.territory.working_groups import get_group, list_groups
from webapp.vocabulary import FILE_ENCODINGS, FILE_NOTICES, FILE_SEPARATORS
from webapp.wording import file_remark, number

F = TypeVar("F", bound=Callable[..., Any])
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


_SEPARATORS = {"point-virgule": ";", "virgule": ",", "tabulation": "\t", "barre": "|"}


def _layout(
    context: click.Context, parameter: click.Parameter, value: str | int | None
) -> str | int | None:
    """Keep a choice of layout aside for :func:`_read`, so that no command has to pass it on."""
    if value is not None and parameter.name:
        read = _SEPARATORS.get(value, value) if isinstance(value, str) else value
        read = "none" if read == "aucun" else read
        context.meta.setdefault(__name__, {})[parameter.name.removeprefix("layout_")] = read
    return value


def layout_options(command: F) -> F:
    """Add the options that say how a file is read, when a guess is not enough."""
    names = [*_SEPARATORS, "aucun", *(sign for sign in FILE_SEPARATORS if sign != "none")]
    options: tuple[tuple[str, Any, str], ...] = (
        ("sheet", str, "Feuille du classeur."),
        ("header", click.IntRange(min=0), "Ligne des titres de colonnes ; 0 s’il n’y en a pas."),
        ("separator", click.Choice(names), "Séparateur des colonnes."),
        ("encoding", click.Choice(list(FILE_ENCODINGS)), "Encodage du texte."),
    )
    for name, kind, words in reversed(options):
        command = click.option(
            f"--{name}",
            f"layout_{name}",
            type=kind,
            callback=_layout,
            expose_value=False,
            help=words,
        )(command)
    return command


@click.group("import", help="Importe un fichier.")
def group() -> None:
    """Group the import commands."""


@group.command("contributions", help="Importe des contributions dans un atelier.")
@click.argument("file", type=FILE)
@click.option("--workshop", "code", required=True, help="Code de l’atelier.")
@click.option(
    "--text-column", "columns", multiple=True, help="Colonne du texte ; plusieurs sont réunies."
)
@click.option("--hold", is_flag=True, help="Tout laisser à relire ; sinon le garde seul retient.")
@click.option("--skip-blank", is_flag=True, help="Ignore les lignes sans texte, et les compte.")
@click.option("--dry-run", is_flag=True, help="Vérifie le fichier sans rien importer.")
@layout_options
@click.pass_obj
def contributions(
    factory: Factory, /, file: Path, code: str, columns: tuple[str, ...], **flags: bool
) -> None:
    """Store each row as a contribution, or report every invalid row."""
    dry_run = flags["dry_run"]
    request = contribution_files.Request(
        table=_read(file),
        code=code,
        text_columns=columns,
        hold=flags["hold"],
        skip_blank=flags["skip_blank"],
    )
    with (
        application(factory),
        click.progressbar(
            length=len(request.table.rows), label="Import", show_eta=False, file=sys.stderr
        ) as bar,
    ):
        if dry_run:
            report = contribution_files.plan_import(db.session(), request=request)
        else:
            with transaction() as session:
                report = contribution_files.import_contributions(
                    session, request=request, now=now(), progress=lambda n: bar.update(n - bar.pos)
                )
        bar.update(len(request.table.rows) - bar.pos)
    _print_report(report, dry_run=dry_run)


@group.command("programme", help="Importe les ateliers et kiosques d’une conférence.")
@click.argument("file", type=FILE)
@click.option("--conference", "slug", default="conference", help="Nom court de la conférence.")
@click.option("--name", default="Conférence régionale", help="Nom montré.")
@click.option("--place", default="", help="Lieu.")
@layout_options
@click.pass_obj
def programme(factory: Factory, file: Path, slug: str, name: str, place: str) -> None:
    """Store the new workshops and print their codes."""
    table = _read(file)
    fields = programme_files.ConferenceFields(slug=slug, name=name, place=place)
    with application(factory), transaction() as session:
        ensure_region(session)
        workshops = programme_files.import_programme(
            session, table=table, conference=fields, now=now()
        )
        lines = [f"{workshop.code}  {workshop.title}" for workshop in workshops]
    click.echo(f"Ateliers et kiosques importés : {len(lines)}.")
    for line in lines:
        click.echo(line)


def _columns(_: click.Context, __: click.Parameter, pairs: tuple[str, ...]) -> dict[str, str]:
    """Parse ``CHAMP=COLONNE`` options; fields have their French names."""
    found = {}
    for pair in pairs:
        name, sign, column = pair.partition("=")
        field = field_named(name)
        if not sign or field is None:
            known = ", ".join(names[0] for names in USUAL.values())
            message = f"{pair} : écrivez CHAMP=COLONNE. Champs : {known}."
            raise click.BadParameter(message)
        found[field] = column.strip()
    return found


@group.command("references", help="Importe des listes de référence (CSV, XLSX).")
@click.argument("file", type=FILE)
@click.option("--account", required=True, help="Adresse du compte qui les importe.")
@click.option(
    "--list",
    "listing",
    type=click.Choice([str(kind) for kind in ReferenceKind]),
    help="Liste des lignes, si aucune colonne ne la dit.",
)
@click.option("--dry-run", is_flag=True, help="Vérifie le fichier sans rien importer.")
@layout_options
@click.pass_obj
def reference_lists(
    factory: Factory, file: Path, account: str, listing: str | None, *, dry_run: bool
) -> None:
    """Add and update the entries of the file, or report every invalid row."""
    table, default = _read(file), ReferenceKind(listing) if listing else None
    with application(factory), transaction() as session:
        user = users.get_by_email(session, email=account)
        if not permissions.may(user, Action.SET_LISTS):
            raise ForbiddenError
        if dry_run:
            plan = reference_files.plan_lists(session, table=table, default=default)
        else:
            plan = reference_files.import_lists(
                session, table=table, default=default, actor=Actor(id=user.id, now=now())
            )
    changed = len(plan.lines) - plan.count(Effect.KNOWN)
    verb = "changeraient les listes (essai : rien n’est enregistré)" if dry_run else "importées"
    click.echo(f"{number(len(plan.lines))} lignes lues, {number(changed)} {verb}.")


@group.command("items", help="Importe les fiches d’un tableau (XLSX, ODS, CSV), en brouillon.")
@click.argument("file", type=FILE)
@click.option("--account", required=True, help="Adresse du compte qui les importe.")
@click.option("--group", "slug", help="Groupe de travail des lignes qui n’en nomment pas.")
@click.option(
    "--column",
    "columns",
    multiple=True,
    callback=_columns,
    help="CHAMP=COLONNE, si l’en-tête n’est pas d’usage ; répétable.",
)
@click.option("--dry-run", is_flag=True, help="Vérifie le fichier sans rien importer.")
@layout_options
@click.pass_obj
def items(
    factory: Factory,
    file: Path,
    account: str,
    slug: str | None,
    columns: dict[str, str],
    *,
    dry_run: bool,
) -> None:
    """Store each row as a draft item, or report every invalid row."""
    table = _read(file)
    with application(factory), transaction() as session:
        user = users.get_by_email(session, email=account)
        if not permissions.may(user, Action.RESTORE):
            raise ForbiddenError
        owner = get_group(session, slug=slug) if slug else list_groups(session)[0]
        chosen = guess_columns(table.columns) | columns
        request = item_files.Request(table=table, columns=chosen, group=owner)
        actor = Actor(id=user.id, now=now())
        if dry_run:
            report = item_files.plan_items(session, request=request)
        else:
            report = item_files.import_items(session, request=request, actor=actor)
        group_name = owner.name
    verb = "seraient importées (essai : rien n’est enregistré)" if dry_run else "importées"
    click.echo(f"{number(report.read)} lignes lues, {number(report.stored)} fiches {verb}.")
    if report.known:
        click.echo(f"{number(report.known)} étaient déjà là : rien n’est doublé.")
    click.echo(f"Sans groupe de travail dans le fichier, elles vont à : {group_name}.")
    for field, column in chosen.items():
        click.echo(f"  {USUAL[field][0]} : {column or '—'}")


@group.command("roadmap", help="Reprend une feuille de route (export JSON) dans une instance vide.")
@click.argument("file", type=FILE)
@click.option("--account", required=True, help="Adresse du compte qui la reprend.")
@click.pass_obj
def roadmap(factory: Factory, file: Path, account: str) -> None:
    """Restore a published version, byte for byte, and its items."""
    content = file.read_bytes()
    with application(factory), transaction() as session:
        user = users.get_by_email(session, email=account)
        if not permissions.may(user, Action.RESTORE):
            raise ForbiddenError
        actor = Actor(id=user.id, now=now())
        done = roadmap_files.restore_roadmap(session, content=content, actor=actor)
        number_of, rows = done.version.number, done.rows
    click.echo(f"Version {number_of} reprise : {rows.items} fiches, {rows.sources} sources.")
    if rows.drafts:
        click.echo(f"{rows.drafts} fiches incomplètes reviennent en brouillon.")


def _read(file: Path) -> Table:
    """Read a file with the options of the command; tell on the error stream what is left out."""
    chosen = click.get_current_context().meta.get(__name__, {})
    table = read_table(file.read_bytes(), name=file.name, layout=Layout(**chosen))
    for notice in table.notices:
        click.echo(file_remark(FILE_NOTICES, notice.code, notice.value), err=True)
    return table


def _print_report(report: contribution_files.Report, *, dry_run: bool) -> None:
    verb = "seraient importées (essai : rien n’est enregistré)" if dry_run else "importées"
    click.echo(f"{number(report.read)} lignes lues, {number(report.stored)} {verb}.")
    if report.blank:
        click.echo(f"{number(report.blank)} réponses vides ignorées.")
    if report.known:
        click.echo(f"{number(report.known)} étaient déjà là : rien n’est doublé.")
    if report.repeated:
        click.echo(
            f"{number(report.repeated)} répètent mot pour mot une autre ligne : "
            "gardées, chacune compte pour une voix."
        )
    if report.to_moderate:
        click.echo(
            f"{number(report.to_moderate)} attendent d’être relues (données personnelles ?)."
        )
