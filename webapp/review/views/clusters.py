"""Actions on one cluster: title, summary, status, merge, split, promotion."""

from typing import TypeVar

from flask import Blueprint, abort, flash, redirect, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from webapp.accounts.views.access import facilitated_group
from webapp.platform.actions import Action
from webapp.platform.extensions import db, transaction
from webapp.platform.forms.base import BaseForm
from webapp.platform.views.current import actor
from webapp.platform.views.requires import requires
from webapp.review import cluster_edits, clusters, moves
from webapp.review.forms.clusters import AcceptForm, ActForm, RenameForm, SummaryForm
from webapp.review.forms.moves import (
    AttachForm,
    EnterForm,
    HeldForm,
    JoinForm,
    MergeForm,
    SplitForm,
)
from webapp.review.views import moves as placements
from webapp.review.views.held import keep, keep_page
from webapp.review.views.redirects import back_to, held_by
from webapp.review.views.targets import typed_problem
from webapp.roadmap import items

_Form = TypeVar("_Form", bound=BaseForm)

bp = Blueprint("clusters", __name__, url_prefix="/revue")


@bp.post("/<group>/<cluster>/titre")
@requires(Action.REVIEW)
def rename(group: str, cluster: str) -> Response:
    """Set the title of a cluster."""
    group_id = facilitated_group(group).id
    form = RenameForm()
    if not form.validate():
        return _refused(form, group, cluster)
    with transaction() as session:
        found = clusters.get_cluster(session, group_id=group_id, public_id=cluster)
        who, reason = keep(session, found, title=False), form.reason.data or ""
        clusters.rename(session, cluster=found, title=form.chosen(), actor=who, reason=reason)
    flash("Titre enregistré.", "success")
    return _back(group, cluster)


@bp.post("/<group>/<cluster>/resume")
@requires(Action.REVIEW)
def summarise(group: str, cluster: str) -> Response:
    """Set the summary of a cluster."""
    group_id = facilitated_group(group).id
    form = SummaryForm()
    if not form.validate():
        return _refused(form, group, cluster)
    with transaction() as session:
        found = clusters.get_cluster(session, group_id=group_id, public_id=cluster)
        who, reason = keep(session, found, summary=False), form.reason.data or ""
        summary = form.summary.data or ""
        clusters.summarise(session, cluster=found, summary=summary, actor=who, reason=reason)
    flash("Résumé enregistré.", "success")
    return _back(group, cluster)


@bp.post("/<group>/<cluster>/accepter")
@requires(Action.REVIEW)
def accept(group: str, cluster: str) -> Response:
    """Accept a cluster, with the submitted title."""
    group_id, form = facilitated_group(group).id, AcceptForm()
    if not form.validate():
        return _refused(form, group, cluster)
    with transaction() as session:
        found = clusters.get_cluster(session, group_id=group_id, public_id=cluster)
        who, reason = keep(session, found, title=False), form.reason.data or ""
        title = form.title.data or ""
        clusters.accept(session, cluster=found, actor=who, title=title, reason=reason)
    flash("Regroupement accepté : plus aucune analyse ne le changera.", "success")
    return _back(group, cluster)


@bp.post("/<group>/<cluster>/rouvrir")
@requires(Action.REVIEW)
def reopen(group: str, cluster: str) -> Response:
    """Revert an acceptance."""
    group_id, form = facilitated_group(group).id, _valid(ActForm())
    with transaction() as session:
        found = clusters.get_cluster(session, group_id=group_id, public_id=cluster)
        who, reason = keep(session, found), form.reason.data or ""
        clusters.reopen(session, cluster=found, actor=who, reason=reason)
    flash("Le regroupement est de nouveau une proposition.", "success")
    return _back(group, cluster)


@bp.post("/<group>/<cluster>/rattacher")
@requires(Action.REVIEW)
def attach(group: str, cluster: str) -> Response:
    """Confirm suggested members of a cluster."""
    group_id, form = facilitated_group(group).id, _valid(AttachForm())
    joining, reason = form.seen().keys(), form.reason.data or ""
    with transaction() as session:
        found = keep_page(session, group_id) or clusters.get_cluster(
            session, group_id=group_id, public_id=cluster
        )
        if joining:
            moves.attach(session, cluster=found, excerpt_ids=joining, actor=actor(), reason=reason)
    if not joining:
        flash("Cochez au moins une contribution.", "error")
        return _back(group, cluster)
    count = len(joining)
    flash(
        "Contribution rattachée." if count == 1 else f"{count} contributions rattachées.", "success"
    )
    return _back(group, cluster)


@bp.post("/<group>/<cluster>/fusionner")
@requires(Action.REVIEW)
def merge(group: str, cluster: str) -> Response:
    """Merge other clusters into this one, which keeps its title."""
    group_id, form = facilitated_group(group).id, _valid(MergeForm())
    with transaction() as session:
        found = clusters.get_cluster(session, group_id=group_id, public_id=cluster)
        who, reason = keep(session, found), form.reason.data or ""
        problem = typed_problem(session, group_id, form.merged.data or "")
        if not problem:
            seen = _merged(session, group_id, form)
            others = [
                clusters.get_cluster(session, group_id=group_id, public_id=one) for one in seen
            ]
            cluster_edits.merge(
                session, cluster=found, others=others, actor=who, reason=reason, seen=seen
            )
    flash(
        problem or "Regroupements fusionnés : vérifiez le titre.", "error" if problem else "success"
    )
    return _back(group, cluster, merged=form.merged.data if problem else "")


@bp.post("/<group>/<cluster>/entree")
@requires(Action.REVIEW)
def enter(group: str, cluster: str) -> Response:
    """Do what the filled fields ask for when Enter is pressed: move, merge, or set the title."""
    form = EnterForm()
    if form.moves():
        return placements.move(group)
    return merge(group, cluster) if form.merged.data else rename(group, cluster)


@bp.post("/<group>/<cluster>/scinder")
@requires(Action.REVIEW)
def split(group: str, cluster: str) -> Response:
    """Move some members to a new cluster."""
    group_id, form = facilitated_group(group).id, SplitForm()
    if not form.validate():
        return _refused(form, group, cluster)
    with transaction() as session:
        found = clusters.get_cluster(session, group_id=group_id, public_id=cluster)
        title = cluster_edits.split(
            session,
            cluster=found,
            excerpt_ids=form.seen().keys(),
            title=form.new_title.data or "",
            actor=keep(session, found),
            reason=form.reason.data or "",
        ).title
    flash(f"Nouveau regroupement : « {title} ».", "success")
    form.back.data = cluster
    return back_to(group, form)


@bp.post("/<group>/<cluster>/dissoudre")
@requires(Action.REVIEW)
def dissolve(group: str, cluster: str) -> Response:
    """Dissolve a cluster."""
    group_id, form = facilitated_group(group).id, _valid(ActForm())
    with transaction() as session:
        found = clusters.get_cluster(session, group_id=group_id, public_id=cluster)
        who, reason = keep(session, found), form.reason.data or ""
        cluster_edits.dissolve(session, cluster=found, actor=who, reason=reason)
    flash("Regroupement dissous : ses contributions attendent une place.", "success")
    return redirect(url_for("board.show", group=group), 303)


@bp.post("/<group>/<cluster>/fiche")
@requires(Action.REVIEW)
def promote(group: str, cluster: str) -> Response:
    """Create a draft item from an accepted cluster."""
    group_id = facilitated_group(group).id
    with transaction() as session:
        found = clusters.get_cluster(session, group_id=group_id, public_id=cluster)
        item_id = items.promote(session, cluster=found, actor=keep(session, found)).public_id
    flash("Fiche action créée : complétez-la.", "success")
    return redirect(url_for("steering.item", item=item_id), 303)


@bp.post("/<group>/<cluster>/fiche/joindre")
@requires(Action.REVIEW)
def join_item(group: str, cluster: str) -> Response:
    """Add a cluster to the sources of a draft item of this working group."""
    group_id, form = facilitated_group(group).id, _valid(JoinForm())
    drafts = items.list_drafts(db.session(), group_id=group_id)
    if form.item.data not in {draft.public_id for draft in drafts}:
        flash("Choisissez une fiche en brouillon de ce groupe de travail.", "error")
        return _back(group, cluster)
    item_id = form.item.data
    with transaction() as session:
        found = clusters.get_cluster(session, group_id=group_id, public_id=cluster)
        item = items.get_item(session, public_id=item_id)
        items.add_source(session, item=item, cluster=found, actor=keep(session, found))
    flash("Regroupement joint à la fiche : relisez son constat.", "success")
    return redirect(url_for("steering.item", item=item_id), 303)


def _valid(form: _Form) -> _Form:
    if not form.validate():
        abort(400)
    return form


def _merged(session: Session, group_id: int, form: MergeForm) -> dict[str, int | None]:
    """Return the clusters to merge and the version at which each was seen."""
    seen = form.seen()
    typed = form.merged.data or ""
    for cluster in clusters.match_targets(session, group_id=group_id, typed=typed) if typed else ():
        seen[cluster.public_id] = form.version_of(cluster.public_id)
    return seen


def _refused(form: BaseForm, group: str, cluster: str) -> Response:
    errors = [error for field in form for error in field.errors]
    flash(" ".join(errors or ["Rien n’a été changé."]), "error")
    return _back(group, cluster)


def _back(group: str, cluster: str, merged: str | None = "") -> Response:
    """Redirect to the page of the cluster, with what it holds for the acts that were not done."""
    form = HeldForm()
    form.back.data = cluster
    held = held_by(form)
    held.pop("raison", None)  # the reason of the act that was done
    return back_to(group, form, held | ({"avec": [merged]} if merged else {}))
