"""The review board: groups, their acts, the analysis and the ledger."""

from flask import Blueprint, abort, flash, jsonify, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from webapp.exceptions import NotFoundError
from webapp.extensions import db, jobs, transaction
from webapp.forms.clusters import ActForm, AttachForm, RenameForm, RunForm
from webapp.services import alignments, analysis, clusters, items, ledger, placements, reviews
from webapp.views.access import actor, facilitated_group, facilitators_only, now
from webapp.wording import STAGES

bp = Blueprint("board", __name__, url_prefix="/revue")


@bp.get("/<group>")
@facilitators_only
def show(group: str) -> str:
    """Show the groups to review, what is isolated, and the state of the analysis."""
    owner = facilitated_group(group)
    session = db.session()
    return render_template(
        "board/show.html",
        group=owner,
        run=analysis.latest_run(session, group_id=owner.id),
        clusters=clusters.list_clusters(session, group_id=owner.id),
        isolated=clusters.list_isolated(session, group_id=owner.id),
        items=items.items_by_cluster(session, group_id=owner.id),
        ledger=ledger.read_ledger(session, group_ids=[owner.id]),
        form=RunForm(),
    )


@bp.post("/<group>/analyse")
@facilitators_only
def analyse(group: str) -> Response:
    """Ask for an analysis; the worker carries it out."""
    group_id = facilitated_group(group).id
    form = RunForm()
    if not form.validate():
        flash(" ".join(form.groups.errors), "error")
        return redirect(url_for("board.show", group=group), 303)
    settings = analysis.Settings(groups=form.groups.data)
    with transaction() as session:
        run = analysis.request_run(
            session, group_id=group_id, settings=settings, actor_id=current_user.id, now=now()
        )
        run_id = run.public_id
    jobs.enqueue("run_analysis", run_id)
    return redirect(url_for("board.show", group=group), 303)


@bp.get("/<group>/analyse/<run>")
@facilitators_only
def progress(group: str, run: str) -> Response:
    """Tell a polling page how far a run is."""
    owner = facilitated_group(group)
    found = analysis.get_run(db.session(), public_id=run)
    if found.working_group_id != owner.id:
        raise NotFoundError(run)
    stage = STAGES.get(found.stage, "En cours")
    response = jsonify(active=found.is_active, progress=found.progress, stage=stage)
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.get("/<group>/registre")
@facilitators_only
def show_ledger(group: str) -> str:
    """Show that every contribution is accounted for."""
    owner = facilitated_group(group)
    found = ledger.read_ledger(db.session(), group_ids=[owner.id])
    return render_template("board/ledger.html", group=owner, ledger=found)


@bp.get("/<group>/<cluster>")
@facilitators_only
def show_cluster(group: str, cluster: str) -> str:
    """Show one group: every member, its history, its acts."""
    owner = facilitated_group(group)
    session = db.session()
    found = clusters.get_cluster(session, group_id=owner.id, public_id=cluster)
    return render_template(
        "board/cluster.html",
        group=owner,
        cluster=found,
        history=reviews.history(session, cluster=found),
        alignments=alignments.of_cluster(session, cluster=found),
        item=items.items_by_cluster(session, group_id=owner.id).get(found.id),
        form=RenameForm(title=found.title, version=found.version),
    )


@bp.post("/<group>/<cluster>/titre")
@facilitators_only
def rename(group: str, cluster: str) -> Response:
    """Give a group another title."""
    group_id = facilitated_group(group).id
    form = RenameForm()
    if not form.validate():
        flash(" ".join(form.title.errors or ["Rien n’a été changé."]), "error")
        return _back(group, cluster)
    with transaction() as session:
        found = clusters.get_cluster(session, group_id=group_id, public_id=cluster)
        who = actor(form.version.data)
        clusters.rename(session, cluster=found, title=form.title.data or "", actor=who)
    flash("Titre enregistré.", "success")
    return _back(group, cluster)


@bp.post("/<group>/<cluster>/accepter")
@facilitators_only
def accept(group: str, cluster: str) -> Response:
    """Accept a group."""
    group_id = facilitated_group(group).id
    form = _act_form()
    with transaction() as session:
        found = clusters.get_cluster(session, group_id=group_id, public_id=cluster)
        clusters.accept(session, cluster=found, actor=actor(form.version.data))
    flash("Regroupement accepté : plus aucune analyse ne le changera.", "success")
    return _back(group, cluster)


@bp.post("/<group>/<cluster>/rouvrir")
@facilitators_only
def reopen(group: str, cluster: str) -> Response:
    """Take an acceptance back."""
    group_id = facilitated_group(group).id
    form = _act_form()
    with transaction() as session:
        found = clusters.get_cluster(session, group_id=group_id, public_id=cluster)
        clusters.reopen(session, cluster=found, actor=actor(form.version.data))
    flash("Le regroupement est de nouveau une proposition.", "success")
    return _back(group, cluster)


@bp.post("/<group>/<cluster>/rattacher")
@facilitators_only
def attach(group: str, cluster: str) -> Response:
    """Confirm that a late contribution joins a group."""
    group_id = facilitated_group(group).id
    form = AttachForm()
    if not form.validate():
        abort(400)
    with transaction() as session:
        found = clusters.get_cluster(session, group_id=group_id, public_id=cluster)
        placements.attach(
            session, cluster=found, excerpt_ids=[form.excerpt.data or 0], actor=actor()
        )
    flash("Contribution rattachée.", "success")
    return _back(group, cluster)


@bp.post("/<group>/<cluster>/fiche")
@facilitators_only
def promote(group: str, cluster: str) -> Response:
    """Make a draft item from an accepted group."""
    group_id = facilitated_group(group).id
    with transaction() as session:
        found = clusters.get_cluster(session, group_id=group_id, public_id=cluster)
        item_id = items.promote(session, cluster=found, actor=actor()).public_id
    flash("Fiche action créée : complétez-la.", "success")
    return redirect(url_for("steering.item", item=item_id), 303)


def _act_form() -> ActForm:
    form = ActForm()
    if not form.validate():
        abort(400)
    return form


def _back(group: str, cluster: str) -> Response:
    return redirect(url_for("board.show_cluster", group=group, cluster=cluster), 303)
