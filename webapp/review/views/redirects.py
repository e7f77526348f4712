"""Redirects after review actions."""

from collections.abc import Sequence
from typing import Protocol
from urllib.parse import parse_qs, urlencode

from flask import redirect, url_for
from werkzeug.wrappers import Response
from wtforms import HiddenField

from webapp.accounts.views.access import facilitated_group
from webapp.platform.extensions import db
from webapp.review import clusters
from webapp.review.excerpts import PAGE

# Values of ``back`` for pages other than a cluster's.
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
    preserved = {
        name: parameters[name]
        for name in PRESERVED_PARAMETERS
        if name in parameters and back in PAGES
    }
    address = urlencode(preserved | {"coche": list(ticked)[:PAGE]}, doseq=True)
    return redirect(f"{_page(group, back)}{'?' if address else ''}{address}", 303)


def _page(group: str, back: str) -> str:
    if back in PAGES:
        return url_for(PAGES[back], group=group)
    owner = facilitated_group(group)
    if back and clusters.is_live(db.session(), group_id=owner.id, public_id=back):
        return url_for("board.show_cluster", group=group, cluster=back)
    return url_for("board.show", group=group)
