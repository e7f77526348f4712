"""Tables of keyed paper lines and of their second readings."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.accounts.models.users import User
from webapp.collection.models.contributions import Contribution
from webapp.platform.models.base import Base


class PaperLine(Base):
    """The user who keyed in a paper contribution."""

    __tablename__ = "paper_line"

    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), primary_key=True)
    keyed_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    keyed_by: Mapped[User] = relationship()


class PaperReading(Base):
    """Second reading of a keyed line: confirmed, or replaced by a correction."""

    __tablename__ = "paper_reading"

    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), primary_key=True)
    read_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    read_at: Mapped[datetime]
    correction_id: Mapped[int | None] = mapped_column(ForeignKey("contribution.id"), unique=True)
    read_by: Mapped[User] = relationship()
    correction: Mapped[Contribution | None] = relationship(foreign_keys=correction_id)
