"""``semailles demo``: load the example conference of Angers into an empty instance."""

import os
import sys
from datetime import timedelta

import click
from sqlalchemy import select

from webapp import demonstration
from webapp.cli.application import Factory, application
from webapp.collection.models import Workshop, WorkshopState
from webapp.demonstration.review import NEXT_DAY, REVIEW
from webapp.exceptions import ConfigurationError
from webapp.platform import schema
from webapp.platform.extensions import db, transaction
from webapp.review import analysis
from webapp.territory.regions import GROUPS
from webapp.territory.working_groups import get_group
from webapp.vocabulary.labels import label


@click.command(help="Charge la démonstration dans une instance vide (une fois).")
@click.option("--serve", is_flag=True, help="Puis lance le serveur et l’analyse.")
@click.pass_obj
def demo(factory: Factory, *, serve: bool) -> None:
    """Load, analyse, review and publish the conference; if already loaded, print its addresses."""
    with application(factory, migrated=False) as app:
        if app.config["IS_PUBLIC"]:
            address = app.config["PUBLIC_URL"]
            raise ConfigurationError("SEMAILLES_PUBLIC_URL", "public_demo", address)
        schema.upgrade(db.engine)
        if not demonstration.is_loaded(db.session()):
            _refuse_mixture()
            _load()
        _present(app.config["PUBLIC_URL"])
    if serve:
        # The analysis loaded hundreds of megabytes of numerical libraries: a new image drops them.
        sys.stdout.flush()
        os.execv(sys.executable, [sys.executable, "-m", "webapp", "serve"])  # noqa: S606 - constant arguments


def _refuse_mixture() -> None:
    if not demonstration.is_empty(db.session()):
        click.echo(
            "Cette instance a déjà des comptes ou des ateliers : la démonstration n’y sera pas "
            "mêlée. Choisissez un autre dossier avec SEMAILLES_INSTANCE_PATH.",
            err=True,
        )
        sys.exit(1)


def _load() -> None:
    click.echo("Chargement de la conférence d’Angers…")
    with transaction() as session:
        count = demonstration.load(session)
    click.echo(f"{count} contributions reçues dans 20 ateliers et 10 kiosques.")
    for slug, name, _ in GROUPS:
        click.echo(f"Première analyse : {name}…")
        _analyse(slug, hours=-12)
    with transaction() as session:
        accepted = sum(demonstration.review(session, slug=slug) for slug, _, _ in GROUPS)
        late = demonstration.moderate_late(session)
    click.echo(f"{accepted} regroupements acceptés, {late} fiches de papier saisies le lendemain.")
    for slug, name, _ in GROUPS:
        click.echo(f"Seconde analyse, les décisions gardées : {name}…")
        _analyse(slug, hours=1)
    with transaction() as session:
        version = demonstration.publish_first_version(session)
        click.echo(f"Version {version.number} de la feuille de route publiée.")
        demonstration.follow_up(session)
    click.echo("Deux réunions du COPIL, et les premiers mois des actions commencées.")


def _analyse(slug: str, *, hours: int) -> None:
    at = (NEXT_DAY if hours < 0 else REVIEW) + timedelta(hours=hours)
    with transaction() as session:
        group_id = get_group(session, slug=slug).id
        run_id = analysis.request_run(
            session, group_id=group_id, settings=FINE, actor_id=None, now=at
        ).public_id
    analysis.execute(transaction, run_id=run_id, clock=lambda: at)


def _present(address: str) -> None:
    workshop = (
        db.session()
        .scalars(
            select(Workshop)
            .where(Workshop.state == WorkshopState.OPEN)
            .order_by(Workshop.id)
            .limit(1)
        )
        .one()
    )
    lines = [
        "",
        f"Semailles est prêt : {address}/",
        f"  Dire une idée        {address}/a/{workshop.code}",
        f"  Feuille de route     {address}/feuille-de-route/",
        "",
        f"Comptes de démonstration (mot de passe : {demonstration.PASSWORD})",
        *(
            f"  {account.email:<34}{account.display_name}, {label('role', account.role)}"
            for account in demonstration.ACCOUNTS
        ),
        "",
    ]
    click.echo("\n".join(lines))


# Number of groups requested by the facilitators of the conference.
FINE = analysis.Settings(groups=24)
