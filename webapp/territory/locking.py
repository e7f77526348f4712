"""Row locks that serialise the writes of a working group, and the publications of a roadmap.

On SQLite the write lock of the database already serialises both.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from webapp.territory.models import Roadmap, WorkingGroup


def lock_working_group(session: Session, *, group_id: int) -> None:
    """Lock the row of a working group until the end of the transaction."""
    session.execute(select(WorkingGroup.id).where(WorkingGroup.id == group_id).with_for_update())


def lock_roadmap(session: Session, roadmap: Roadmap) -> None:
    """Lock the row of a roadmap until the end of the transaction, and reload its versions.

    Concurrent publications therefore get distinct numbers.
    """
    session.execute(select(Roadmap.id).where(Roadmap.id == roadmap.id).with_for_update())
    session.scalars(
        select(Roadmap)
        .options(selectinload(Roadmap.versions))
        .where(Roadmap.id == roadmap.id)
        .execution_options(populate_existing=True)
    ).one()
