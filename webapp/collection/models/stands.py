"""Tables of the themes named at stands and of the links of organisations."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.collection.models.contributions import Contribution
from webapp.collection.models.workshops import Workshop
from webapp.platform.models.base import Base
from webapp.platform.tokens import new_link_token
from webapp.territory.models.working_groups import WorkingGroup


class Inspiration(Base):
    """Theme named by the visitor of a stand."""

    __tablename__ = "inspiration"

    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), primary_key=True)
    working_group_id: Mapped[int] = mapped_column(ForeignKey("working_group.id"), index=True)
    contribution: Mapped[Contribution] = relationship()
    working_group: Mapped[WorkingGroup] = relationship()


class StandLink(Base):
    """Bearer link by which the organisation of a stand reads its contributions; renewable."""

    __tablename__ = "stand_link"

    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"), primary_key=True)
    token: Mapped[str] = mapped_column(String(32), unique=True, default=new_link_token)
    created_at: Mapped[datetime]
    workshop: Mapped[Workshop] = relationship()
