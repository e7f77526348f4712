"""``semailles cluster`` and ``semailles ledger``: analysis and ledger of a working group."""

import sys

import click
from sqlalchemy.orm import Session

from webapp.cli.application import Factory, application, now
from webapp.platform.extensions import db, transaction
from webapp.review import analysis
from webapp.review import ledger as ledgers
from webapp.review.clusters import confirmed, list_clusters
from webapp.review.models import AnalysisRun
from webapp.territory.working_groups import get_group
from webapp.vocabulary import OUTCOMES, STAGES
from webapp.wording import number


@click.command(help="Analyse un groupe de travail et montre ses regroupements.")
@click.argument("group")
@click.option("--seed", default=0, help="Graine ; la même donne le même résultat.")
@click.option(
    "--groups", type=click.IntRange(1, 100), help="Nombre voulu ; sinon les textes décident."
)
@click.pass_obj
def cluster(factory: Factory, group: str, seed: int, groups: int | None) -> None:
    """Run the analysis in this process, and print the groups and the fingerprint."""
    settings = analysis.Settings(seed=seed, groups=groups)
    with application(factory):
        with transaction() as session:
            group_id = get_group(session, slug=group).id
            run_id = analysis.request_run(
                session, group_id=group_id, settings=settings, actor_id=None, now=now()
            ).public_id
        _execute(run_id)
        session = db.session()
        run = analysis.get_run(session, public_id=run_id)
        _show(session, run)


@click.command(help="Le registre d’un groupe ; sort en erreur s’il ne tombe pas juste.")
@click.argument("group")
@click.pass_obj
def ledger(factory: Factory, group: str) -> None:
    """Print the outcome of every contribution; exit with 1 if the totals do not match."""
    with application(factory):
        session = db.session()
        found = ledgers.read_ledger(session, group_ids=[get_group(session, slug=group).id])
    heads = ["reçues", *OUTCOMES.values()]
    click.echo(f"{'atelier':<8}" + "".join(f"{head:>13}" for head in heads))
    for line in (*found.lines, found.total):
        figures = [line.received, *(line.outcomes[outcome] for outcome in OUTCOMES)]
        click.echo(f"{line.code or 'total':<8}" + "".join(f"{number(n):>13}" for n in figures))
    click.echo(
        "Les comptes tombent juste." if found.closes else "Les comptes ne tombent pas juste."
    )
    sys.exit(0 if found.closes else 1)


def _execute(run_id: str) -> None:
    """Execute the run, printing each stage."""
    seen = ""

    def report_stage(stage: str) -> None:
        nonlocal seen
        if stage != seen:
            seen = stage
            click.echo(f"{STAGES.get(stage, stage)}…", err=True)

    analysis.execute(
        transaction, run_id=run_id, clock=now, report=lambda _, stage: report_stage(stage)
    )


def _show(session: Session, run: AnalysisRun) -> None:
    for found in list_clusters(session, group_id=run.working_group_id):
        click.echo(f"{len(confirmed(found)):>5}  {found.title}")
    click.echo(
        f"{number(run.texts)} contributions, {run.clusters} regroupements, "
        f"{run.isolated} idées isolées."
    )
    click.echo(f"Empreinte : {run.fingerprint}")
