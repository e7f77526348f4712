"""The regional roadmap and its published versions."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.models.base import Base
from webapp.models.users import User


class Roadmap(Base):
    """What a region commits to over a period."""

    __tablename__ = "roadmap"
    __table_args__ = (CheckConstraint("ends_on > starts_on", name="ends_after_start"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    title: Mapped[str] = mapped_column(String(200))
    region: Mapped[str] = mapped_column(String(120))
    code: Mapped[str] = mapped_column(String(4))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    # Chapters follow the axes of the Pacte, or the working groups: the commissioner chooses.
    by_group: Mapped[bool] = mapped_column(default=False)
    versions: Mapped[list["RoadmapVersion"]] = relationship(
        back_populates="roadmap", order_by="RoadmapVersion.number"
    )

    @property
    def latest(self) -> "RoadmapVersion | None":
        """The last published version."""
        return self.versions[-1] if self.versions else None


class RoadmapVersion(Base):
    """An immutable numbered snapshot; every document is made from it."""

    __tablename__ = "roadmap_version"
    __table_args__ = (
        UniqueConstraint("roadmap_id", "number"),
        CheckConstraint("number >= 1", name="number_positive"),
        CheckConstraint("length(sha256) = 64", name="sha256_length"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    roadmap_id: Mapped[int] = mapped_column(ForeignKey("roadmap.id"), index=True)
    number: Mapped[int]
    # A version weighs hundreds of kilobytes: a list of versions never reads them.
    content: Mapped[str] = mapped_column(Text, deferred=True)
    sha256: Mapped[str] = mapped_column(String(64))
    published_at: Mapped[datetime]
    published_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    roadmap: Mapped[Roadmap] = relationship(back_populates="versions")
    published_by: Mapped[User] = relationship()
