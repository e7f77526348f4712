"""Tables of the device marks, of the paused devices and of the decisions of pauses."""

from datetime import datetime

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.collection.models.contributions import MAX_REASON_LENGTH, Contribution
from webapp.platform.models.base import Base


class DeviceMark(Base):
    """Pseudonym of the sending device of a contribution, specific to a workshop; purged early."""

    __tablename__ = "device_mark"
    __table_args__ = (Index("ix_device_mark_device", "workshop_id", "device"),)

    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"))
    device: Mapped[str] = mapped_column(String(64))
    contribution: Mapped[Contribution] = relationship()


class PausedDevice(Base):
    """A device whose contributions are set aside; deleting the row resumes it."""

    __tablename__ = "paused_device"

    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"), primary_key=True)
    device: Mapped[str] = mapped_column(String(64), primary_key=True)
    paused_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    paused_at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(String(MAX_REASON_LENGTH))


class PauseDecision(Base):
    """A moderation decision that the pause of a device made; resuming reverts these alone."""

    __tablename__ = "pause_decision"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workshop_id", "device"],
            ["paused_device.workshop_id", "paused_device.device"],
            name="fk_pause_decision_paused_device",
            ondelete="CASCADE",
        ),
        Index("ix_pause_decision_device", "workshop_id", "device"),
    )

    decision_id: Mapped[int] = mapped_column(ForeignKey("moderation_decision.id"), primary_key=True)
    workshop_id: Mapped[int]
    device: Mapped[str] = mapped_column(String(64))
