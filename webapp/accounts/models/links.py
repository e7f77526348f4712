"""Table of the single-use links that set a password."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.accounts.models.users import User
from webapp.platform.models.base import Base, enum_column


class LinkPurpose(StrEnum):
    """Purpose of a link: first password, or password reset."""

    INVITATION = "invitation"
    RECOVERY = "recovery"


class AccountLink(Base):
    """The link of an account; a new one replaces it, and its use deletes it."""

    __tablename__ = "account_link"

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    purpose: Mapped[LinkPurpose] = mapped_column(enum_column(LinkPurpose))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    user: Mapped[User] = relationship()
