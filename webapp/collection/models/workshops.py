"""Tables of workshops, stands, sittings and online consultations, and of their questions."""

import secrets
from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.collection.models.conferences import Conference
from webapp.platform.models.base import Base, enum_column
from webapp.territory.models.working_groups import WorkingGroup


class WorkshopKind(StrEnum):
    """Atelier, kiosque, séance de groupe, consultation en ligne."""

    WORKSHOP = "workshop"
    STAND = "stand"
    SITTING = "sitting"
    CONSULTATION = "consultation"


class WorkshopState(StrEnum):
    """States of a workshop: draft → open ⇄ paused → closed → archived."""

    DRAFT = "draft"
    OPEN = "open"
    PAUSED = "paused"
    CLOSED = "closed"
    ARCHIVED = "archived"


# In the order in which a page offers them.
NEXT_STATES: dict[WorkshopState, tuple[WorkshopState, ...]] = {
    WorkshopState.DRAFT: (WorkshopState.OPEN,),
    WorkshopState.OPEN: (WorkshopState.PAUSED, WorkshopState.CLOSED),
    WorkshopState.PAUSED: (WorkshopState.OPEN, WorkshopState.CLOSED),
    WorkshopState.CLOSED: (WorkshopState.OPEN, WorkshopState.ARCHIVED),
    WorkshopState.ARCHIVED: (),
}

# States that accept notes keyed in, and contributions queued offline, after the workshop.
LISTENING = frozenset({WorkshopState.OPEN, WorkshopState.PAUSED, WorkshopState.CLOSED})
_KEY_BYTES = 32


def new_device_key() -> bytes:
    """Return the HMAC key of the device marks of a workshop."""
    return secrets.token_bytes(_KEY_BYTES)


class Workshop(Base):
    """A workshop, identified by the code printed on its poster."""

    __tablename__ = "workshop"
    __table_args__ = (
        CheckConstraint("length(code) = 6", name="code_length"),
        CheckConstraint("ends_at IS NULL OR ends_at > starts_at", name="ends_after_start"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(6), unique=True)
    kind: Mapped[WorkshopKind] = mapped_column(enum_column(WorkshopKind))
    title: Mapped[str] = mapped_column(String(200))
    room: Mapped[str] = mapped_column(String(120), default="")
    organisation: Mapped[str] = mapped_column(String(200), default="")
    contact: Mapped[str] = mapped_column(String(200), default="")
    presentation: Mapped[str] = mapped_column(Text, default="")
    starts_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]
    state: Mapped[WorkshopState] = mapped_column(
        enum_column(WorkshopState), default=WorkshopState.DRAFT
    )
    timer_ends_at: Mapped[datetime | None]
    wall_revealed: Mapped[bool] = mapped_column(default=False)
    support_points: Mapped[int] = mapped_column(default=0)
    device_key: Mapped[bytes | None] = mapped_column(LargeBinary, default=new_device_key)
    conference_id: Mapped[int | None] = mapped_column(ForeignKey("conference.id"), index=True)
    working_group_id: Mapped[int] = mapped_column(ForeignKey("working_group.id"), index=True)
    conference: Mapped[Conference | None] = relationship(back_populates="workshops")
    working_group: Mapped[WorkingGroup] = relationship()
    prompts: Mapped[list["Prompt"]] = relationship(
        back_populates="workshop", order_by="Prompt.position"
    )

    @property
    def is_open(self) -> bool:
        """Whether contributions are accepted."""
        return self.state is WorkshopState.OPEN

    @property
    def next_states(self) -> tuple[WorkshopState, ...]:
        """States that may follow the present one."""
        return NEXT_STATES[self.state]

    def state_at(self, now: datetime) -> WorkshopState:
        """Return the state at ``now``: an open consultation is limited to its dates."""
        if self.kind is not WorkshopKind.CONSULTATION or not self.is_open:
            return self.state
        if self.starts_at is not None and now < self.starts_at:
            return WorkshopState.DRAFT
        over = self.ends_at is not None and now >= self.ends_at
        return WorkshopState.CLOSED if over else self.state

    @property
    def is_listening(self) -> bool:
        """Whether late submissions are accepted."""
        return self.state in LISTENING

    @property
    def current_prompt(self) -> "Prompt | None":
        """The current question."""
        return next((prompt for prompt in self.prompts if prompt.is_current), None)

    def prompt_at(self, position: int | None) -> "Prompt | None":
        """Return the question at ``position``; the current one if there is none there."""
        known = (prompt for prompt in self.prompts if prompt.position == position)
        return next(known, self.current_prompt)


class Prompt(Base):
    """A question of a workshop; at most one is current."""

    __tablename__ = "prompt"
    __table_args__ = (
        Index(
            "uq_prompt_current",
            "workshop_id",
            unique=True,
            sqlite_where=text("is_current"),
            postgresql_where=text("is_current"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"), index=True)
    position: Mapped[int]
    question: Mapped[str] = mapped_column(String(300))
    hint: Mapped[str] = mapped_column(Text, default="")
    is_current: Mapped[bool] = mapped_column(default=False)
    workshop: Mapped[Workshop] = relationship(back_populates="prompts")
