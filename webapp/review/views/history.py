"""Pages of the review history, and undo."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from webapp.accounts.views.access import facilitated_group
from webapp.platform.actions import Action
from webapp.platform.extensions import db, transaction
from webapp.platform.forms.base import identifier
from webapp.platform.views.current import actor
from webapp.platform.views.requires import requires
from webapp.platform.views.responses import polled
from webapp.review import history
from webapp.review import undo as reversals
from webapp.review.forms.clusters import UndoForm
from webapp.review.views.redirects import back_to
from webapp.vocabulary import ACTS

bp = Blueprint("reviews", __name__, url_prefix="/revue")
_LATEST = 200


@bp.get("/<group>/historique")
@requires(Action.REVIEW)
def show(group: str) -> str:
    """Show the last actions of a working group, each with its undo."""
    owner = facilitated_group(group)
    acts = history.latest(db.session(), group_id=owner.id, limit=_LATEST)
    return render_template("review/history/show.html", group=owner, acts=acts)


@bp.get("/<group>/nouvelles")
@requires(Action.REVIEW)
def news(group: str) -> Response:
    """Return the actions of colleagues since a given one, for polling."""
    owner = facilitated_group(group)
    since = identifier(request.args.get("depuis", "")) or 0
    others = history.of_others(
        db.session(), group_id=owner.id, actor_id=current_user.id, after=since, limit=_LATEST
    )
    return polled(render_template("review/history/news.html", group=owner, acts=others))


@bp.get("/<group>/historique/annuler")
@requires(Action.REVIEW)
def confirm(group: str) -> str | Response:
    """Ask for confirmation before undoing a colleague's action."""
    owner = facilitated_group(group)
    number = identifier(request.args.get("acte", "")) or 0
    if not number:
        return redirect(url_for("reviews.show", group=group), 303)
    found = history.get_action(db.session(), group_id=owner.id, action_id=number)
    return render_template("review/history/confirm.html", group=owner, action=found)


@bp.post("/<group>/historique/annuler")
@requires(Action.REVIEW)
def undo(group: str) -> Response:
    """Undo one action."""
    number = identifier(request.form.get("action", "")) or 0
    return _reverse(group, facilitated_group(group).id, number)


@bp.post("/<group>/annuler")
@requires(Action.REVIEW)
def undo_last(group: str) -> Response:
    """Undo one's own last action."""
    group_id = facilitated_group(group).id
    found = reversals.last_to_undo(db.session(), group_id=group_id, actor_id=current_user.id)
    return _reverse(group, group_id, found.id if found else 0)


@bp.post("/<group>/refaire")
@requires(Action.REVIEW)
def redo_last(group: str) -> Response:
    """Redo one's own last undo."""
    group_id = facilitated_group(group).id
    found = reversals.last_to_redo(db.session(), group_id=group_id, actor_id=current_user.id)
    return _reverse(group, group_id, found.id if found else 0)


def _reverse(group: str, group_id: int, action_id: int) -> Response:
    form = UndoForm()
    if not form.validate():
        abort(400)
    if not action_id:
        flash("Il n’y a plus rien à annuler ni à refaire.", "info")
        return back_to(group, form)
    with transaction() as session:
        action = history.get_action(session, group_id=group_id, action_id=action_id)
        root = history.root_of(session, action)
        done = reversals.reverse(session, action=action, actor=actor())
        words, what = ACTS[done.act], ACTS[root.act].lower()
    flash(f"{words} : {what}.", "success")
    return back_to(group, form)
