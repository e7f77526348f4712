"""Table of the support points."""

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webapp.platform.models.base import Base


class Endorsement(Base):
    """A point given by a device to an idea; unique."""

    __tablename__ = "endorsement"
    __table_args__ = (
        UniqueConstraint("contribution_id", "device"),
        Index("ix_endorsement_device", "workshop_id", "device"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"))
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"))
    device: Mapped[str] = mapped_column(String(64))
