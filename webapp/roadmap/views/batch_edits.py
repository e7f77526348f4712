"""Edits on several items: basis of chapters, common fields, merge, split."""

from flask import Blueprint, flash, redirect, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from webapp import wording
from webapp.exceptions import SelectionError
from webapp.platform.actions import Action
from webapp.platform.extensions import transaction
from webapp.platform.forms.base import identifier
from webapp.platform.views.current import actor
from webapp.platform.views.requires import requires
from webapp.platform.views.responses import Page
from webapp.roadmap import batch_edits, items
from webapp.roadmap.forms.batch_edits import BasisForm, BatchForm, ChosenForm
from webapp.roadmap.forms.follow_up import SplitForm
from webapp.roadmap.forms.item_search import ItemSearchForm
from webapp.roadmap.forms.items import ItemForm
from webapp.roadmap.models import RoadmapItem
from webapp.roadmap.views import item_page
from webapp.roadmap.views.item_access import facilitated_item
from webapp.territory import roadmaps

bp = Blueprint("arrangements", __name__, url_prefix="/pilotage")


@bp.post("/chapitres")
@requires(Action.STEER)
def choose_basis() -> Response:
    """Set the basis of the chapters."""
    form = BasisForm()
    form.validate()
    with transaction() as session:
        roadmap = roadmaps.main_roadmap(session)
        by_group = form.basis.data == "group"
        batch_edits.choose_basis(session, roadmap=roadmap, by_group=by_group, actor=actor())
    flash("C’est noté.", "success")
    return redirect(url_for("publications.home"), 303)


@bp.post("/fiches/lot")
@requires(Action.STEER)
def save_many() -> Response:
    """Set the same axis, priority, lead or date on several items."""
    form = BatchForm()
    if not form.validate():
        raise SelectionError
    with transaction() as session:
        chosen = _chosen(session, form.chosen.data or [])
        reason = form.amendment.data or ""
        count = batch_edits.save_many(
            session, chosen=chosen, batch=form.batch(), actor=actor(), reason=reason
        )
    flash(f"Fiches changées : {wording.number(count)}.", "success")
    search = ItemSearchForm(request.args, meta={"csrf": False})
    return redirect(url_for("steering.home", **search.asked()), 303)


@bp.post("/fiches/reunir")
@requires(Action.STEER)
def merge() -> Response:
    """Merge items into the first one."""
    form = ChosenForm()
    if not form.validate():
        raise SelectionError
    with transaction() as session:
        chosen = _chosen(session, form.chosen.data or [])
        reason = wording.MERGED.format(reference=chosen[0].reference) if chosen else ""
        kept = batch_edits.merge(session, chosen=chosen, reason=reason, actor=actor())
        reference, public_id = kept.reference, kept.public_id
    flash(f"Fiches réunies dans {reference} : relisez-la.", "success")
    return redirect(url_for("steering.item", item=public_id), 303)


@bp.post("/fiches/<item>/separer")
@requires(Action.WRITE_ITEM)
def split(item: str) -> Response | Page:
    """Split an item, once what its page holds is saved: move some sources to a new draft."""
    facilitated_item(item)
    refused = item_page.save_first(item, ItemForm()) if item_page.holds_fields() else None
    form = SplitForm()
    if refused is not None:
        return refused
    try:
        reference, public_id = _split(item, form)
    except SelectionError as error:
        found, problem = facilitated_item(item), wording.message(error) if not form.errors else None
        return item_page.render(found, ItemForm.of(found), problem, split=form), 422
    flash(f"Fiche {reference} créée : complétez-la.", "success")
    return redirect(url_for("steering.item", item=public_id), 303)


def _split(item: str, form: SplitForm) -> tuple[str, str]:
    """Split an item; return the reference and the identifier of the new one."""
    if not form.validate():
        raise SelectionError
    with transaction() as session:
        made = batch_edits.split(
            session,
            item=items.get_item(session, public_id=item),
            leaving={row for raw in form.sources.data or [] if (row := identifier(raw))},
            title=form.new_title.data or "",
            actor=actor(),
        )
        return made.reference, made.public_id


def _chosen(session: Session, public_ids: list[str]) -> list[RoadmapItem]:
    found = [items.get_item(session, public_id=public_id) for public_id in public_ids]
    return sorted(found, key=lambda item: item.reference)
