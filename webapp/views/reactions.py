"""Reacting to a published item, and the window during which one can."""

from datetime import datetime

from flask import Blueprint, abort, flash, redirect, url_for
from werkzeug.wrappers import Response

from webapp.extensions import csrf, transaction
from webapp.forms.contributions import ContributionForm
from webapp.forms.workshops import StateForm
from webapp.models import WorkshopState
from webapp.services import reactions, roadmaps
from webapp.services.workshops import get_group
from webapp.views import participants, roadmap
from webapp.views.access import actor, commissioners_only, now
from webapp.views.delivery import Page, deliver, receipt_of

bp = Blueprint("reactions", __name__)


@bp.post("/feuille-de-route/<reference>/reactions")
def react(reference: str) -> Response | Page:
    """Record what somebody says of a published item."""
    form, instant = ContributionForm(), now()
    roadmap.page(reference, form)  # an item that is not published has no page, nor reactions
    return deliver(
        form,
        receive=lambda: _receive(reference, form, instant),
        again=lambda status, problem: (roadmap.page(reference, form, problem), status),
    )


csrf.exempt(react)  # the form checks its own token, so that an expired page keeps the words


@bp.post("/pilotage/reactions/<group>")
@commissioners_only
def set_window(group: str) -> Response:
    """Open or close the window of a working group."""
    form = StateForm()
    if not form.validate():
        abort(400)
    opened = form.state.data == WorkshopState.OPEN
    act = reactions.open_window if opened else reactions.close_window
    with transaction() as session:
        act(session, group=get_group(session, slug=group), actor=actor())
    flash("Réactions ouvertes." if opened else "Réactions fermées.", "success")
    return redirect(url_for("steering.home", _anchor="reactions"), 303)


def _receive(reference: str, form: ContributionForm, instant: datetime) -> dict[str, str]:
    details = form.details(participants.token())
    with transaction() as session:
        roadmap_id = roadmaps.main_roadmap(session).id
        item = reactions.get_item(session, roadmap_id=roadmap_id, reference=reference)
        stored = reactions.react(
            session,
            item=item,
            body=form.body.data or "",
            key=form.key.data or "",
            now=instant,
            details=details,
        )
        return receipt_of(stored, instant)
