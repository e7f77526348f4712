"""Which contributions came from one device of one workshop, for as long as that is of use."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.collection.models.contributions import MAX_REASON_LENGTH, Contribution
from webapp.platform.models.base import Base


class DeviceMark(Base):
    """A device's mark on a contribution: it differs in each workshop and is soon destroyed."""

    __tablename__ = "device_mark"
    __table_args__ = (Index("ix_device_mark_device", "workshop_id", "device"),)

    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"))
    device: Mapped[str] = mapped_column(String(64))
    contribution: Mapped[Contribution] = relationship()


class PausedDevice(Base):
    """A device whose ideas a facilitator keeps aside, for as long as this row is there."""

    __tablename__ = "paused_device"

    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"), primary_key=True)
    device: Mapped[str] = mapped_column(String(64), primary_key=True)
    paused_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    paused_at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(String(MAX_REASON_LENGTH))
