"""How often somebody tried to enter an account lately."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from webapp.platform.models.base import Base


class AttemptCount(Base):
    """The attempts on one account by those whom its browsers do not know, or by one that they do.

    The key is made of an address under the instance's secret: unknown addresses have theirs, and
    nobody reads an address here.
    """

    __tablename__ = "attempt_count"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    failures: Mapped[int]
    last_at: Mapped[datetime]
