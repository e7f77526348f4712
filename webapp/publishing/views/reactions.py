"""Reactions to published items, and settings of the reaction window."""

from datetime import datetime

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from webapp import wording
from webapp.collection.forms.contributions import ContributionForm
from webapp.collection.views import participants
from webapp.collection.views.submissions import deliver, receipt_of
from webapp.exceptions import DateOrderError
from webapp.platform.actions import Action
from webapp.platform.extensions import csrf, db, transaction
from webapp.platform.views.current import actor, now
from webapp.platform.views.requires import requires
from webapp.platform.views.responses import Page
from webapp.publishing import reactions
from webapp.publishing.forms.reactions import WindowForm
from webapp.publishing.views import roadmap
from webapp.territory import roadmaps
from webapp.territory.models import WorkingGroup
from webapp.territory.working_groups import get_group

bp = Blueprint("reactions", __name__)


@bp.post("/feuille-de-route/<reference>/reactions")
@requires(Action.SPEAK)
def react(reference: str) -> Response | Page:
    """Record a reaction to a published item."""
    form, instant = ContributionForm(), now()
    roadmap.page(reference, form)  # unpublished items have no reactions
    return deliver(
        form,
        receive=lambda: _receive(reference, form, instant),
        rerender=lambda status, problem: (roadmap.page(reference, form, problem), status),
    )


csrf.exempt(
    react
)  # the form checks its own CSRF token, so that an expired page keeps the typed text


@bp.get("/pilotage/reactions/<group>")
@requires(Action.OPEN_REACTIONS)
def show_window(group: str) -> str:
    """Show the window of a working group and its form."""
    owner = get_group(db.session(), slug=group)
    window = reactions.find_window(db.session(), group_id=owner.id)
    return _window(owner, WindowForm.of(window))


@bp.post("/pilotage/reactions/<group>")
@requires(Action.OPEN_REACTIONS)
def set_window(group: str) -> Response | Page:
    """Open the window of a working group, or change its dates."""
    owner, form = get_group(db.session(), slug=group), WindowForm()
    if not form.validate():
        return _window(owner, form), 422
    start, end = form.dates()
    try:
        with transaction() as session:
            owner, who = get_group(session, slug=group), actor()
            reactions.open_window(session, group=owner, opens_at=start, ends_at=end, actor=who)
    except DateOrderError as error:
        form.ends_at.errors = [wording.message(error).text]
        return _window(get_group(db.session(), slug=group), form), 422
    flash("Dates enregistrées : chacun les lit sous les fiches publiées.", "success")
    return redirect(url_for("reactions.show_window", group=group), 303)


@bp.post("/pilotage/reactions/<group>/fermer")
@requires(Action.OPEN_REACTIONS)
def close_window(group: str) -> Response:
    """Close the window of a working group early."""
    with transaction() as session:
        reactions.close_window(session, group=get_group(session, slug=group), actor=actor())
    flash("Réactions fermées.", "success")
    return redirect(url_for("reactions.show_window", group=group), 303)


def _window(group: WorkingGroup, form: WindowForm) -> str:
    window = reactions.find_window(db.session(), group_id=group.id)
    return render_template(
        "publishing/reactions/window.html", group=group, window=window, form=form
    )


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
