"""Table of the contributions held in surges."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.collection.models.contributions import MAX_REASON_LENGTH, Contribution
from webapp.platform.models.base import Base


class HeldContribution(Base):
    """A contribution held out of the moderation queue; deleting the row releases it.

    ``reason`` is that of the bulk decision that set the surge aside, if any.
    """

    __tablename__ = "held_contribution"

    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), primary_key=True)
    reason: Mapped[str] = mapped_column(String(MAX_REASON_LENGTH), default="")
    contribution: Mapped[Contribution] = relationship()
