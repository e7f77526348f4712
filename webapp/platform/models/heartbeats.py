"""When this database last took a write that nothing else asked for."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webapp.platform.models.base import Base


class Heartbeat(Base):
    """One row, written again by whoever asks whether the service keeps what it is sent."""

    __tablename__ = "heartbeat"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
