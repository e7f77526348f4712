"""Table of the second readings of masked texts."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.accounts.models.users import User
from webapp.collection.models.contributions import ModerationDecision
from webapp.platform.models.base import Base


class MaskReading(Base):
    """A second reading that found no identifiable person in a masked text."""

    __tablename__ = "mask_reading"

    decision_id: Mapped[int] = mapped_column(ForeignKey("moderation_decision.id"), primary_key=True)
    read_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    read_at: Mapped[datetime]
    decision: Mapped[ModerationDecision] = relationship()
    read_by: Mapped[User] = relationship()
