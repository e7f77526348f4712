"""Reactions to published items: contributions linked to an item."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.collection.models.contributions import Contribution
from webapp.collection.models.workshops import Workshop
from webapp.platform.models.base import Base
from webapp.territory.models.working_groups import WorkingGroup


class ReactionWindow(Base):
    """The online consultation that receives reactions to the items of a working group."""

    __tablename__ = "reaction_window"

    working_group_id: Mapped[int] = mapped_column(ForeignKey("working_group.id"), primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"), unique=True)
    working_group: Mapped[WorkingGroup] = relationship()
    workshop: Mapped[Workshop] = relationship()


class Reaction(Base):
    """The item that a contribution reacts to."""

    __tablename__ = "reaction"

    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("roadmap_item.id"), index=True)
    contribution: Mapped[Contribution] = relationship()
