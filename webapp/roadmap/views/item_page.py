"""The page of an item, one form: each of its acts first saves the fields that it holds."""

from flask import redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as Redirect

from webapp import wording
from webapp.exceptions import (
    ConflictError,
    IncompleteItemError,
    ReasonRequiredError,
    UnlistedError,
)
from webapp.platform.extensions import db, transaction
from webapp.platform.views.current import actor
from webapp.platform.views.responses import Page
from webapp.roadmap import (
    amendments,
    batch_edits,
    items,
    meetings,
    organisations,
    sources,
    transitions,
)
from webapp.roadmap.forms.follow_up import SplitForm
from webapp.roadmap.forms.items import ItemForm, StatusForm
from webapp.roadmap.models import RoadmapItem
from webapp.roadmap.views.item_access import facilitated_item
from webapp.territory.forms.reference_cache import lists
from webapp.territory.models import ReferenceKind


def holds_fields() -> bool:
    """Whether the request holds the fields of the page, and not only an act."""
    return "title" in request.form


def back(item: str, *, reason: bool = False) -> Redirect | Page:
    """Lead to the page of an item; give it back instead if words wait for another act.

    ``reason`` tells whether the reason of a change of state is one of these words.
    """
    found = facilitated_item(item)
    waiting = [SplitForm().new_title.data if not found.is_decided else ""]
    waiting += [StatusForm().reason.data] if reason else []
    if not any(waiting):
        return redirect(url_for("steering.item", item=item), 303)
    return render(found, ItemForm.of(found)), 200


def save_first(item: str, form: ItemForm) -> Page | None:
    """Save the fields of an item; return its page again, words kept, if they are refused."""
    found = facilitated_item(item)
    amendments.check_editable(db.session(), item=found, actor=actor())
    if not form.validate():
        return render(found, form), 422
    try:
        with transaction() as session:
            found = items.get_item(session, public_id=item)
            who = actor(form.version.data)
            reason = form.amendment.data or ""
            items.save(session, item=found, fields=form.fields(), actor=who, reason=reason)
    except (ConflictError, IncompleteItemError, ReasonRequiredError, UnlistedError) as error:
        status = 422 if isinstance(error, ReasonRequiredError | UnlistedError) else 409
        return render(facilitated_item(item), form, wording.message(error)), status
    return None


def render(
    found: RoadmapItem,
    form: ItemForm,
    problem: wording.Message | None = None,
    asked: StatusForm | None = None,
    split: SplitForm | None = None,
) -> str:
    """Render the page of an item; what a request typed for an act that is not done stays there."""
    return render_template(
        "roadmap/steering/item.html",
        item=found,
        form=form,
        problem=problem,
        missing=transitions.missing_fields(found),
        sources=sources.load_sources(db.session(), item=found),
        unsourced=sources.without_sources(db.session(), items=[found]),
        nexts=transitions.next_statuses(current_user.user, found),
        status_form=asked or StatusForm(),
        decisions=meetings.decisions_of(db.session(), item=found),
        split=split or SplitForm(),
        may_edit=amendments.may_edit(current_user.user, found),
        steps=amendments.steps_of(found),
        merged=batch_edits.merged_into(db.session(), item=found),
        measures=lists().offered(ReferenceKind.MEASURE).values(),
        directory=organisations.list_organisations(db.session()),
    )
