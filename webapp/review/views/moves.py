"""Actions on selected contributions (move, isolate, set aside) and on selected clusters (merge)."""

from flask import Blueprint, abort, flash, redirect, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from webapp.accounts.views.access import facilitated_group
from webapp.platform.actions import Action
from webapp.platform.extensions import transaction
from webapp.platform.views.current import actor
from webapp.platform.views.requires import requires
from webapp.review import cluster_edits, clusters, excerpts, moves
from webapp.review.forms.moves import ChoiceForm, MergeForm, MoveForm
from webapp.review.moves import Chosen
from webapp.review.views.redirects import back_to

bp = Blueprint("placements", __name__, url_prefix="/revue")


@bp.post("/<group>/deplacer")
@requires(Action.REVIEW)
def move(group: str) -> Response:
    """Move the selected contributions to an existing or a new cluster."""
    group_id, form = facilitated_group(group).id, MoveForm()
    if problem := _problem(form):
        return _refused(problem, group, form)
    if not (form.target.data or form.title.data):
        return _refused("Choisissez où aller, ou nommez un nouveau regroupement.", group, form)
    with transaction() as session:
        title = _move(session, group_id, form)
    flash(f"{_counted(form)} dans « {title} ».", "success")
    return back_to(group, form)


@bp.post("/<group>/isoler")
@requires(Action.REVIEW)
def isolate(group: str) -> Response:
    """Isolate the selected contributions."""
    group_id, form = facilitated_group(group).id, ChoiceForm()
    if problem := _problem(form):
        return _refused(problem, group, form)
    with transaction() as session:
        moves.isolate(session, chosen=_chosen(form), group_id=group_id, actor=actor())
    flash(f"{_counted(form)} parmi les idées isolées.", "success")
    return back_to(group, form)


@bp.post("/<group>/ecarter")
@requires(Action.REVIEW)
def set_aside(group: str) -> Response:
    """Set the selected contributions aside, with a reason shown to their authors."""
    group_id, form = facilitated_group(group).id, ChoiceForm()
    if problem := _problem(form):
        return _refused(problem, group, form)
    if not form.reason.data:
        return _refused("Dites en quelques mots pourquoi : l’auteur pourra le lire.", group, form)
    with transaction() as session:
        picked = excerpts.list_excerpts(session, group_id=group_id, excerpt_ids=form.seen())
        for excerpt in {found.contribution_id: found for found in picked}.values():
            moves.set_aside(session, excerpt=excerpt, actor=actor(), reason=form.reason.data)
    flash(f"{_counted(form)} parmi les écartées.", "success")
    return back_to(group, form)


@bp.post("/<group>/fusionner")
@requires(Action.REVIEW)
def merge(group: str) -> Response:
    """Merge the clusters selected on the board."""
    group_id, form = facilitated_group(group).id, MergeForm()
    if not form.validate():
        abort(400)
    if len(form.seen()) < 2:  # noqa: PLR2004 - two make one
        flash("Cochez au moins deux regroupements à fusionner.", "error")
        return redirect(url_for("board.show", group=group), 303)
    with transaction() as session:
        kept = _merge(session, group_id, form)
    flash("Regroupements fusionnés : vérifiez le titre.", "success")
    return redirect(url_for("board.show_cluster", group=group, cluster=kept), 303)


def _merge(session: Session, group_id: int, form: MergeForm) -> str:
    """Merge the clusters of the form, and return the public identifier of the result."""
    seen, reason = form.seen(), form.reason.data or ""
    picked = [
        clusters.get_cluster(session, group_id=group_id, public_id=public_id) for public_id in seen
    ]
    return cluster_edits.merge_all(
        session, picked=picked, actor=actor(), reason=reason, seen=seen
    ).public_id


def _move(session: Session, group_id: int, form: MoveForm) -> str:
    """Move the excerpts of the form, and return the title of the destination."""
    chosen = _chosen(form)
    if form.title.data:
        return moves.move_to_new(
            session, chosen=chosen, title=form.title.data, group_id=group_id, actor=actor()
        ).title
    target = clusters.get_cluster(session, group_id=group_id, public_id=form.target.data or "")
    moves.move(session, chosen=chosen, target=target, actor=actor())
    return target.title


def _problem(form: ChoiceForm) -> str:
    if not form.validate():
        errors = [error for field in form for error in field.errors]
        return " ".join(errors)
    return "" if form.seen() else "Cochez au moins une contribution."


def _chosen(form: ChoiceForm) -> Chosen:
    return Chosen(seen=form.seen(), reason=form.reason.data or "")


def _counted(form: ChoiceForm) -> str:
    count = len(form.seen())
    return "1 contribution placée" if count == 1 else f"{count} contributions placées"


def _refused(problem: str, group: str, form: ChoiceForm) -> Response:
    flash(problem, "error")
    return back_to(group, form, form.excerpts.data or ())
