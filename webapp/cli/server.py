"""``semailles serve`` and ``semailles worker``: web server and worker processes."""

import signal
import subprocess
import sys
import time
from types import FrameType

import click

from webapp.cli.application import Factory, application, now
from webapp.config import Config
from webapp.platform import gc_policy
from webapp.platform.extensions import db, jobs, transaction
from webapp.platform.jobs import Job, enqueue_on_commit
from webapp.privacy import erasure_ops, legal_notices, retention
from webapp.publishing import export_jobs
from webapp.review import analysis

_GRACEFUL_TIMEOUT = 20  # graceful shutdown timeout of requests, in seconds
_KILL_TIMEOUT = _GRACEFUL_TIMEOUT + 5.0
_POLL = 0.2
_UNFINISHED = (
    "Les mentions obligatoires ne sont pas complètes : un compte d’administration les remplit "
    "dans Pilotage, Mentions obligatoires."
)


@click.command(help="Lance le serveur web et l’analyse ; Ctrl-C arrête les deux.")
@click.pass_obj
def serve(factory: Factory) -> None:
    """Start the web server and the worker; stop both when one ends."""
    with application(factory) as app:
        click.echo(f"Semailles écoute sur {app.config['PUBLIC_URL']}/ (Ctrl-C pour arrêter).")
        if app.config["IS_PUBLIC"] and legal_notices.read(db.session()).missing:
            click.echo(_UNFINISHED, err=True)
    run_server()


@click.command(help="Lance seulement l’analyse en arrière-plan.")
@click.pass_obj
def worker(factory: Factory) -> None:
    """Run the jobs of the queue until interrupted."""
    with application(factory):
        with transaction() as session:
            # Enqueued again in case the queue was lost; jobs are idempotent.
            for run_id in analysis.fail_interrupted(session, now=now()):
                enqueue_on_commit(session, Job.RUN_ANALYSIS, run_id=run_id)
            for export_id in export_jobs.fail_interrupted(session, now=now()):
                enqueue_on_commit(session, Job.MAKE_DOCUMENTS, export_id=export_id)
            if retention.is_due(session, now=now()):
                enqueue_on_commit(session, Job.PURGE)
        erasure_ops.erase_again(now=now())
    gc_policy.disable()
    jobs.consumer().run()


def run_server() -> None:
    """Run gunicorn and the worker as child processes; when one ends, stop the other.

    On SIGINT or SIGTERM both shut down gracefully. SIGHUP reloads the web processes one by one,
    without dropping requests.
    """
    config = Config.load()
    children = [
        subprocess.Popen(_web(config)),  # noqa: S603 - constant arguments and validated settings
        subprocess.Popen([sys.executable, "-m", "webapp", "worker"]),
    ]
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _interrupt)
    if not sys.stdin.isatty():  # in a terminal, SIGHUP means that it was closed
        signal.signal(signal.SIGHUP, lambda *_: children[0].send_signal(signal.SIGHUP))
    asked = False
    try:
        while all(child.poll() is None for child in children):
            time.sleep(_POLL)
    except KeyboardInterrupt:
        asked = True
        click.echo("Arrêt…")
    finally:
        _stop(children)
    if not asked:
        click.echo(
            "Un des deux processus s’est arrêté seul : voyez les lignes ci-dessus.", err=True
        )
        sys.exit(1)


def _web(config: Config) -> list[str]:
    return [
        sys.executable,
        "-m",
        "gunicorn",
        "--config=python:webapp.cli.web_process",
        f"--bind={config.host}:{config.port}",
        f"--workers={config.workers}",
        "--threads=4",
        f"--graceful-timeout={_GRACEFUL_TIMEOUT}",
        "--preload",
        "--log-level=warning",
        "--no-control-socket",
        "webapp:create_app()",
    ]


def _interrupt(number: int, frame: FrameType | None) -> None:
    del number, frame
    raise KeyboardInterrupt


def _stop(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        try:
            child.wait(_KILL_TIMEOUT)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
