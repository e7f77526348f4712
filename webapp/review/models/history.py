"""Review actions: append-only, each with its changes, so that it can be undone."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.accounts.models.users import User
from webapp.collection.models.contributions import MAX_REASON_LENGTH, Excerpt
from webapp.platform.models.base import Base, enum_column
from webapp.review.models.clusters import Cluster, Placement


class Act(StrEnum):
    """Kind of a review action."""

    ACCEPT = "accept"
    REOPEN = "reopen"
    RENAME = "rename"
    SUMMARISE = "summarise"
    ATTACH = "attach"
    PROMOTE = "promote"
    MERGE = "merge"
    SPLIT = "split"
    MOVE = "move"
    ISOLATE = "isolate"
    DISSOLVE = "dissolve"
    SET_ASIDE = "set_aside"
    CUT = "cut"
    TAKE_BACK = "take_back"
    UNDO = "undo"
    REDO = "redo"


class EditedField(StrEnum):
    """Column of a cluster or an excerpt that an action may change."""

    TITLE = "title"
    TITLE_BY_HUMAN = "title_by_human"
    SUMMARY = "summary"
    SUMMARY_BY_HUMAN = "summary_by_human"
    STATUS = "status"
    STOP = "stop"
    DROPPED = "dropped"


class ReviewAction(Base):
    """One review action: author, instant, reason. Append-only."""

    __tablename__ = "review_action"

    id: Mapped[int] = mapped_column(primary_key=True)
    working_group_id: Mapped[int] = mapped_column(ForeignKey("working_group.id"), index=True)
    cluster_id: Mapped[int | None] = mapped_column(ForeignKey("cluster.id"), index=True)
    excerpt_id: Mapped[int | None] = mapped_column(ForeignKey("excerpt.id"))
    actor_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    act: Mapped[Act] = mapped_column(enum_column(Act))
    reason: Mapped[str] = mapped_column(String(MAX_REASON_LENGTH), default="")
    before: Mapped[str] = mapped_column(Text, default="")
    after: Mapped[str] = mapped_column(Text, default="")
    done_at: Mapped[datetime]
    actor: Mapped[User] = relationship()
    cluster: Mapped[Cluster | None] = relationship()
    excerpt: Mapped[Excerpt | None] = relationship()
    moves: Mapped[list["ReviewMove"]] = relationship(
        back_populates="action", order_by="ReviewMove.id"
    )
    edits: Mapped[list["ReviewEdit"]] = relationship(
        back_populates="action", order_by="ReviewEdit.id"
    )
    undone: Mapped["ReviewUndo | None"] = relationship(
        foreign_keys="ReviewUndo.undone_id", viewonly=True
    )
    undoes: Mapped["ReviewUndo | None"] = relationship(
        back_populates="action", foreign_keys="ReviewUndo.action_id"
    )

    decision: Mapped["ReviewDecision | None"] = relationship(back_populates="action")

    @property
    def is_reversible(self) -> bool:
        """Whether it is in effect and recorded changes that can be reverted."""
        if self.undone is not None or self.act is Act.PROMOTE:
            return False
        # Setting an unplaced excerpt aside records no move; old ATTACH rows recorded none either.
        decides = self.excerpt_id is not None and self.act is not Act.ATTACH
        return bool(self.moves or self.edits or decides)


class ReviewDecision(Base):
    """The moderation decision that an action made; append-only with it."""

    __tablename__ = "review_decision"

    action_id: Mapped[int] = mapped_column(ForeignKey("review_action.id"), primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("moderation_decision.id"), unique=True)
    action: Mapped[ReviewAction] = relationship(back_populates="decision")


class ReviewMove(Base):
    """Placement of an excerpt before and after an action; no ``placed_by`` means unplaced."""

    __tablename__ = "review_move"

    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("review_action.id"), index=True)
    excerpt_id: Mapped[int] = mapped_column(ForeignKey("excerpt.id"), index=True)
    before_cluster_id: Mapped[int | None] = mapped_column(ForeignKey("cluster.id"), index=True)
    before_placed_by: Mapped[Placement | None] = mapped_column(
        enum_column(Placement, "before_placed_by")
    )
    before_confidence: Mapped[float] = mapped_column(default=0.0)
    before_position: Mapped[int] = mapped_column(default=0)
    after_cluster_id: Mapped[int | None] = mapped_column(ForeignKey("cluster.id"), index=True)
    after_placed_by: Mapped[Placement | None] = mapped_column(
        enum_column(Placement, "after_placed_by")
    )
    after_confidence: Mapped[float] = mapped_column(default=0.0)
    after_position: Mapped[int] = mapped_column(default=0)
    action: Mapped[ReviewAction] = relationship(back_populates="moves")
    excerpt: Mapped[Excerpt] = relationship()


class ReviewEdit(Base):
    """Value of one column of a cluster or an excerpt before and after an action."""

    __tablename__ = "review_edit"
    __table_args__ = (
        CheckConstraint("(cluster_id IS NULL) <> (excerpt_id IS NULL)", name="one_subject"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("review_action.id"), index=True)
    cluster_id: Mapped[int | None] = mapped_column(ForeignKey("cluster.id"), index=True)
    excerpt_id: Mapped[int | None] = mapped_column(ForeignKey("excerpt.id"), index=True)
    field: Mapped[EditedField] = mapped_column(enum_column(EditedField))
    before: Mapped[str] = mapped_column(Text)
    after: Mapped[str] = mapped_column(Text)
    action: Mapped[ReviewAction] = relationship(back_populates="edits")
    cluster: Mapped[Cluster | None] = relationship()
    excerpt: Mapped[Excerpt | None] = relationship()


class ReviewUndo(Base):
    """The action that an undo reverts; an action is undone at most once."""

    __tablename__ = "review_undo"

    action_id: Mapped[int] = mapped_column(ForeignKey("review_action.id"), primary_key=True)
    undone_id: Mapped[int] = mapped_column(ForeignKey("review_action.id"), unique=True)
    action: Mapped[ReviewAction] = relationship(back_populates="undoes", foreign_keys=[action_id])
    undone: Mapped[ReviewAction] = relationship(foreign_keys=[undone_id], viewonly=True)
