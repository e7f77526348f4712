"""Workshops that the person signed in may run."""

from webapp.exceptions import NotFoundError
from webapp.extensions import db
from webapp.models import Workshop
from webapp.services.workshops import get_workshop
from webapp.views.access import may_here


def facilitated_workshop(code: str) -> Workshop:
    """Return a workshop that the person signed in may run; to others it is missing.

    Raises
    ------
    NotFoundError
        If it does not exist, or feeds a group that is not theirs.
    """
    workshop = get_workshop(db.session(), code=code)
    if not may_here(workshop.working_group):
        raise NotFoundError(code)
    return workshop
