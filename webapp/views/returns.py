"""Where a person goes back to after an act of the review."""

from flask import redirect, url_for
from werkzeug.wrappers import Response

from webapp.extensions import db
from webapp.services import clusters
from webapp.views.access import facilitated_group

# What a form says when it stands on one of these pages, and not on a group's.
PAGES = {"contributions": "board.contributions", "historique": "reviews.show"}


def back_to(group: str, back: str) -> Response:
    """Go to the page a form came from: a list, a group's; the board when that group is no more."""
    if back in PAGES:
        return redirect(url_for(PAGES[back], group=group), 303)
    owner = facilitated_group(group)
    if back and clusters.is_live(db.session(), group_id=owner.id, public_id=back):
        return redirect(url_for("board.show_cluster", group=group, cluster=back), 303)
    return redirect(url_for("board.show", group=group), 303)
