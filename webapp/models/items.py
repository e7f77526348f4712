"""Roadmap items (fiches action), what they come from, how they are measured."""

from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.models.base import Base, HasPublicId, enum_column
from webapp.models.clusters import MAX_TITLE_LENGTH, Cluster
from webapp.models.contributions import Excerpt
from webapp.models.references import Strand
from webapp.models.roadmaps import Roadmap
from webapp.models.users import User
from webapp.models.working_groups import WorkingGroup


class ItemStatus(StrEnum):
    """Life of an item: draft → submitted → adopted → in progress → done or abandoned."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    ADOPTED = "adopted"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    ABANDONED = "abandoned"


NEXT_STATUSES: dict[ItemStatus, frozenset[ItemStatus]] = {
    ItemStatus.DRAFT: frozenset({ItemStatus.SUBMITTED, ItemStatus.ABANDONED}),
    ItemStatus.SUBMITTED: frozenset({ItemStatus.DRAFT, ItemStatus.ADOPTED, ItemStatus.ABANDONED}),
    ItemStatus.ADOPTED: frozenset({ItemStatus.IN_PROGRESS, ItemStatus.ABANDONED}),
    ItemStatus.IN_PROGRESS: frozenset({ItemStatus.DONE, ItemStatus.ABANDONED}),
    ItemStatus.DONE: frozenset(),
    ItemStatus.ABANDONED: frozenset(),
}


class RoadmapItem(HasPublicId, Base):
    """One action that somebody leads, by a date, for someone, measured."""

    __tablename__ = "roadmap_item"
    __table_args__ = (
        CheckConstraint("length(title) > 0", name="title_given"),
        CheckConstraint(
            "status NOT IN ('adopted', 'in_progress', 'done')"
            " OR (lead <> '' AND strand IS NOT NULL AND due_date IS NOT NULL)",
            name="adopted_is_complete",
        ),
        UniqueConstraint("roadmap_id", "reference"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    roadmap_id: Mapped[int] = mapped_column(ForeignKey("roadmap.id"), index=True)
    working_group_id: Mapped[int] = mapped_column(ForeignKey("working_group.id"), index=True)
    reference: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(MAX_TITLE_LENGTH))
    strand: Mapped[Strand | None] = mapped_column(enum_column(Strand))
    measure: Mapped[str] = mapped_column(String(200), default="")
    finding: Mapped[str] = mapped_column(Text, default="")
    objective: Mapped[str] = mapped_column(Text, default="")
    description: Mapped[str] = mapped_column(Text, default="")
    lead: Mapped[str] = mapped_column(String(200), default="")
    partners: Mapped[tuple[str, ...]] = mapped_column(default=())
    publics: Mapped[tuple[str, ...]] = mapped_column(default=())
    territories: Mapped[tuple[str, ...]] = mapped_column(default=())
    due_date: Mapped[date | None]
    resources: Mapped[str] = mapped_column(Text, default="")
    status: Mapped[ItemStatus] = mapped_column(enum_column(ItemStatus), default=ItemStatus.DRAFT)
    version: Mapped[int] = mapped_column(default=1)
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    roadmap: Mapped[Roadmap] = relationship()
    working_group: Mapped[WorkingGroup] = relationship()
    changed_by: Mapped[User | None] = relationship()
    sources: Mapped[list["ItemSource"]] = relationship(
        back_populates="item", order_by="ItemSource.id"
    )
    indicators: Mapped[list["Indicator"]] = relationship(
        back_populates="item", order_by="Indicator.id", cascade="all, delete-orphan"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - read by SQLAlchemy, never changed


class ItemSource(Base):
    """What an item answers: a whole cluster, or one excerpt."""

    __tablename__ = "item_source"
    __table_args__ = (
        CheckConstraint("(cluster_id IS NULL) <> (excerpt_id IS NULL)", name="one_origin"),
        UniqueConstraint("item_id", "cluster_id"),
        UniqueConstraint("item_id", "excerpt_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("roadmap_item.id"), index=True)
    cluster_id: Mapped[int | None] = mapped_column(ForeignKey("cluster.id"), index=True)
    excerpt_id: Mapped[int | None] = mapped_column(ForeignKey("excerpt.id"), index=True)
    item: Mapped[RoadmapItem] = relationship(back_populates="sources")
    cluster: Mapped[Cluster | None] = relationship()
    excerpt: Mapped[Excerpt | None] = relationship()


class Indicator(Base):
    """How one will know that an item has changed something."""

    __tablename__ = "indicator"

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("roadmap_item.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    unit: Mapped[str] = mapped_column(String(60), default="")
    baseline: Mapped[float | None]
    target: Mapped[float | None]
    item: Mapped[RoadmapItem] = relationship(back_populates="indicators")
