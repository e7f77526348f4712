"""Table of the regional conferences."""

from datetime import datetime

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.platform.models.base import Base


class Conference(Base):
    """A regional conference, with its workshops and stands."""

    __tablename__ = "conference"
    __table_args__ = (CheckConstraint("ends_at > starts_at", name="ends_after_start"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    place: Mapped[str] = mapped_column(String(200))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    capacity: Mapped[int | None]
    version: Mapped[int] = mapped_column(default=1)
    workshops: Mapped[list["Workshop"]] = relationship(  # type: ignore[name-defined] # noqa: F821 - resolved by SQLAlchemy's registry
        back_populates="conference"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - read by SQLAlchemy, never changed
