"""Redirects after review actions."""

from collections.abc import Sequence
from typing import Protocol
from urllib.parse import parse_qs, urlencode

from flask import redirect, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response
from wtforms import HiddenField

from webapp.accounts.views.access import facilitated_group
from webapp.platform.extensions import db, transaction
from webapp.platform.forms.base import identifier
from webapp.platform.views.current import actor
from webapp.review import clusters, triage
from webapp.review.excerpts import PAGE
from webapp.review.forms.triage import TriageForm
from webapp.review.triage import Sorting

# Values of ``back`` for pages other than a cluster's.
TRIAGE = "trier"  # the sorting of notes: back to the next one
PAGES = {"contributions": "board.contributions", "historique": "reviews.show"}


# Query parameters of a list that are preserved; others are dropped.
PRESERVED_PARAMETERS = ("q", "place", "workshop", "territory", "kind", "concerned", "doubt", "page")


class Origin(Protocol):
    """A form with its page of origin."""

    back: HiddenField
    query: HiddenField


def back_to(group: str, form: Origin, ticked: Sequence[str] = ()) -> Response:
    """Redirect to the page of origin, or to the board when its cluster is dissolved.

    ``ticked`` are the boxes to tick again after a refused action.
    """
    back, parameters = form.back.data or "", parse_qs(form.query.data or "")
    if back == TRIAGE:
        asked = TriageForm(MultiDict(parameters), meta={"csrf": False})
        return to_note(group, asked.wanted(), asked.reread() or _first_of(ticked))
    preserved = {
        name: parameters[name]
        for name in PRESERVED_PARAMETERS
        if name in parameters and back in PAGES
    }
    address = urlencode(preserved | {"coche": list(ticked)[:PAGE]}, doseq=True)
    return redirect(f"{_page(group, back)}{'?' if address else ''}{address}", 303)


def to_note(
    group: str, wanted: Sorting, excerpt_id: int | None = None, *, begins: bool = False
) -> Response:
    """Give the person a note to sort, the next one or ``excerpt_id``, and redirect to it."""
    group_id = facilitated_group(group).id
    with transaction() as session:
        if begins:
            triage.request_comparison(session, group_id=group_id)
        note = triage.claim_next(
            session, group_id=group_id, wanted=wanted, actor=actor(), excerpt_id=excerpt_id
        )
    url = url_for("triage.show", group=group, pile=wanted.pile, ordre=wanted.order, note=note)
    return redirect(url, 303)


def _first_of(ticked: Sequence[str]) -> int | None:
    """Return the note of a refused act, to be shown again."""
    return next((identifier(value.partition("-")[0]) for value in ticked), None)


def _page(group: str, back: str) -> str:
    if back in PAGES:
        return url_for(PAGES[back], group=group)
    owner = facilitated_group(group)
    if back and clusters.is_live(db.session(), group_id=owner.id, public_id=back):
        return url_for("board.show_cluster", group=group, cluster=back)
    return url_for("board.show", group=group)
