"""Pages of the seed words of axes, measures and publics."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from webapp.platform.actions import Action
from webapp.platform.extensions import db, transaction
from webapp.platform.views.current import actor
from webapp.platform.views.requires import requires
from webapp.platform.views.responses import Page
from webapp.review import alignments
from webapp.review.forms.alignments import MeasureForm, SeedsForm

bp = Blueprint("alignments", __name__, url_prefix="/pilotage/reperes")


@bp.get("")
@requires(Action.SET_LISTS)
def home() -> str:
    """Show the axes, measures and publics with their seed words."""
    return _page(MeasureForm())


@bp.post("")
@requires(Action.SET_LISTS)
def add_measure() -> Response | Page:
    """Add a measure."""
    form = MeasureForm()
    if not form.validate():
        return _page(form), 422
    with transaction() as session:
        name = form.name.data or ""
        alignments.add_measure(session, name=name, seeds=form.lines(), actor=actor())
    return _changed("Mesure ajoutée")


@bp.post("/<target>")
@requires(Action.SET_LISTS)
def save(target: str) -> Response:
    """Replace the seed words of a target."""
    form = SeedsForm()
    if not form.validate():
        flash(" ".join(form.seeds.errors), "error")
        return redirect(url_for("alignments.home"), 303)
    with transaction() as session:
        found = alignments.get_target(session, public_id=target)
        alignments.save_seeds(session, target=found, seeds=form.lines(), actor=actor())
    return _changed("Mots enregistrés")


@bp.post("/<target>/retirer")
@requires(Action.SET_LISTS)
def remove(target: str) -> Response:
    """Retire a measure."""
    with transaction() as session:
        found = alignments.get_target(session, public_id=target)
        alignments.remove_measure(session, target=found, actor=actor())
    return _changed("Mesure retirée")


def _changed(what: str) -> Response:
    flash(f"{what}. Les regroupements sont relus en arrière-plan.", "success")
    return redirect(url_for("alignments.home"), 303)


def _page(form: MeasureForm) -> str:
    targets = alignments.list_targets(db.session())
    of_kind = {kind: [t for t in targets if t.kind is kind] for kind in alignments.KINDS}
    return render_template("review/alignments/home.html", of_kind=of_kind, form=form)
