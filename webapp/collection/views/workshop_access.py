"""Access check of the workshops that the signed-in user may run."""

from webapp.accounts.views.access import may_here
from webapp.collection.models import Workshop
from webapp.collection.workshops import get_workshop
from webapp.exceptions import NotFoundError
from webapp.platform.extensions import db


def facilitated_workshop(code: str) -> Workshop:
    """Return a workshop that the signed-in user may run.

    Raises
    ------
    NotFoundError
        If it does not exist, or its working group is not the user's.
    """
    workshop = get_workshop(db.session(), code=code)
    if not may_here(workshop.working_group):
        raise NotFoundError(code)
    return workshop
