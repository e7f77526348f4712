"""Redirects after review actions."""

from collections.abc import Mapping, Sequence
from typing import Protocol
from urllib.parse import parse_qs, urlencode

from flask import redirect, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response
from wtforms import HiddenField

from webapp.accounts.views.access import facilitated_group
from webapp.platform.extensions import db, transaction
from webapp.platform.forms.base import identifier
from webapp.platform.views.current import actor
from webapp.review import clusters, triage
from webapp.review.forms.moves import ChoiceForm
from webapp.review.forms.triage import TriageForm
from webapp.review.triage import Sorting

# Values of ``back`` for pages other than a cluster's.
TRIAGE = "trier"  # the sorting of notes: back to the next one
PAGES = {"contributions": "board.contributions", "historique": "reviews.show"}


# Query parameters that are preserved, of a list and of the board; others are dropped.
PRESERVED_PARAMETERS = (
    *("q", "place", "groupe", "workshop", "territory", "kind", "concerned", "doubt"),
    "page",
)
BOARD_PARAMETERS = ("q", "tri", "etat", "page")
MAX_TICKS = 300  # boxes that stay ticked from one page to another: they are in the address


class Origin(Protocol):
    """A form with its page of origin."""

    back: HiddenField
    query: HiddenField


def kept_query(names: Sequence[str]) -> str:
    """Return the query string of this page without what is ticked and typed on it."""
    return urlencode({name: request.args[name] for name in names if name in request.args})[:500]


def back_to(group: str, form: Origin, held: Mapping[str, Sequence[str]] | None = None) -> Response:
    """Redirect to the page of origin, or to the board when its cluster is dissolved.

    ``held`` is what the page shows again as it was ticked and typed, see :func:`held_by`.
    """
    back, parameters = form.back.data or "", parse_qs(form.query.data or "")
    if back == TRIAGE:
        asked = TriageForm(MultiDict(parameters), meta={"csrf": False})
        return to_note(group, asked.wanted(), asked.reread() or _first_of(held or {}))
    names = PRESERVED_PARAMETERS if back in PAGES else BOARD_PARAMETERS
    preserved = {name: parameters[name] for name in names if name in parameters}
    address = urlencode(preserved | dict(held or {}), doseq=True)
    return redirect(f"{_page(group, back)}{'?' if address else ''}{address}", 303)


def held_by(form: ChoiceForm) -> dict[str, Sequence[str]]:
    """Return, as query parameters, what is ticked and typed for an act that was not done."""
    typed = {"vers": "target", "nouveau": "new_title", "raison": "reason"}
    found = {name: form[field].data for name, field in typed.items() if field in form}
    ticked = list(form.excerpts.data or ())[:MAX_TICKS]
    return {"coche": ticked} | {name: [words] for name, words in found.items() if words}


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


def _first_of(held: Mapping[str, Sequence[str]]) -> int | None:
    """Return the note of a refused act, to be shown again."""
    return next((identifier(value.partition("-")[0]) for value in held.get("coche", ())), None)


def _page(group: str, back: str) -> str:
    if back in PAGES:
        return url_for(PAGES[back], group=group)
    owner = facilitated_group(group)
    if back and clusters.is_live(db.session(), group_id=owner.id, public_id=back):
        return url_for("board.show_cluster", group=group, cluster=back)
    return url_for("board.show", group=group)
