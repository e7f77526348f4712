"""Groups of excerpts that people review, and the acts of that review."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.models.analyses import AnalysisRun
from webapp.models.base import Base, HasPublicId, enum_column
from webapp.models.contributions import MAX_REASON_LENGTH, Excerpt
from webapp.models.users import User
from webapp.models.working_groups import WorkingGroup

MAX_TITLE_LENGTH = 200


class ClusterStatus(StrEnum):
    """A group is proposed by the machine, then accepted or dissolved by a person."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    DISSOLVED = "dissolved"


class Placement(StrEnum):
    """Who put an excerpt where it is."""

    MACHINE = "machine"
    HUMAN = "human"
    SUGGESTED = "suggested"


class Act(StrEnum):
    """The acts of the review that this version records."""

    ACCEPT = "accept"
    REOPEN = "reopen"
    RENAME = "rename"
    ATTACH = "attach"
    PROMOTE = "promote"


class Cluster(HasPublicId, Base):
    """Excerpts that say the same thing, with a title in people's words."""

    __tablename__ = "cluster"
    __table_args__ = (
        CheckConstraint("length(title) > 0", name="title_given"),
        UniqueConstraint("id", "working_group_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    working_group_id: Mapped[int] = mapped_column(ForeignKey("working_group.id"), index=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("analysis_run.id"))
    title: Mapped[str] = mapped_column(String(MAX_TITLE_LENGTH))
    title_by_human: Mapped[bool] = mapped_column(default=False)
    summary: Mapped[str] = mapped_column(Text, default="")
    keywords: Mapped[tuple[str, ...]] = mapped_column(default=())
    family: Mapped[str] = mapped_column(String(MAX_TITLE_LENGTH), default="")
    cohesion: Mapped[float] = mapped_column(default=0.0)
    status: Mapped[ClusterStatus] = mapped_column(
        enum_column(ClusterStatus), default=ClusterStatus.PROPOSED
    )
    version: Mapped[int] = mapped_column(default=1)
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    working_group: Mapped[WorkingGroup] = relationship()
    run: Mapped[AnalysisRun] = relationship()
    changed_by: Mapped[User | None] = relationship()
    members: Mapped[list["ClusterMember"]] = relationship(
        back_populates="cluster", order_by="ClusterMember.position"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - read by SQLAlchemy, never changed


class ClusterMember(Base):
    """Where one excerpt stands in its working group; no cluster means an isolated idea."""

    __tablename__ = "cluster_member"
    __table_args__ = (
        ForeignKeyConstraint(
            ["cluster_id", "working_group_id"],
            ["cluster.id", "cluster.working_group_id"],
            name="fk_cluster_member_cluster",
        ),
        UniqueConstraint("working_group_id", "excerpt_id"),
        CheckConstraint("confidence BETWEEN 0 AND 1", name="confidence_range"),
        CheckConstraint("cluster_id IS NOT NULL OR placed_by <> 'suggested'", name="suggested_to"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    working_group_id: Mapped[int] = mapped_column(ForeignKey("working_group.id"))
    cluster_id: Mapped[int | None] = mapped_column(index=True)
    excerpt_id: Mapped[int] = mapped_column(ForeignKey("excerpt.id"), index=True)
    placed_by: Mapped[Placement] = mapped_column(enum_column(Placement))
    confidence: Mapped[float]
    position: Mapped[int] = mapped_column(default=0)
    cluster: Mapped[Cluster | None] = relationship(
        back_populates="members", foreign_keys=[cluster_id, working_group_id]
    )
    excerpt: Mapped[Excerpt] = relationship()


class ReviewAction(Base):
    """One act of the review: who, when, why, and what it changed. Append-only."""

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
