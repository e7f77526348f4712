"""Pages of the analysis runs of a working group."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from webapp.accounts.views.access import facilitated_group
from webapp.exceptions import NotFoundError
from webapp.platform import french
from webapp.platform.actions import Action
from webapp.platform.extensions import db, transaction
from webapp.platform.views.current import actor
from webapp.platform.views.requires import requires
from webapp.review import analysis, take_back
from webapp.review.forms.clusters import ActForm, RunForm
from webapp.review.models import AnalysisRun

bp = Blueprint("runs", __name__, url_prefix="/revue")


@bp.post("/<group>/analyses")
@requires(Action.ANALYSE)
def request(group: str) -> Response:
    """Queue an analysis, which the worker executes."""
    group_id, form = facilitated_group(group).id, RunForm()
    if not form.validate():
        flash("Choisissez comment regrouper.", "error")
        return redirect(url_for("board.show", group=group), 303)
    granularity = analysis.Granularity(form.granularity.data)
    with transaction() as session:
        analysis.queue_run(session, group_id=group_id, granularity=granularity, actor=actor())
    return redirect(url_for("board.show", group=group), 303)


@bp.get("/<group>/analyses")
@requires(Action.ANALYSE)
def home(group: str) -> str:
    """List the runs with their date, author, settings and fingerprint."""
    owner = facilitated_group(group)
    found = analysis.list_runs(db.session(), group_id=owner.id)
    return render_template("review/analyses/home.html", group=owner, runs=found)


@bp.get("/<group>/analyses/<run>")
@requires(Action.ANALYSE)
def show(group: str, run: str) -> str:
    """Show the changes made by a run."""
    owner = facilitated_group(group)
    found = _run_of(owner.id, run)
    changes = analysis.list_changes(db.session(), run=found)
    return render_template("review/analyses/show.html", group=owner, run=found, changes=changes)


@bp.get("/<group>/analyses/<run>/avancement")
@requires(Action.ANALYSE)
def progress(group: str, run: str) -> str | Response:
    """Return the progress of a run, which its page polls; redirect once it is over."""
    found = _run_of(facilitated_group(group).id, run)
    if not found.is_active:
        return redirect(url_for("board.show", group=group), 303)
    return render_template("review/analyses/progress.html", run=found)


@bp.post("/<group>/analyses/<run>/arreter")
@requires(Action.ANALYSE)
def cancel(group: str, run: str) -> Response:
    """Cancel a run."""
    group_id = facilitated_group(group).id
    if not ActForm().validate():
        abort(400)
    with transaction():
        analysis.cancel_run(db.session(), run=_run_of(group_id, run), actor=actor())
    flash("Analyse arrêtée : rien n’a changé.", "success")
    return redirect(url_for("board.show", group=group), 303)


@bp.get("/<group>/analyses/<run>/reprendre")
@requires(Action.ANALYSE)
def confirm_take_back(group: str, run: str) -> str:
    """Tell what taking a run back changes and keeps, and ask for a confirmation."""
    owner = facilitated_group(group)
    found, extent = _run_of(owner.id, run), take_back.measure(db.session(), group_id=owner.id)
    return render_template("review/analyses/take_back.html", group=owner, run=found, extent=extent)


@bp.post("/<group>/analyses/<run>/reprendre")
@requires(Action.ANALYSE)
def take_back_run(group: str, run: str) -> Response:
    """Take a run back whole, as one action of the review."""
    group_id = facilitated_group(group).id
    if not ActForm().validate():
        abort(400)
    with transaction() as session:
        done = take_back.take_back(session, run=_run_of(group_id, run), actor=actor())
        count = len(done.moves)
    told = french.counted(count, "contribution est à traiter", "contributions sont à traiter")
    flash(f"Regroupement repris : {told}. « Annuler mon dernier acte » le remet.", "success")
    return redirect(url_for("board.show", group=group), 303)


def _run_of(group_id: int, public_id: str) -> AnalysisRun:
    run = analysis.get_run(db.session(), public_id=public_id)
    if run.working_group_id != group_id:
        raise NotFoundError(public_id)
    return run
