"""The ``semailles`` commands: each opens the application and calls one service."""

import sys

import click
from sqlalchemy.exc import OperationalError, ProgrammingError

from webapp import wording
from webapp.cli import administration, analysis, database, demonstration, exports, imports, server
from webapp.exceptions import (
    ConfigurationError,
    NotFoundError,
    SchemaError,
    SemaillesError,
)

_REFUSED = 1


class Group(click.Group):
    """Commands whose domain errors end in a sentence that says what to do, never in a trace."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except SemaillesError as error:
            _explain(error)
        except (OperationalError, ProgrammingError) as error:
            absent = any(w in str(error) for w in ("no such table", "does not exist"))
            _explain(SchemaError() if absent else _unreachable(error))
        sys.exit(_REFUSED)


@click.group(cls=Group, help="Semailles : de ce qui se dit en atelier à la feuille de route.")
@click.version_option(package_name="semailles")
def main() -> None:
    """Hold the commands; the real work is in the modules of this package."""


def _explain(error: SemaillesError) -> None:
    if isinstance(error, NotFoundError):
        click.echo(f"« {error} » n’existe pas : vérifiez le nom ou le code.", err=True)
        return
    message = wording.message(error)
    click.echo(f"{message.title}.\n{message.text}", err=True)


def _unreachable(error: Exception) -> SemaillesError:
    return ConfigurationError("SEMAILLES_DATABASE_URL", f"la base ne répond pas ({error.args[0]})")


for _command in (
    database.group,
    demonstration.demo,
    server.serve,
    server.worker,
    imports.group,
    analysis.cluster,
    analysis.ledger,
    exports.export,
    administration.user,
    administration.backup,
    administration.restore,
    administration.purge,
    administration.audit,
):
    main.add_command(_command)
