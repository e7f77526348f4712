"""Access to the items that the signed-in person may edit."""

from webapp.accounts.views.access import may_here
from webapp.exceptions import NotFoundError
from webapp.platform.extensions import db
from webapp.roadmap import items
from webapp.roadmap.models import RoadmapItem


def facilitated_item(public_id: str) -> RoadmapItem:
    """Return an item that the signed-in person may edit.

    Raises
    ------
    NotFoundError
        If it does not exist, or belongs to another working group.
    """
    found = items.get_item(db.session(), public_id=public_id)
    if not may_here(found.working_group):
        raise NotFoundError(public_id)
    return found
