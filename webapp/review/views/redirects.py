"""Where a person goes back to after an act of the review."""

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

# What a form says when it stands on one of these pages, and not on a group's.
PAGES = {"contributions": "board.contributions", "historique": "reviews.show"}


# What the address of a list may say; the rest of what a form sends is left out.
KEPT = ("q", "place", "workshop", "territory", "kind", "concerned", "doubt", "page")


class Origin(Protocol):
    """A form that says where it stands."""

    back: HiddenField
    query: HiddenField


def back_to(group: str, form: Origin, ticked: Sequence[str] = ()) -> Response:
    """Go to the page a form came from, as it was; the board when its group is no more.

    ``ticked`` are the boxes to find ticked again, after an act that was refused.
    """
    back, asked = form.back.data or "", parse_qs(form.query.data or "")
    kept = {name: asked[name] for name in KEPT if name in asked and back in PAGES}
    address = urlencode(kept | {"coche": list(ticked)[:PAGE]}, doseq=True)
    return redirect(f"{_page(group, back)}{'?' if address else ''}{address}", 303)


def _page(group: str, back: str) -> str:
    if back in PAGES:
        return url_for(PAGES[back], group=group)
    owner = facilitated_group(group)
    if back and clusters.is_live(db.session(), group_id=owner.id, public_id=back):
        return url_for("board.show_cluster", group=group, cluster=back)
    return url_for("board.show", group=group)
