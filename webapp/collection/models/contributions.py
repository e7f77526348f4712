"""Tables of contributions, excerpts and moderation decisions."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.accounts.models.users import User
from webapp.collection.models.workshops import Prompt, Workshop
from webapp.platform.limits import MAX_BODY_LENGTH
from webapp.platform.models.base import Base, HasPublicId, enum_column
from webapp.territory.models.references import MAX_CODE_LENGTH

MAX_REASON_LENGTH = 300
MAX_LABEL_LENGTH = 20
MAX_PEOPLE = 200


class ContributionKind(StrEnum):
    """Constat, proposition, question, démarche inspirante."""

    FINDING = "finding"
    PROPOSAL = "proposal"
    QUESTION = "question"
    INITIATIVE = "initiative"


class Channel(StrEnum):
    """Channel through which a contribution was received."""

    PHONE = "phone"
    RAPPORTEUR = "rapporteur"
    PAPER = "paper"
    IMPORT = "import"


class Concerned(StrEnum):
    """Whether the author is directly concerned by the situation."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class DecisionKind(StrEnum):
    """Moderation state of a contribution."""

    PENDING = "pending"
    PUBLISHED = "published"
    MASKED = "masked"
    SET_ASIDE = "set_aside"
    WITHDRAWN = "withdrawn"


SHOWN = frozenset({DecisionKind.PUBLISHED, DecisionKind.MASKED})


class Contribution(HasPublicId, Base):
    """A contribution by a person or a table; its text is immutable, except erasure."""

    __tablename__ = "contribution"
    __table_args__ = (
        CheckConstraint(f"length BETWEEN 1 AND {MAX_BODY_LENGTH}", name="body_length"),
        CheckConstraint("erased_at IS NOT NULL OR length(body) = length", name="body_whole"),
        CheckConstraint("people >= 1", name="people_positive"),
        # Target of the excerpts' composite foreign key, so that a CHECK can bound them.
        UniqueConstraint("id", "length"),
        Index("ix_contribution_arrival", "workshop_id", "submitted_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"), index=True)
    prompt_id: Mapped[int | None] = mapped_column(ForeignKey("prompt.id"))
    body: Mapped[str] = mapped_column(Text)
    length: Mapped[int]
    kind: Mapped[ContributionKind | None] = mapped_column(enum_column(ContributionKind))
    channel: Mapped[Channel] = mapped_column(enum_column(Channel))
    table_label: Mapped[str] = mapped_column(String(MAX_LABEL_LENGTH), default="")
    sheet: Mapped[str] = mapped_column(String(MAX_LABEL_LENGTH), default="")
    people: Mapped[int] = mapped_column(default=1)
    concerned: Mapped[Concerned] = mapped_column(enum_column(Concerned), default=Concerned.UNKNOWN)
    territory: Mapped[str | None] = mapped_column(String(MAX_CODE_LENGTH))
    language: Mapped[str] = mapped_column(String(8), default="fr")
    idempotency_key: Mapped[str] = mapped_column(String(64), unique=True)
    receipt: Mapped[str] = mapped_column(String(12), unique=True)
    submitted_at: Mapped[datetime]
    erased_at: Mapped[datetime | None]
    workshop: Mapped[Workshop] = relationship()
    prompt: Mapped[Prompt | None] = relationship()
    excerpts: Mapped[list["Excerpt"]] = relationship(
        back_populates="contribution", order_by="Excerpt.start"
    )
    decisions: Mapped[list["ModerationDecision"]] = relationship(
        back_populates="contribution", order_by="ModerationDecision.id"
    )
    decision: Mapped["ModerationDecision"] = relationship(
        primaryjoin="and_(Contribution.id == ModerationDecision.contribution_id,"
        " ModerationDecision.is_current)",
        viewonly=True,
    )

    @property
    def shown_body(self) -> str | None:
        """The text that may be shown, masked if need be, or None."""
        if self.decision.kind is DecisionKind.MASKED:
            return self.decision.masked_body
        return self.body if self.decision.kind is DecisionKind.PUBLISHED else None


class Replacement(Base):
    """Link from a contribution to the one that it replaces, sent with its receipt.

    It reveals a common author, so it is deleted when the text of the former is erased.
    """

    __tablename__ = "replacement"
    __table_args__ = (CheckConstraint("former_id < contribution_id", name="later"),)

    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), primary_key=True)
    former_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), unique=True)


class Excerpt(Base):
    """A passage of a contribution: the unit of grouping."""

    __tablename__ = "excerpt"
    __table_args__ = (
        CheckConstraint("start >= 0 AND start < stop", name="not_empty"),
        CheckConstraint("stop <= contribution_length", name="inside_contribution"),
        ForeignKeyConstraint(
            ["contribution_id", "contribution_length"],
            ["contribution.id", "contribution.length"],
            name="fk_excerpt_contribution",
        ),
        UniqueConstraint("contribution_id", "start"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contribution_id: Mapped[int]
    contribution_length: Mapped[int]
    start: Mapped[int]
    stop: Mapped[int]
    # Excerpt of an undone split: kept for the history, not shown.
    dropped: Mapped[bool] = mapped_column(default=False)
    contribution: Mapped[Contribution] = relationship(back_populates="excerpts")

    @property
    def shown_text(self) -> str | None:
        """The text of the excerpt that may be shown; the whole text if masked."""
        words = self.contribution.shown_body
        if words is None or self.contribution.decision.kind is DecisionKind.MASKED:
            return words
        return words[self.start : self.stop]


class ModerationDecision(Base):
    """A moderation decision; one per contribution is current, the others are history."""

    __tablename__ = "moderation_decision"
    __table_args__ = (
        CheckConstraint(
            "kind NOT IN ('masked', 'set_aside') OR (reason <> '' AND actor_id IS NOT NULL)",
            name="reason_and_author",
        ),
        CheckConstraint("(kind = 'masked') = (masked_body IS NOT NULL)", name="masked_text"),
        Index(
            "uq_moderation_decision_current",
            "contribution_id",
            unique=True,
            sqlite_where=text("is_current"),
            postgresql_where=text("is_current"),
        ),
        Index("ix_moderation_decision_kind", "kind", "is_current"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), index=True)
    kind: Mapped[DecisionKind] = mapped_column(enum_column(DecisionKind))
    masked_body: Mapped[str | None] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(String(MAX_REASON_LENGTH), default="")
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decided_at: Mapped[datetime]
    is_current: Mapped[bool] = mapped_column(default=True)
    contribution: Mapped[Contribution] = relationship(back_populates="decisions")
    actor: Mapped[User | None] = relationship()
