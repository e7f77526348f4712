"""Follow-up of an item: milestones, budget, links."""

from collections.abc import Callable
from functools import partial

from flask import Blueprint, flash, redirect, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from webapp import wording
from webapp.collection.workshops import get_workshop
from webapp.exceptions import ImportFileError, RuleError
from webapp.platform.actions import Action
from webapp.platform.extensions import db, transaction
from webapp.platform.forms.base import BaseForm, identifier
from webapp.platform.views.current import actor, now
from webapp.platform.views.requires import requires
from webapp.publishing.item_snapshots import snapshot_indicator
from webapp.roadmap import budgets, indicators, items, links, milestones, organisations
from webapp.roadmap.forms.follow_up import BudgetForm, DoneForm, LinkForm, MilestoneForm
from webapp.roadmap.forms.indicators import IndicatorForm, MeasurementForm, MeasurementsFileForm
from webapp.roadmap.links import LinkFields
from webapp.roadmap.models import LinkKind, RoadmapItem
from webapp.roadmap.views.item_access import facilitated_item
from webapp.territory.forms.reference_cache import lists

bp = Blueprint("parts", __name__, url_prefix="/pilotage/fiches/<item>")
Page = tuple[str, int]
Act = Callable[[Session, RoadmapItem], object]


@bp.get("/suivi")
@requires(Action.WRITE_ITEM)
def show(item: str) -> str:
    """Show the follow-up of an item."""
    return page(item)


@bp.post("/jalons")
@requires(Action.WRITE_ITEM)
def add_milestone(item: str) -> Response | Page:
    """Add a milestone."""
    form = MilestoneForm()

    def add(session: Session, found: RoadmapItem) -> None:
        fields = form.fields()
        milestones.add_milestone(session, item=found, fields=fields, actor=actor())

    return apply(item, form, add, "calendrier")


@bp.post("/jalons/<row>")
@requires(Action.WRITE_ITEM)
def complete(item: str, row: str) -> Response | Page:
    """Set the completion date of a milestone."""
    form = DoneForm()

    def mark(session: Session, found: RoadmapItem) -> None:
        step = items.find_part(found.milestones, identifier(row))
        milestones.complete(session, milestone=step, on=form.done_on.data, actor=actor())

    return apply(item, form, mark, "calendrier", row)


@bp.post("/jalons/<row>/retirer")
@requires(Action.WRITE_ITEM)
def remove_milestone(item: str, row: str) -> Response | Page:
    """Remove a milestone."""

    def remove(session: Session, found: RoadmapItem) -> None:
        step = items.find_part(found.milestones, identifier(row))
        milestones.remove_milestone(session, milestone=step, actor=actor())

    return apply(item, BaseForm(), remove, "calendrier")


@bp.post("/budget")
@requires(Action.WRITE_ITEM)
def add_money(item: str) -> Response | Page:
    """Add a budget line."""
    form = BudgetForm()

    def add(session: Session, found: RoadmapItem) -> None:
        budgets.add_line(session, item=found, fields=form.fields(), actor=actor())

    return apply(item, form, add, "budget")


@bp.post("/budget/<row>/retirer")
@requires(Action.WRITE_ITEM)
def remove_money(item: str, row: str) -> Response | Page:
    """Remove a budget line."""

    def remove(session: Session, found: RoadmapItem) -> None:
        line = items.find_part(found.budget, identifier(row))
        budgets.remove_line(session, line=line, actor=actor())

    return apply(item, BaseForm(), remove, "budget")


@bp.post("/liens")
@requires(Action.WRITE_ITEM)
def add_link(item: str) -> Response | Page:
    """Add a link to a local pact or an initiative."""
    form = LinkForm().offer(links.list_stands(db.session()))

    def add(session: Session, found: RoadmapItem) -> None:
        stand = get_workshop(session, code=form.stand.data) if form.stand.data else None
        fields = LinkFields(
            kind=LinkKind(form.kind.data),
            title=form.label.data or "",
            url=form.website.data or "",
            stand=stand,
        )
        links.add_link(session, item=found, fields=fields, actor=actor())

    return apply(item, form, add, "liens")


@bp.post("/liens/<row>/retirer")
@requires(Action.WRITE_ITEM)
def remove_link(item: str, row: str) -> Response | Page:
    """Remove a link."""

    def remove(session: Session, found: RoadmapItem) -> None:
        link = items.find_part(found.links, identifier(row))
        links.remove_link(session, link=link, actor=actor())

    return apply(item, BaseForm(), remove, "liens")


def apply(item: str, form: BaseForm, act: Act, anchor: str, row: str = "") -> Response | Page:
    """Validate the form, run ``act`` and redirect to ``anchor``, or show the page with the error.

    ``row`` identifies the submitted form when the page has several of this kind.
    """
    facilitated_item(item)
    if not form.validate():
        return page(item, form, row), 422
    try:
        with transaction() as session:
            act(session, items.get_item(session, public_id=item))
    except (RuleError, ImportFileError) as error:
        return page(item, form, row, error), 422
    flash("C’est noté.", "success")
    return redirect(url_for("parts.show", item=item, _anchor=anchor), 303)


def page(
    item: str,
    form: BaseForm | None = None,
    row: str = "",
    error: RuleError | ImportFileError | None = None,
) -> str:
    """Render the follow-up page, with the rejected form and its error if any."""
    found = facilitated_item(item)
    return render_template(
        "roadmap/steering/parts.html",
        item=found,
        form_of=partial(_form_of, form, row),
        refused=form,
        problem=wording.message(error) if error else None,
        details=wording.row_problems(error) if error else [],
        told_of=partial(snapshot_indicator, lists=lists()),
        is_reached=indicators.is_reached,
        state_of=milestones.state,
        directory=organisations.list_organisations(db.session()),
        today=now().date(),
    )


def _form_of(
    sent: BaseForm | None, sent_row: str, name: str, row: object = "", obj: object = None
) -> BaseForm:
    """Return the form ``name`` of one row: the rejected one, or one with the stored values."""
    if type(sent).__name__ == name and sent is not None and sent_row == str(row):
        return sent.tagged(row) if row else sent
    form = _FORMS[name](formdata=None, obj=obj)
    if isinstance(form, LinkForm):
        form.offer(links.list_stands(db.session()))
    return form.tagged(row) if row else form


_FORMS: dict[str, type[BaseForm]] = {
    kind.__name__: kind
    for kind in (
        MilestoneForm,
        DoneForm,
        BudgetForm,
        LinkForm,
        IndicatorForm,
        MeasurementForm,
        MeasurementsFileForm,
    )
}
