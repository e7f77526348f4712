"""The acts of the review: append-only, each with what it changed, so that it can be undone."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.accounts.models.users import User
from webapp.collection.models.contributions import MAX_REASON_LENGTH, Excerpt
from webapp.platform.models.base import Base, enum_column
from webapp.review.models.clusters import Cluster, Placement


class Act(StrEnum):
    """What a person does to groups and to what they hold."""

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
    UNDO = "undo"
    REDO = "redo"


class EditedField(StrEnum):
    """What an act may change of a group or of an excerpt; the name is that of the column."""

    TITLE = "title"
    TITLE_BY_HUMAN = "title_by_human"
    SUMMARY = "summary"
    SUMMARY_BY_HUMAN = "summary_by_human"
    STATUS = "status"
    STOP = "stop"
    DROPPED = "dropped"


class ReviewAction(Base):
    """One act of the review: who, when, why. Append-only."""

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

    @property
    def is_reversible(self) -> bool:
        """Whether it stands and says what to put back."""
        if self.undone is not None or self.act is Act.PROMOTE:
            return False
        # Setting aside what stood nowhere moves nothing; an old attachment says not what it moved.
        decides = self.excerpt_id is not None and self.act is not Act.ATTACH
        return bool(self.moves or self.edits or decides)


class ReviewMove(Base):
    """Where one act found an excerpt and where it put it; nobody placed it: nowhere."""

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
    """One column of a group, or of an excerpt, before and after an act."""

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
    """Which act an undo takes back; an act is taken back once, whoever asks."""

    __tablename__ = "review_undo"

    action_id: Mapped[int] = mapped_column(ForeignKey("review_action.id"), primary_key=True)
    undone_id: Mapped[int] = mapped_column(ForeignKey("review_action.id"), unique=True)
    action: Mapped[ReviewAction] = relationship(back_populates="undoes", foreign_keys=[action_id])
    undone: Mapped[ReviewAction] = relationship(foreign_keys=[undone_id], viewonly=True)
