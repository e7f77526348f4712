"""Table of the open staff sessions; deleting a row ends the session."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.accounts.models.users import User
from webapp.platform.models.base import Base, HasPublicId


class UserSession(HasPublicId, Base):
    """A signed-in browser; no IP address or user agent is stored."""

    __tablename__ = "user_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    opened_at: Mapped[datetime]
    user: Mapped[User] = relationship()
