"""One at a time in a working group: two acts that meet are seen, and the second one is told."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import WorkingGroup


def take_turn(session: Session, *, group_id: int) -> None:
    """Wait until nobody else writes in a working group, until the end of the transaction.

    On SQLite the writers' lock has done it already.
    """
    session.execute(select(WorkingGroup.id).where(WorkingGroup.id == group_id).with_for_update())
