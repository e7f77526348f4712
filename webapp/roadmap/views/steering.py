"""Pages of the roadmap draft: items, statuses, publication."""

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
)
from webapp.platform.actions import Action
from webapp.platform.extensions import db, transaction
from webapp.platform.views.current import actor, now
from webapp.platform.views.requires import requires
from webapp.platform.views.responses import attachment
from webapp.privacy import legal_notices
from webapp.publishing import exports, publication, reactions
from webapp.publishing.documents.formats import FORMATS, named
from webapp.roadmap import (
    items,
    organisations,
    progress,
    sources,
    transitions,
)
from webapp.roadmap.forms.batch_edits import BatchForm
from webapp.roadmap.forms.items import ItemForm, StatusForm
from webapp.roadmap.models import ItemStatus, RoadmapItem
from webapp.roadmap.views import item_page
from webapp.roadmap.views.item_access import facilitated_item
from webapp.territory import roadmaps, working_groups
from webapp.vocabulary.labels import label

bp = Blueprint("steering", __name__, url_prefix="/pilotage")
Page = tuple[str, int]
_LISTED = (
    RoadmapItem.sources,
    RoadmapItem.working_group,
    RoadmapItem.milestones,
    RoadmapItem.merge,
)


@bp.get("/")
@requires(Action.STEER)
def home() -> str:
    """Show the items by axis, and the changes since the last version."""
    session = db.session()
    roadmap = roadmaps.main_roadmap(session)
    listed = items.list_items(session, roadmap_id=roadmap.id, load=_LISTED)
    return render_template(
        "roadmap/steering/home.html",
        roadmap=roadmap,
        items=[item for item in listed if item.merge is None],
        view=request.args.get("vue", ""),
        batch=BatchForm(),
        directory=organisations.list_organisations(session),
        is_late=partial(progress.is_late, today=now().date()),
        missing=transitions.missing_fields,
        unsourced=sources.without_sources(session, items=listed),
        groups=working_groups.list_groups(session),
        windows=reactions.list_windows(session),
        formats=FORMATS,
        unfinished=current_app.config["IS_PUBLIC"] and bool(legal_notices.read(session).missing),
    )


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


@bp.get("/projet/<name>")
@requires(Action.STEER)
def preview(name: str) -> Response:
    """Download the draft, marked « projet »."""
    session, chosen = db.session(), named(name)
    document = publication.preview(session, roadmap=roadmaps.main_roadmap(session), now=now())
    data = exports.render(session, document, name=name)
    return attachment(data, chosen.media_type, f"projet.{chosen.extension}")


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
