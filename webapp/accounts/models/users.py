"""Tables of the staff accounts; participants have none."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.platform.models.base import Base, HasPublicId, enum_column


class Role(StrEnum):
    """Role of an account; a facilitator's permissions are limited to their own groups."""

    ADMINISTRATOR = "administrator"
    COMMISSIONER = "commissioner"
    FACILITATOR = "facilitator"
    OBSERVER = "observer"


class User(HasPublicId, Base):
    """A staff account."""

    __tablename__ = "user"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    display_name: Mapped[str] = mapped_column(String(120))
    password_hash: Mapped[str] = mapped_column(String(300))
    role: Mapped[Role] = mapped_column(enum_column(Role))
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]
    last_sign_in_on: Mapped[date | None]
    memberships: Mapped[list["Membership"]] = relationship(back_populates="user")


class Membership(Base):
    """Membership of a facilitator in a working group."""

    __tablename__ = "membership"

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    working_group_id: Mapped[int] = mapped_column(
        ForeignKey("working_group.id"), primary_key=True, index=True
    )
    user: Mapped[User] = relationship(back_populates="memberships")
