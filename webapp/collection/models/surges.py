"""Tables of the contributions held in surges, and of the decisions of bulk sorting."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.collection.models.contributions import Contribution
from webapp.platform.models.base import Base


class HeldContribution(Base):
    """A contribution held out of the moderation queue; deleting the row releases it."""

    __tablename__ = "held_contribution"

    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), primary_key=True)
    contribution: Mapped[Contribution] = relationship()


class SurgeDecision(Base):
    """A moderation decision that set a held contribution aside in bulk."""

    __tablename__ = "surge_decision"

    decision_id: Mapped[int] = mapped_column(ForeignKey("moderation_decision.id"), primary_key=True)
