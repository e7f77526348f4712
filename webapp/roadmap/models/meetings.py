"""Meetings of the steering committee (COPIL), their agendas and decisions."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.accounts.models.users import User
from webapp.platform.models.base import Base, HasPublicId, enum_column
from webapp.roadmap.models.items import RoadmapItem
from webapp.territory.models.roadmaps import Roadmap


class MeetingState(StrEnum):
    """State of a meeting: planned, then closed once its minutes are agreed."""

    PLANNED = "planned"
    CLOSED = "closed"


class Verdict(StrEnum):
    """What the committee may decide about an item."""

    ADOPT = "adopt"
    AMEND = "amend"
    POSTPONE = "postpone"
    REFUSE = "refuse"


class SteeringMeeting(HasPublicId, Base):
    """A meeting of the committee, its agenda and minutes."""

    __tablename__ = "steering_meeting"

    id: Mapped[int] = mapped_column(primary_key=True)
    roadmap_id: Mapped[int] = mapped_column(ForeignKey("roadmap.id"), index=True)
    starts_at: Mapped[datetime]
    place: Mapped[str] = mapped_column(String(200), default="")
    attendees: Mapped[str] = mapped_column(Text, default="")
    minutes: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[MeetingState] = mapped_column(
        enum_column(MeetingState), default=MeetingState.PLANNED
    )
    closed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
    roadmap: Mapped[Roadmap] = relationship()
    agenda: Mapped[list["AgendaPoint"]] = relationship(
        back_populates="meeting", order_by="AgendaPoint.position", cascade="all, delete-orphan"
    )
    decisions: Mapped[list["Decision"]] = relationship(
        back_populates="meeting", order_by="Decision.id"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - read by SQLAlchemy, never changed


class AgendaPoint(Base):
    """An agenda point: an item or a free subject."""

    __tablename__ = "agenda_point"
    __table_args__ = (
        UniqueConstraint("meeting_id", "item_id"),
        CheckConstraint("(item_id IS NULL) <> (title = '')", name="item_or_title"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("steering_meeting.id"), index=True)
    position: Mapped[int]
    item_id: Mapped[int | None] = mapped_column(ForeignKey("roadmap_item.id"), index=True)
    title: Mapped[str] = mapped_column(String(200), default="")
    meeting: Mapped[SteeringMeeting] = relationship(back_populates="agenda")
    item: Mapped[RoadmapItem | None] = relationship()


class Decision(Base):
    """Decision of a meeting about an item. Append-only: a later one replaces it."""

    __tablename__ = "decision"
    __table_args__ = (
        CheckConstraint("verdict = 'adopt' OR length(reason) > 0", name="reason_given"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("steering_meeting.id"), index=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("roadmap_item.id"), index=True)
    verdict: Mapped[Verdict] = mapped_column(enum_column(Verdict))
    reason: Mapped[str] = mapped_column(Text, default="")
    decided_at: Mapped[datetime]
    decided_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    meeting: Mapped[SteeringMeeting] = relationship(back_populates="decisions")
    item: Mapped[RoadmapItem] = relationship()
    decided_by: Mapped[User] = relationship()
