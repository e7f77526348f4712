"""Page that sorts the notes of a working group one by one, by keyboard or by plain forms."""

from flask import Blueprint, abort, flash, render_template, request
from flask_login import current_user
from werkzeug.wrappers import Response

from webapp.accounts.views.access import facilitated_group
from webapp.platform.actions import Action
from webapp.platform.extensions import db, transaction
from webapp.platform.views.current import actor, now
from webapp.platform.views.requires import requires
from webapp.review import moves, triage, undo
from webapp.review.forms.moves import ChoiceForm
from webapp.review.forms.triage import TriageForm
from webapp.review.moves import Chosen
from webapp.review.triage import Sorting
from webapp.review.views.board import read_ending
from webapp.review.views.redirects import back_to, to_note
from webapp.territory.models import WorkingGroup

bp = Blueprint("triage", __name__, url_prefix="/revue")


@bp.get("/<group>/trier")
@requires(Action.REVIEW)
def show(group: str) -> str:
    """Show one note and the groups that it may join, or the start and the end of a pile."""
    owner, form = facilitated_group(group), TriageForm(request.args, meta={"csrf": False})
    excerpt_id = form.asked()
    return _start(owner, form) if excerpt_id is None else _note(owner, form.wanted(), excerpt_id)


@bp.post("/<group>/trier")
@requires(Action.REVIEW)
def go(group: str) -> Response:
    """Give the person a note: the first of the pile, or the one that they walk to."""
    form = TriageForm()
    if not form.validate():
        abort(400)
    return to_note(group, form.wanted(), form.asked(), begins=form.asked() is None)


@bp.post("/<group>/trier/nouveau")
@requires(Action.REVIEW)
def start_group(group: str) -> Response:
    """Make a group from one note, with a provisional title."""
    group_id, form = facilitated_group(group).id, ChoiceForm()
    if not (form.validate() and form.seen()):
        abort(400)
    with transaction() as session:
        title = moves.start_cluster(
            session, chosen=Chosen(seen=form.seen()), group_id=group_id, actor=actor()
        ).title
    flash(f"Nouveau regroupement : « {title} ».", "success")
    return back_to(group, form)


def _note(owner: WorkingGroup, wanted: Sorting, excerpt_id: int) -> str:
    session, who, group_id = db.session(), actor(), owner.id
    last = undo.last_to_undo(session, group_id=group_id, actor_id=who.id)
    return render_template(
        "review/triage/note.html",
        group=owner,
        wanted=wanted,
        offer=triage.read_offer(session, group_id=group_id, excerpt_id=excerpt_id, actor=who),
        around=triage.around(
            session, group_id=group_id, excerpt_id=excerpt_id, wanted=wanted, actor=who
        ),
        left=triage.count_piles(session, group_ids=[group_id])[group_id][wanted.pile],
        pace=triage.read_pace(session, group_id=group_id, actor_id=who.id),
        last=last,
        reread=triage.excerpt_of(last),
    )


def _start(owner: WorkingGroup, form: TriageForm) -> str:
    """Show what there is to sort, or what was done once there is nothing left."""
    session, wanted = db.session(), form.wanted()
    piles = triage.count_piles(session, group_ids=[owner.id])[owner.id]
    left = piles[wanted.pile]
    return render_template(
        "review/triage/start.html",
        group=owner,
        form=form,
        wanted=wanted,
        piles=piles,
        left=left,
        **({"ending": None} if left else read_ending(owner)),
        pace=triage.read_pace(session, group_id=owner.id, actor_id=current_user.id),
        done=triage.count_acts(session, group_id=owner.id, now=now()),
    )
