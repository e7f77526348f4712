"""Pages of the roadmap draft: items, statuses, publication."""

from collections.abc import Sequence
from functools import partial

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_login import current_user
from werkzeug.wrappers import Response as Redirect

from webapp import wording
from webapp.exceptions import (
    IncompleteItemError,
    NotFoundError,
    ReasonRequiredError,
    RuleError,
    StateError,
)
from webapp.platform.actions import Action
from webapp.platform.extensions import db, transaction
from webapp.platform.views.current import actor, now
from webapp.platform.views.requires import requires
from webapp.platform.views.responses import attachment
from webapp.privacy import legal_notices
from webapp.publishing import exports, publication
from webapp.publishing.documents.formats import named
from webapp.roadmap import (
    item_calendar,
    item_search,
    item_table,
    items,
    organisations,
    sources,
    transitions,
)
from webapp.roadmap.forms.batch_edits import BatchForm
from webapp.roadmap.forms.item_search import ItemSearchForm
from webapp.roadmap.forms.items import CardForm, ItemForm, StatusForm
from webapp.roadmap.models import ItemStatus, RoadmapItem
from webapp.roadmap.views import item_page
from webapp.roadmap.views.item_access import facilitated_item
from webapp.territory import roadmaps, working_groups
from webapp.territory.forms.reference_cache import lists
from webapp.territory.models import Roadmap
from webapp.vocabulary.labels import label

bp = Blueprint("steering", __name__, url_prefix="/pilotage")
Page = tuple[str, int]
_LISTED = (RoadmapItem.sources, RoadmapItem.working_group, RoadmapItem.milestones)
_VIEWS = {"etats": "cards", "calendrier": "calendar"}


@bp.get("/")
@requires(Action.STEER)
def home() -> str:
    """Show what waits, then the items as a table, by state or as a calendar."""
    session, today = db.session(), now().date()
    roadmap, listed, search = _desk()
    return render_template(
        f"roadmap/steering/{_VIEWS.get(search.view.data or '', 'table')}.html",
        roadmap=roadmap,
        items=listed,
        shown=search.choose(listed, today),
        search=search,
        waiting=item_search.count_waiting(listed, today),
        batch=BatchForm(formdata=None),
        directory=organisations.list_organisations(session),
        missing_of=item_table.missing_words,
        unsourced=sources.without_sources(session, items=listed),
        next_of=partial(transitions.next_statuses, current_user.user),
        calendar=partial(item_calendar.read, today=today),
        unfinished=current_app.config["IS_PUBLIC"] and bool(legal_notices.read(session).missing),
    )


@bp.get("/fiches.csv")
@requires(Action.STEER)
def export_table() -> Response:
    """Download the table with its filters and its order."""
    session, today = db.session(), now().date()
    _, listed, search = _desk()
    content = item_table.export_items(
        search.choose(listed, today),
        today=today,
        unsourced=sources.without_sources(session, items=listed),
        strand_name=lists().strand,
    )
    return attachment(content, "text/csv", "fiches.csv")


def _desk() -> tuple[Roadmap, Sequence[RoadmapItem], ItemSearchForm]:
    """Return the roadmap, its items, and the search form of the request."""
    session = db.session()
    roadmap = roadmaps.main_roadmap(session)
    listed = items.list_current(session, roadmap_id=roadmap.id, load=_LISTED)
    form = ItemSearchForm(request.args, meta={"csrf": False})
    return roadmap, listed, form.offer(working_groups.list_groups(session), listed)


@bp.get("/fiches/<item>")
@requires(Action.WRITE_ITEM)
def item(item: str) -> str:
    """Show the form of an item."""
    found = facilitated_item(item)
    return item_page.render(found, ItemForm.of(found))


@bp.post("/fiches/<item>")
@requires(Action.WRITE_ITEM)
def save(item: str) -> Redirect | Page:
    """Save the fields of an item."""
    refused = item_page.save_first(item, ItemForm())
    if refused is not None:
        return refused
    flash("Fiche enregistrée.", "success")
    return item_page.back(item, reason=True)


@bp.post("/fiches/<item>/etat")
@requires(Action.WRITE_ITEM)
def set_status(item: str) -> Redirect | Page:
    """Change the status of an item, once what its page holds is saved."""
    form, status = _requested_status(item)
    typed = item_page.holds_fields()
    refused = item_page.save_first(item, ItemForm()) if typed else None
    if refused is not None:
        return refused
    # Saving has checked the version that the page showed.
    who = actor(None if typed else form.version.data)
    try:
        with transaction() as session:
            found = items.get_item(session, public_id=item)
            reason = form.reason.data or ""
            transitions.set_status(session, item=found, status=status, actor=who, reason=reason)
    except (IncompleteItemError, ReasonRequiredError) as error:
        found = facilitated_item(item)
        return item_page.render(found, ItemForm.of(found), wording.message(error), form), 422
    flash(f"La fiche est maintenant : {label('item', status)}.", "success")
    return redirect(url_for("steering.item", item=item), 303)


@bp.post("/fiches/deplacer")
@requires(Action.STEER)
def move() -> Redirect:
    """Change the state of an item by moving its card; a refusal says why."""
    form = CardForm()
    if not form.validate():
        abort(400)
    status = ItemStatus(form.target.data)
    try:
        with transaction() as session:
            found = items.get_item(session, public_id=form.item)
            transitions.set_status(session, item=found, status=status, actor=actor(form.version))
            reference = found.reference
    except (RuleError, StateError) as error:
        return _refused(form.item, error)
    flash(f"{reference} est maintenant : {label('item', status)}.", "success")
    return _to_cards(form.item)


@bp.get("/projet/<name>")
@requires(Action.STEER)
def preview(name: str) -> Response:
    """Download the draft, marked « projet »."""
    session, chosen = db.session(), named(name)
    document = publication.preview(session, roadmap=roadmaps.main_roadmap(session), now=now())
    data = exports.render(session, document, name=name)
    return attachment(data, chosen.media_type, f"projet.{chosen.extension}")


def _refused(item: str, error: RuleError | StateError) -> Redirect:
    """Say why a card does not move; lead to the page of the item if it asks for a reason."""
    said = wording.message(error)
    flash(f"{said.title}. {said.text}", "error")
    if isinstance(error, ReasonRequiredError):
        return redirect(url_for("steering.item", item=item, _anchor="etat"), 303)
    return _to_cards(item)


def _to_cards(item: str) -> Redirect:
    """Lead back to the cards, with their filters, on the one that was moved."""
    search = ItemSearchForm(request.args, meta={"csrf": False}).asked(vue="etats")
    return redirect(url_for("steering.home", **search, _anchor=f"fiche-{item}"), 303)


def _requested_status(item: str) -> tuple[StatusForm, ItemStatus]:
    """Return the form and the status that it asks for, if the user may set it."""
    facilitated_item(item)
    form = StatusForm()
    if not form.validate():
        abort(400)
    status = ItemStatus(form.status.data)
    if not transitions.may_set_status(current_user.user, status):
        raise NotFoundError(item)
    return form, status
