"""Published versions of a roadmap, and their withdrawals."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.accounts.models.users import User
from webapp.platform.models.base import Base
from webapp.territory.models.roadmaps import Roadmap


class RoadmapVersion(Base):
    """An immutable numbered snapshot, from which documents are rendered."""

    __tablename__ = "roadmap_version"
    __table_args__ = (
        UniqueConstraint("roadmap_id", "number"),
        CheckConstraint("number >= 1", name="number_positive"),
        CheckConstraint("length(sha256) = 64", name="sha256_length"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    roadmap_id: Mapped[int] = mapped_column(ForeignKey("roadmap.id"), index=True)
    number: Mapped[int]
    # Deferred: the content weighs hundreds of kilobytes.
    content: Mapped[str] = mapped_column(Text, deferred=True)
    sha256: Mapped[str] = mapped_column(String(64))
    published_at: Mapped[datetime]
    published_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    roadmap: Mapped[Roadmap] = relationship(back_populates="versions")
    published_by: Mapped[User] = relationship(lazy="joined", innerjoin=True)
    # Eager: lists of versions always need it.
    withdrawal: Mapped["VersionWithdrawal | None"] = relationship(
        back_populates="version", lazy="joined"
    )


class VersionWithdrawal(Base):
    """Withdrawal of a version, which is kept unchanged. Append-only."""

    __tablename__ = "version_withdrawal"
    __table_args__ = (CheckConstraint("length(reason) > 0", name="reason_given"),)

    version_id: Mapped[int] = mapped_column(ForeignKey("roadmap_version.id"), primary_key=True)
    reason: Mapped[str] = mapped_column(Text)
    withdrawn_at: Mapped[datetime]
    withdrawn_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    version: Mapped[RoadmapVersion] = relationship(back_populates="withdrawal")
    withdrawn_by: Mapped[User] = relationship()
