"""Tables of the rapporteurs' links and of the notes sent through them."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.collection.models.contributions import Contribution
from webapp.collection.models.workshops import Workshop
from webapp.platform.models.base import Base
from webapp.platform.tokens import new_link_token


class TableLink(Base):
    """Bearer link of one table of a workshop; renewing its token revokes the former."""

    __tablename__ = "table_link"
    __table_args__ = (UniqueConstraint("workshop_id", "label"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(String(32), unique=True, default=new_link_token)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"))
    label: Mapped[str] = mapped_column(String(20))
    created_at: Mapped[datetime]
    workshop: Mapped[Workshop] = relationship()


class TableEntry(Base):
    """Link through which a contribution was sent; its bearer may read and withdraw it."""

    __tablename__ = "table_entry"

    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), primary_key=True)
    link_id: Mapped[int] = mapped_column(ForeignKey("table_link.id"), index=True)
    contribution: Mapped[Contribution] = relationship()
