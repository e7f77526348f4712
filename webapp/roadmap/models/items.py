"""Roadmap items (fiches action), their sources, history, indicators, milestones and budget."""

from datetime import date, datetime
from enum import IntEnum, StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.accounts.models.users import User
from webapp.collection.models.contributions import Excerpt
from webapp.collection.models.workshops import Workshop
from webapp.platform.models.base import Base, HasPublicId, IntegerKind, enum_column
from webapp.review.models.clusters import MAX_TITLE_LENGTH, Cluster
from webapp.territory.models.references import MAX_CODE_LENGTH
from webapp.territory.models.roadmaps import Roadmap
from webapp.territory.models.working_groups import WorkingGroup

FIRST_YEAR, LAST_YEAR = 2000, 2100
MAX_AMOUNT = 2_000_000_000


class ItemStatus(StrEnum):
    """Status of an item: draft → submitted → adopted → in progress → done or abandoned."""

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


# Nobody has decided on items in these states: their fields and sources may still move.
UNDECIDED = frozenset({ItemStatus.DRAFT, ItemStatus.SUBMITTED})


class Priority(IntEnum):
    """Priority of an item; items without one are listed last."""

    HIGH = 1
    MEDIUM = 2
    LOW = 3
    NONE = 9


class RoadmapItem(HasPublicId, Base):
    """One action of the roadmap."""

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
    strand: Mapped[str | None] = mapped_column(String(MAX_CODE_LENGTH))
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
    priority: Mapped[Priority] = mapped_column(IntegerKind(Priority), default=Priority.NONE)
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
    milestones: Mapped[list["Milestone"]] = relationship(
        back_populates="item",
        order_by="Milestone.due_date, Milestone.id",
        cascade="all, delete-orphan",
    )
    budget: Mapped[list["BudgetLine"]] = relationship(
        back_populates="item",
        order_by="BudgetLine.year, BudgetLine.id",
        cascade="all, delete-orphan",
    )
    links: Mapped[list["ItemLink"]] = relationship(
        back_populates="item", order_by="ItemLink.id", cascade="all, delete-orphan"
    )
    transitions: Mapped[list["ItemTransition"]] = relationship(
        back_populates="item", order_by="ItemTransition.id"
    )
    amendments: Mapped[list["ItemAmendment"]] = relationship(
        back_populates="item", order_by="ItemAmendment.id"
    )
    merge: Mapped["ItemMerge | None"] = relationship(foreign_keys="ItemMerge.item_id")

    @property
    def is_own(self) -> bool:
        """Whether it belongs to a local roadmap."""
        return self.roadmap_id != self.working_group.roadmap_id

    @property
    def is_decided(self) -> bool:
        """Whether it was adopted or abandoned, so that its fields are locked."""
        return self.status not in UNDECIDED

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - read by SQLAlchemy, never changed


class ItemSource(Base):
    """Source of an item: a cluster or one excerpt."""

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


class ItemTransition(Base):
    """One status change of an item: author, instant, reason. Append-only."""

    __tablename__ = "item_transition"

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("roadmap_item.id"), index=True)
    source: Mapped[ItemStatus | None] = mapped_column(enum_column(ItemStatus, "source_status"))
    target: Mapped[ItemStatus] = mapped_column(enum_column(ItemStatus, "target_status"))
    reason: Mapped[str] = mapped_column(Text, default="")
    done_at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    item: Mapped[RoadmapItem] = relationship(back_populates="transitions")
    actor: Mapped[User | None] = relationship(lazy="joined")


class ItemAmendment(Base):
    """A change to the fields of a decided item: which ones, author, instant, public reason.

    Append-only.
    """

    __tablename__ = "item_amendment"
    __table_args__ = (CheckConstraint("length(reason) > 0", name="reason_given"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("roadmap_item.id"), index=True)
    fields: Mapped[tuple[str, ...]]
    reason: Mapped[str] = mapped_column(Text)
    done_at: Mapped[datetime]
    actor_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    item: Mapped[RoadmapItem] = relationship(back_populates="amendments")
    actor: Mapped[User] = relationship(lazy="joined")


class ItemMerge(Base):
    """Merge of an item into another, which got its sources."""

    __tablename__ = "item_merge"
    __table_args__ = (CheckConstraint("item_id <> into_id", name="two_items"),)

    item_id: Mapped[int] = mapped_column(ForeignKey("roadmap_item.id"), primary_key=True)
    into_id: Mapped[int] = mapped_column(ForeignKey("roadmap_item.id"), index=True)
    into: Mapped[RoadmapItem] = relationship(foreign_keys=into_id)


class SharedItem(Base):
    """A regional item taken up by a local roadmap."""

    __tablename__ = "shared_item"

    roadmap_id: Mapped[int] = mapped_column(ForeignKey("roadmap.id"), primary_key=True)
    item_id: Mapped[int] = mapped_column(
        ForeignKey("roadmap_item.id"), primary_key=True, index=True
    )
    taken_at: Mapped[datetime]
    taken_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    item: Mapped[RoadmapItem] = relationship()


class Indicator(Base):
    """Name, unit, baseline and target."""

    __tablename__ = "indicator"

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("roadmap_item.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    unit: Mapped[str] = mapped_column(String(60), default="")
    baseline: Mapped[float | None]
    baseline_on: Mapped[date | None]
    baseline_source: Mapped[str] = mapped_column(String(200), default="")
    target: Mapped[float | None]
    target_on: Mapped[date | None]
    item: Mapped[RoadmapItem] = relationship(back_populates="indicators")
    measurements: Mapped[list["Measurement"]] = relationship(
        back_populates="indicator",
        order_by="Measurement.measured_on, Measurement.territory",
        cascade="all, delete-orphan",
        lazy="selectin",  # wherever indicators are shown, their values are
    )


class Measurement(Base):
    """Value of an indicator at a date, for one territory."""

    __tablename__ = "measurement"
    __table_args__ = (
        UniqueConstraint("indicator_id", "measured_on", "territory", name="uq_measurement_once"),
        CheckConstraint("value BETWEEN -1e15 AND 1e15", name="value_reasonable"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id"))
    measured_on: Mapped[date]
    territory: Mapped[str] = mapped_column(String(MAX_CODE_LENGTH))
    value: Mapped[float]
    source: Mapped[str] = mapped_column(String(200), default="")
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    indicator: Mapped[Indicator] = relationship(back_populates="measurements")


class Milestone(Base):
    """Dated step of an item: due date and completion date."""

    __tablename__ = "milestone"
    __table_args__ = (CheckConstraint("length(title) > 0", name="title_given"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("roadmap_item.id"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    due_date: Mapped[date]
    done_on: Mapped[date | None]
    item: Mapped[RoadmapItem] = relationship(back_populates="milestones")


class BudgetLine(Base):
    """Funding of an item by one funder in one year, in euros."""

    __tablename__ = "budget_line"
    __table_args__ = (
        CheckConstraint(f"amount BETWEEN 0 AND {MAX_AMOUNT}", name="amount_reasonable"),
        CheckConstraint(f"year BETWEEN {FIRST_YEAR} AND {LAST_YEAR}", name="year_reasonable"),
        CheckConstraint("length(funder) > 0", name="funder_given"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("roadmap_item.id"), index=True)
    year: Mapped[int]
    funder: Mapped[str] = mapped_column(String(200))
    purpose: Mapped[str] = mapped_column(String(200), default="")
    amount: Mapped[int]
    item: Mapped[RoadmapItem] = relationship(back_populates="budget")


class LinkKind(StrEnum):
    """Kind of a link's target."""

    PACT = "pact"
    INITIATIVE = "initiative"


class ItemLink(Base):
    """Link to a local pact or an initiative, possibly with its stand."""

    __tablename__ = "item_link"
    __table_args__ = (
        CheckConstraint("length(title) > 0", name="title_given"),
        CheckConstraint(
            "url = '' OR url LIKE 'http://%' OR url LIKE 'https://%'", name="url_is_a_page"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("roadmap_item.id"), index=True)
    kind: Mapped[LinkKind] = mapped_column(enum_column(LinkKind))
    title: Mapped[str] = mapped_column(String(200))
    url: Mapped[str] = mapped_column(String(500), default="")
    workshop_id: Mapped[int | None] = mapped_column(ForeignKey("workshop.id"), index=True)
    item: Mapped[RoadmapItem] = relationship(back_populates="links")
    workshop: Mapped[Workshop | None] = relationship()
