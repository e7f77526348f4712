"""``semailles user``, ``backup``, ``restore``, ``purge`` and ``audit``."""

import sys
from pathlib import Path

import click
from flask import Flask

from webapp import vocabulary
from webapp.accounts import administration, links, second_factors, users
from webapp.accounts.models import Role
from webapp.cli.application import Factory, application, now
from webapp.exceptions import SchemaError
from webapp.platform import audit as journal
from webapp.platform import backups, schema
from webapp.platform.extensions import db, transaction
from webapp.platform.models import PurgeCause
from webapp.platform.public_address import public_address
from webapp.privacy import erasure_ops
from webapp.wording import number


@click.group(help="Comptes de l’équipe.")
def user() -> None:
    """Group the commands on accounts."""


@user.command("add", help="Crée un compte.")
@click.argument("email")
@click.option("--name", required=True, help="Nom montré.")
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]))
@click.option("--group", "groups", multiple=True, help="Groupe de travail animé.")
@click.password_option(prompt="Mot de passe (12 caractères au moins)", confirmation_prompt="Encore")
@click.pass_obj
def add(
    factory: Factory, email: str, name: str, role: str, groups: tuple[str, ...], password: str
) -> None:
    """Create an account; the password is prompted for if it is not an option."""
    account = users.Account(
        email=email, display_name=name, role=Role(role), password=password, groups=groups
    )
    with application(factory), transaction() as session:
        users.add_user(session, account=account, now=now())
    click.echo(f"Compte créé : {email}.")


@user.command("invite", help="Crée un compte sans mot de passe et donne le lien à remettre.")
@click.argument("email")
@click.option("--name", required=True, help="Nom montré.")
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]))
@click.option("--group", "groups", multiple=True, help="Groupe de travail animé.")
@click.pass_obj
def invite(factory: Factory, email: str, name: str, role: str, groups: tuple[str, ...]) -> None:
    """Create an account without a password, and print its link."""
    account = users.Account(email=email, display_name=name, role=Role(role), groups=groups)
    with application(factory) as app:
        with transaction() as session:
            _, token = administration.invite(session, account=account, by=None, now=now())
        _print_link(app, token)


@user.command("recover", help="Donne un nouveau lien pour choisir un mot de passe.")
@click.argument("email")
@click.pass_obj
def recover(factory: Factory, email: str) -> None:
    """Print a new link for a lost password or an expired invitation."""
    with application(factory) as app:
        with transaction() as session:
            found = users.get_by_email(session, email=email)
            token = links.make_link(session, user=found, by=None, now=now())
        _print_link(app, token)


@user.command("reset-second-factor", help="Retire le second facteur d’un compte.")
@click.argument("email")
@click.pass_obj
def reset_second_factor(factory: Factory, email: str) -> None:
    """Remove a lost second factor."""
    with application(factory), transaction() as session:
        found = users.get_by_email(session, email=email)
        second_factors.reset(session, user=found, by=None, now=now())
    click.echo(f"Second facteur retiré : {email}.")


def _print_link(app: Flask, token: str) -> None:
    with app.app_context():
        address = public_address("account_links.show", link=token)
    click.echo(f"Lien à remettre, pour une fois et {links.LIFE.days} jours :\n{address}")


@click.command(help="Copie la base dans un fichier, même pendant que le service tourne.")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.pass_obj
def backup(factory: Factory, file: Path) -> None:
    """Write a consistent backup of the database."""
    with application(factory):
        click.echo("Sauvegarde…", err=True)
        backups.backup(db.engine, file)
    click.echo(f"Sauvegarde écrite : {file}.")


@click.command(help="Remet la base dans l’état d’une sauvegarde (service arrêté).")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.confirmation_option(prompt="La base actuelle sera remplacée. Continuer ?")
@click.pass_obj
def restore(factory: Factory, file: Path) -> None:
    """Replace the database by a backup, then apply the later erasures again."""
    with application(factory, migrated=False):
        click.echo("Restauration…", err=True)
        backups.restore(db.engine, file)
        erased = _reapply_erasures()
    click.echo("Base restaurée.")
    if erased is None:
        click.echo("Elle vient d’une autre version : lancez « semailles db upgrade ».")
    else:
        click.echo(f"Mots effacés depuis cette sauvegarde, effacés de nouveau : {number(erased)}.")


def _reapply_erasures() -> int | None:
    """Apply the erasures made since the backup; None if its schema is not current."""
    try:
        schema.check_schema(db.engine)
    except SchemaError:
        return None
    erased = erasure_ops.erase_again(now=now())
    erasure_ops.purge(now=now(), cause=PurgeCause.RESTORE)
    return erased


@click.command(help="Détruit ce qui a passé son délai de conservation, et dit combien.")
@click.option(
    "--days",
    type=click.IntRange(0),
    help="Délai des mots d’origine, au lieu de celui de l’écran Conservation.",
)
@click.option("--dry-run", is_flag=True, help="Dit ce qui serait détruit, sans rien détruire.")
@click.pass_obj
def purge(factory: Factory, days: int | None, dry_run: bool) -> None:  # noqa: FBT001 - click's way
    """Apply the retention periods and record the purge."""
    with application(factory):
        if dry_run:
            counts = erasure_ops.foresee(now=now(), words_days=days)
            click.echo("Essai : rien n’est détruit.")
        else:
            cause = PurgeCause.COMMAND
            counts = erasure_ops.purge(now=now(), cause=cause, words_days=days)
    for name, count in counts.items():
        click.echo(f"{vocabulary.PURGED[name]} : {number(count)}.")


@click.group(help="Journal d’audit.")
def audit() -> None:
    """Group the commands on the audit log."""


@audit.command(
    "verify", help="Vérifie la chaîne du journal ; sort en erreur si une ligne a changé."
)
@click.pass_obj
def verify(factory: Factory) -> None:
    """Recompute the hash chain and print the broken entries."""
    with application(factory):
        broken = list(journal.broken_lines(db.session()))
    if not broken:
        click.echo("Le journal est intact.")
        return
    click.echo(f"Lignes altérées, déplacées ou absentes : {', '.join(map(str, broken[:20]))}.")
    sys.exit(1)
