"""Table of the roadmaps: regional, departmental and metropolitan."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.platform.models.base import Base

if TYPE_CHECKING:
    from webapp.publishing.models.versions import RoadmapVersion


class Roadmap(Base):
    """The commitments of a territory over a period."""

    __tablename__ = "roadmap"
    __table_args__ = (CheckConstraint("ends_on > starts_on", name="ends_after_start"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    title: Mapped[str] = mapped_column(String(200))
    region: Mapped[str] = mapped_column(String(120))
    code: Mapped[str] = mapped_column(String(4))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    # Whether chapters follow the working groups rather than the axes of the Pacte.
    by_group: Mapped[bool] = mapped_column(default=False)
    versions: Mapped[list["RoadmapVersion"]] = relationship(
        back_populates="roadmap", order_by="RoadmapVersion.number"
    )

    @property
    def effective_versions(self) -> "list[RoadmapVersion]":
        """The published versions that are not withdrawn, in order."""
        return [version for version in self.versions if version.withdrawal is None]

    @property
    def latest(self) -> "RoadmapVersion | None":
        """The version in force: the last one that is not withdrawn."""
        return self.effective_versions[-1] if self.effective_versions else None

    @property
    def next_number(self) -> int:
        """The number of the next version; withdrawn versions keep theirs."""
        return self.versions[-1].number + 1 if self.versions else 1

    def owns_reference(self, reference: str) -> bool:
        """Whether ``reference`` has the prefix of the items created in this roadmap."""
        return reference.startswith(f"{self.code}-")

    @property
    def changed_at(self) -> datetime | None:
        """Time of the last publication or withdrawal."""
        withdrawals = [v.withdrawal.withdrawn_at for v in self.versions if v.withdrawal]
        return max((*withdrawals, *(v.published_at for v in self.versions)), default=None)
