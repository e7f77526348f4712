"""Clusters of excerpts, and the placement of each excerpt."""

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

from webapp.accounts.models.users import User
from webapp.collection.models.contributions import Excerpt
from webapp.platform.models.base import Base, HasPublicId, enum_column
from webapp.review.models.analyses import AnalysisRun
from webapp.territory.models.working_groups import WorkingGroup

MAX_TITLE_LENGTH = 200


class ClusterStatus(StrEnum):
    """Status of a cluster: proposed by the analysis, then accepted or dissolved by a person."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    DISSOLVED = "dissolved"


class Placement(StrEnum):
    """Origin of a placement."""

    MACHINE = "machine"
    HUMAN = "human"
    SUGGESTED = "suggested"


class Cluster(HasPublicId, Base):
    """A group of excerpts with the same meaning, and its title."""

    __tablename__ = "cluster"
    __table_args__ = (
        CheckConstraint("length(title) > 0", name="title_given"),
        UniqueConstraint("id", "working_group_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    working_group_id: Mapped[int] = mapped_column(ForeignKey("working_group.id"), index=True)
    # None: a person made it before any analysis.
    run_id: Mapped[int | None] = mapped_column(ForeignKey("analysis_run.id"))
    title: Mapped[str] = mapped_column(String(MAX_TITLE_LENGTH))
    title_by_human: Mapped[bool] = mapped_column(default=False)
    summary: Mapped[str] = mapped_column(Text, default="")
    summary_by_human: Mapped[bool] = mapped_column(default=False)
    # Edited by a person: later runs keep its members together and its identifier.
    kept: Mapped[bool] = mapped_column(default=False)
    keywords: Mapped[tuple[str, ...]] = mapped_column(default=())
    # Proposed titles, best first; quotations are between « and ».
    titles: Mapped[tuple[str, ...]] = mapped_column(default=())
    family: Mapped[str] = mapped_column(String(MAX_TITLE_LENGTH), default="")
    # Estimated share of correctly placed members; None when not measured.
    precision: Mapped[float | None]
    # Map coordinates, within [-1, 1].
    x: Mapped[float] = mapped_column(default=0.0)
    y: Mapped[float] = mapped_column(default=0.0)
    status: Mapped[ClusterStatus] = mapped_column(
        enum_column(ClusterStatus), default=ClusterStatus.PROPOSED
    )
    version: Mapped[int] = mapped_column(default=1)
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    working_group: Mapped[WorkingGroup] = relationship()
    run: Mapped[AnalysisRun | None] = relationship()
    changed_by: Mapped[User | None] = relationship()
    members: Mapped[list["ClusterMember"]] = relationship(
        back_populates="cluster", order_by="ClusterMember.position"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - read by SQLAlchemy, never changed


class ClusterMember(Base):
    """Placement of one excerpt in its working group; no cluster means isolated."""

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
    # Computed explanation: linking words, divergence, reason of isolation.
    words: Mapped[tuple[str, ...]] = mapped_column(default=())
    divergent: Mapped[bool] = mapped_column(default=False)
    isolation: Mapped[str] = mapped_column(String(12), default="")
    cluster: Mapped[Cluster | None] = relationship(
        back_populates="members", foreign_keys=[cluster_id, working_group_id]
    )
    excerpt: Mapped[Excerpt] = relationship()


class ExcerptTension(Base):
    """Two opposed excerpts, of one cluster or of two, with the words that show it."""

    __tablename__ = "excerpt_tension"
    __table_args__ = (UniqueConstraint("working_group_id", "first_id", "second_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    working_group_id: Mapped[int] = mapped_column(ForeignKey("working_group.id"))
    first_id: Mapped[int] = mapped_column(ForeignKey("excerpt.id"))
    second_id: Mapped[int] = mapped_column(ForeignKey("excerpt.id"))
    first_words: Mapped[tuple[str, ...]]
    second_words: Mapped[tuple[str, ...]]
    about: Mapped[tuple[str, ...]]
    first: Mapped[Excerpt] = relationship(foreign_keys=[first_id])
    second: Mapped[Excerpt] = relationship(foreign_keys=[second_id])


class ClusterPartition(Base):
    """Proposed split of a cluster, computed at one version."""

    __tablename__ = "cluster_partition"

    cluster_id: Mapped[int] = mapped_column(ForeignKey("cluster.id"), primary_key=True)
    version: Mapped[int]
    title: Mapped[str] = mapped_column(String(MAX_TITLE_LENGTH))
    # Identifiers of the excerpts that would leave; empty when no split was found.
    leaving: Mapped[tuple[str, ...]]
