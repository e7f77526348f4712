"""``semailles db``: migrations of the schema."""

import click

from webapp.cli.application import Factory, application, now
from webapp.platform import schema
from webapp.platform.extensions import db
from webapp.privacy import erasure_ops


@click.group("db", help="Base de données.")
def group() -> None:
    """Group the commands on the schema."""


@group.command(
    "upgrade", help="Amène la base au schéma de cette version (sans danger si déjà fait)."
)
@click.pass_obj
def upgrade(factory: Factory) -> None:
    """Upgrade to the head revision; safe to run concurrently."""
    with application(factory, migrated=False):
        schema.upgrade(db.engine)
        # Erasures cannot be applied at restore to a backup with an older schema.
        erasure_ops.erase_again(now=now())
    click.echo("Base de données à jour.")


@group.command("check", help="Dit si la base est au schéma de cette version.")
@click.pass_obj
def check(factory: Factory) -> None:
    """Exit with 1 if the schema is not current."""
    with application(factory):
        click.echo("Base de données à jour.")
