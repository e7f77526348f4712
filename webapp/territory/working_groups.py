"""Look-up of the working groups of the region."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.exceptions import NotFoundError
from webapp.territory.models import WorkingGroup


def get_group(session: Session, *, slug: str) -> WorkingGroup:
    """Return the working group named ``slug``.

    Raises
    ------
    NotFoundError
        If there is none.
    """
    group = session.scalar(select(WorkingGroup).where(WorkingGroup.slug == slug))
    if group is None:
        raise NotFoundError(slug)
    return group


def list_groups(session: Session) -> Sequence[WorkingGroup]:
    """Return the working groups in order of name."""
    return session.scalars(select(WorkingGroup).order_by(WorkingGroup.name)).all()
