"""Look-up of the roadmaps of the instance."""

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from webapp.exceptions import EmptyInstanceError, NotFoundError
from webapp.territory.models import Roadmap


def get_roadmap(session: Session, *, slug: str) -> Roadmap:
    """Return the roadmap named ``slug``.

    Raises
    ------
    NotFoundError
        If there is none.
    """
    roadmap = session.scalar(
        select(Roadmap).options(selectinload(Roadmap.versions)).where(Roadmap.slug == slug)
    )
    if roadmap is None:
        raise NotFoundError(slug)
    return roadmap


def main_roadmap(session: Session) -> Roadmap:
    """Return the first roadmap of the instance, the regional one.

    Raises
    ------
    EmptyInstanceError
        If the instance is empty.
    """
    roadmap = session.scalar(select(Roadmap).order_by(Roadmap.id).limit(1))
    if roadmap is None:
        raise EmptyInstanceError
    return roadmap
