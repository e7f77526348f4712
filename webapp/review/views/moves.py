"""Actions on selected contributions (move, isolate, set aside) and on selected clusters (merge)."""

from flask import Blueprint, abort, flash, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from webapp.accounts.views.access import facilitated_group
from webapp.platform.actions import Action
from webapp.platform.extensions import transaction
from webapp.platform.views.current import actor
from webapp.platform.views.requires import requires
from webapp.review import cluster_edits, clusters, excerpts, moves
from webapp.review.forms.moves import ChoiceForm, HeldForm, MergeForm, MoveForm, PageForm
from webapp.review.models import Cluster
from webapp.review.moves import Chosen
from webapp.review.views.held import keep_page
from webapp.review.views.redirects import MAX_TICKS, back_to, held_by
from webapp.review.views.targets import typed_problem

bp = Blueprint("placements", __name__, url_prefix="/revue")


@bp.post("/<group>/deplacer")
@requires(Action.REVIEW)
def move(group: str) -> Response:
    """Move the selected contributions to an existing or a new cluster."""
    group_id, form = facilitated_group(group).id, MoveForm()
    with transaction() as session:
        keep_page(session, group_id)
        problem = _problem(form) or _target_problem(session, group_id, form)
        title = "" if problem else _move(session, group_id, form)
    if problem:
        return _refused(problem, group, form)
    flash(f"{_counted(form)} dans « {title} ».", "success")
    return back_to(group, form)


@bp.post("/<group>/isoler")
@requires(Action.REVIEW)
def isolate(group: str) -> Response:
    """Isolate the selected contributions."""
    group_id, form = facilitated_group(group).id, MoveForm()
    with transaction() as session:
        keep_page(session, group_id)
        problem = _problem(form)
        if not problem:
            moves.isolate(session, chosen=_chosen(form), group_id=group_id, actor=actor())
    if problem:
        return _refused(problem, group, form)
    flash(f"{_counted(form)} parmi les idées isolées.", "success")
    return back_to(group, form, held_by(form) if form.only.data else None)


@bp.post("/<group>/ecarter")
@requires(Action.REVIEW)
def set_aside(group: str) -> Response:
    """Set the selected contributions aside, with a reason shown to their authors."""
    group_id, form = facilitated_group(group).id, MoveForm()
    missing = (
        "" if form.reason.data else "Dites en quelques mots pourquoi : l’auteur pourra le lire."
    )
    with transaction() as session:
        keep_page(session, group_id)
        problem = _problem(form) or missing
        if not problem:
            _set_aside(session, group_id, form)
    if problem:
        return _refused(problem, group, form)
    flash(f"{_counted(form)} parmi les écartées.", "success")
    return back_to(group, form)


@bp.post("/<group>/cocher")
@requires(Action.REVIEW)
def turn(group: str) -> Response:
    """Show another page of the same list; what is ticked and typed stays so."""
    group_id, form = facilitated_group(group).id, PageForm()
    if not form.validate():
        abort(400)
    with transaction() as session:
        keep_page(session, group_id)
    if len(form.seen()) > MAX_TICKS:
        flash(
            f"Au plus {MAX_TICKS} contributions cochées à la fois : placez d’abord celles-ci.",
            "error",
        )
    held = held_by(form) | {"page": [form.page.data or "1"]}
    return back_to(group, form, held)


@bp.post("/<group>/fusionner")
@requires(Action.REVIEW)
def merge(group: str) -> Response:
    """Merge the clusters selected on the board."""
    group_id, form = facilitated_group(group).id, MergeForm()
    if not form.validate():
        abort(400)
    with transaction() as session:
        shown = keep_page(session, group_id)
        enough = len(form.seen()) >= 2  # noqa: PLR2004 - two make one
        kept = _merge(session, group_id, form, shown) if enough else request.form.get("back", "")
    if enough:
        flash("Regroupements fusionnés : vérifiez le titre.", "success")
    else:
        flash("Cochez au moins deux regroupements à fusionner.", "error")
    origin = HeldForm()
    origin.back.data = kept
    return back_to(group, origin)


def _merge(session: Session, group_id: int, form: MergeForm, shown: Cluster | None) -> str:
    """Merge the clusters of the form, and return the public identifier of the result."""
    seen, reason = form.seen(), form.reason.data or ""
    if shown is not None and seen.get(shown.public_id) == form.version.data:
        seen[shown.public_id] = shown.version  # its title may just have been saved
    picked = [
        clusters.get_cluster(session, group_id=group_id, public_id=public_id) for public_id in seen
    ]
    return cluster_edits.merge_all(
        session, picked=picked, actor=actor(), reason=reason, seen=seen
    ).public_id


def _move(session: Session, group_id: int, form: MoveForm) -> str:
    """Move the excerpts of the form, and return the title of the destination."""
    chosen = _chosen(form)
    if form.new_title.data:
        return moves.move_to_new(
            session, chosen=chosen, title=form.new_title.data, group_id=group_id, actor=actor()
        ).title
    typed = form.target.data or ""
    (target,) = clusters.match_targets(session, group_id=group_id, typed=typed)
    moves.move(session, chosen=chosen, target=target, actor=actor())
    return target.title


def _set_aside(session: Session, group_id: int, form: ChoiceForm) -> None:
    picked = excerpts.list_excerpts(session, group_id=group_id, excerpt_ids=form.seen())
    for excerpt in {found.contribution_id: found for found in picked}.values():
        moves.set_aside(session, excerpt=excerpt, actor=actor(), reason=form.reason.data or "")


def _target_problem(session: Session, group_id: int, form: MoveForm) -> str:
    if form.new_title.data:
        return ""
    if not form.target.data:
        return "Choisissez où aller, ou nommez un nouveau regroupement."
    return typed_problem(session, group_id, form.target.data)


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
    return back_to(group, form, held_by(form))
