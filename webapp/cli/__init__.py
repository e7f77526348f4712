"""The ``semailles`` command line: each command opens the application and calls one service."""

import sys

import click
from sqlalchemy.exc import DBAPIError, OperationalError, ProgrammingError

from webapp import wording
from webapp.cli import administration, analysis, database, demonstration, exports, imports, server
from webapp.exceptions import ConfigurationError, NotFoundError, SchemaError, SemaillesError

_REFUSED = 1
_ADVICE = "Vérifiez que le dossier existe, qu’il vous est ouvert et que le disque n’est pas plein."


class Group(click.Group):
    """Command group that prints domain errors as messages instead of tracebacks."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command, and exit with status 1 on a domain or database error."""
        try:
            return super().invoke(ctx)
        except SemaillesError as error:
            _explain(error)
        except (OperationalError, ProgrammingError) as error:
            _explain_database(error)
        except OSError as error:
            if error.filename is None:
                raise  # a closed pipe, which click handles
            click.echo(f"« {error.filename} » ne peut pas être lu ou écrit.\n{_ADVICE}", err=True)
        sys.exit(_REFUSED)


@click.group(cls=Group, help="Semailles : de ce qui se dit en atelier à la feuille de route.")
@click.version_option(package_name="semailles")
def main() -> None:
    """Root command."""


def _explain(error: SemaillesError) -> None:
    if isinstance(error, NotFoundError):
        click.echo(f"« {error} » n’existe pas : vérifiez le nom ou le code.", err=True)
        return
    message = wording.message(error)
    click.echo(f"{message.title}.\n{message.text}", err=True)


def _explain_database(error: DBAPIError) -> None:
    message = str(error.orig)
    if any(words in message for words in ("no such table", "no such column", "does not exist")):
        _explain(SchemaError())
    elif "locked" in message:
        click.echo(
            "La base de données est occupée.\nUn autre programme y écrit : recommencez dans "
            "quelques secondes. Rien n’a été enregistré à moitié.",
            err=True,
        )
    else:
        _explain(ConfigurationError("SEMAILLES_DATABASE_URL", "no_answer", message))


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
