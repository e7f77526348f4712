"""Support points: what a device found worth supporting among the ideas of a workshop."""

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webapp.platform.models.base import Base


class Endorsement(Base):
    """One point given by one device to one idea; never two."""

    __tablename__ = "endorsement"
    __table_args__ = (
        UniqueConstraint("contribution_id", "device"),
        Index("ix_endorsement_device", "workshop_id", "device"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"))
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"))
    device: Mapped[str] = mapped_column(String(64))
