"""``semailles db``: the schema."""

import click

from webapp.cli.application import Factory, application, now
from webapp.platform import schema
from webapp.platform.extensions import db
from webapp.privacy import erasure_ops


@click.group("db", help="Base de données.")
def group() -> None:
    """Hold the commands on the schema."""


@group.command(
    "upgrade", help="Amène la base au schéma de cette version (sans danger si déjà fait)."
)
@click.pass_obj
def upgrade(factory: Factory) -> None:
    """Migrate, once, whoever else asks."""
    with application(factory, migrated=False):
        schema.upgrade(db.engine)
        # A backup of an older version could not be read when it was restored.
        erasure_ops.erase_again(now=now())
    click.echo("Base de données à jour.")


@group.command("check", help="Dit si la base est au schéma de cette version.")
@click.pass_obj
def check(factory: Factory) -> None:
    """Exit with 1 when a migration is missing."""
    with application(factory):
        click.echo("Base de données à jour.")
