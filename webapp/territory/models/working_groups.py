"""Table of the regional working groups, which turn proposals into draft items."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.platform.models.base import Base
from webapp.territory.models.roadmaps import Roadmap


class WorkingGroup(Base):
    """One theme, with its workshops and facilitators."""

    __tablename__ = "working_group"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    initial: Mapped[str] = mapped_column(String(4), unique=True)
    roadmap_id: Mapped[int] = mapped_column(ForeignKey("roadmap.id"), index=True)
    roadmap: Mapped[Roadmap] = relationship()
