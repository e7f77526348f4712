"""Masked texts read again before the words that they hide are destroyed."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.accounts.models.users import User
from webapp.collection.models.contributions import ModerationDecision
from webapp.platform.models.base import Base


class MaskReading(Base):
    """Somebody read a masked text again beside its words and found nobody in it."""

    __tablename__ = "mask_reading"

    decision_id: Mapped[int] = mapped_column(ForeignKey("moderation_decision.id"), primary_key=True)
    read_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    read_at: Mapped[datetime]
    decision: Mapped[ModerationDecision] = relationship()
    read_by: Mapped[User] = relationship()
