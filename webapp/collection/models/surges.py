"""What came in a surge: more phones in one workshop than a room can hold."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.collection.models.contributions import MAX_REASON_LENGTH, Contribution
from webapp.platform.models.base import Base


class HeldContribution(Base):
    """A contribution read after the others, as long as this row is there.

    ``reason`` is the one it was set aside with, when it was with the others of the surge.
    """

    __tablename__ = "held_contribution"

    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), primary_key=True)
    reason: Mapped[str] = mapped_column(String(MAX_REASON_LENGTH), default="")
    contribution: Mapped[Contribution] = relationship()
